"""Whatever is sent to GraphQL, the answer is JSON with a code, and never a failure of ours."""

import asyncio
import json
from typing import Any

from httpx import Response
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.graphql import calling, small_app
from tests.support.sockets import Closed, connected
from touchline.graphql.engine.errors import ErrorCode

_VOCABULARY = (
    "{ } ( ) [ ] : ! $ @ | & = ... query mutation subscription fragment on __schema __typename "
    'ball balls nodes id first last colour echo text include if true null 1 -1 1e999 "x" """ \\ '
    "\\u0000 \ud800 F # \n , é"
)
_WORDS = st.sampled_from(_VOCABULARY.split(" "))
_DOCUMENTS = st.lists(_WORDS, max_size=40).map(" ".join)
_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
_REQUESTS = st.fixed_dictionaries(
    {},
    optional={
        "query": _DOCUMENTS | _JSON,
        "variables": _JSON,
        "operationName": _JSON,
        "extensions": _JSON,
    },
)


@given(body=st.binary(max_size=200) | _JSON | _REQUESTS)
@settings(max_examples=150, deadline=None)
def test_any_body_is_answered(body: Any) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    _check(asyncio.run(_post(content)))


@given(
    headers=st.dictionaries(
        st.sampled_from(["Accept", "Content-Type", "Content-Encoding", "X-Request-Id"]),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
        | st.sampled_from(["application/json", "gzip", "*/*;q=x", "application/json;charset"]),
    )
)
@settings(max_examples=60, deadline=None)
def test_any_header_is_answered(headers: dict[str, str]) -> None:
    _check(asyncio.run(_post(b'{"query": "{ __typename }"}', **headers)))


@given(messages=st.lists(_JSON | _REQUESTS | st.text(max_size=20), max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_messages_end_a_socket_with_a_code_of_the_protocol(messages: list[Any]) -> None:
    closed = asyncio.run(_talk(messages))
    assert closed is None or closed.code in {4400, 4401, 4403, 4409, 4429}


def _check(response: Response) -> None:
    assert response.status_code < 500
    body = response.json()
    assert isinstance(body, dict)
    codes = {error["extensions"]["code"] for error in body.get("errors", [])}
    assert codes <= set(ErrorCode) - {ErrorCode.INTERNAL}
    assert codes or "data" in body


async def _post(content: bytes, **headers: str) -> Response:
    async with calling(small_app()) as client:
        sent = {"Content-Type": "application/json", **headers}
        return await client.post("/graphql", content=content, headers=sent)


async def _talk(messages: list[Any]) -> Closed | None:
    async with connected(small_app()) as client:
        for message in messages:
            await client.say(message)
        await client.say({"type": "ping", "payload": "last"})
        try:
            while await client.hear() != {"type": "pong", "payload": "last"}:
                pass
        except Closed as closed:
            return closed
    return None
