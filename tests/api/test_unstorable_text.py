"""Text that not every database stores is refused with a code, wherever a request can carry it."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.support.asgi import started
from touchline.api.app import create_app
from touchline.domain.access.service import create_key
from touchline.domain.kernel.actor import SYSTEM, Scope
from touchline.graphql.schema import build_schema
from touchline.settings import Settings

SCHEMA = build_schema()
NUL, HALF, SURROGATE = "%00", "%ff", "%ed%a0%80"
ADDRESSES = {
    "/l/{}": 404,
    "/l/abc{}": 404,
    "/o/{}.gif?u={}": 200,
    "/s/{}.js": 404,
    "/v1/projects/{}/settings": 404,
    "/graphql?documentId={}": 404,
    "/graphql?query=query+A+%7B__typename%7D&operationName={}": 400,
}
DOCUMENTS = [
    '{ customerByIdentifier(kind: "email", value: "\\u0000") { id } }',
    '{ customerByIdentifier(kind: "email", value: "\\u{0}") { id } }',
    '{ customerByIdentifier(kind: "email", value: "\0") { id } }',
]


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with started(create_app(settings, schema=SCHEMA)) as made:
        key = await create_key(SYSTEM, name="me", scopes=[Scope.READ])
        made.headers["Authorization"] = f"Bearer {key.secret}"
        made.headers["Accept"] = "application/graphql-response+json"
        yield made


async def test_an_address_that_holds_it_names_nothing(client: httpx.AsyncClient) -> None:
    for text in (NUL, HALF, SURROGATE):
        for address, status in ADDRESSES.items():
            answer = await client.get(address.format(text, text))
            assert answer.status_code == status, (address, answer.text)


async def test_it_is_no_write_key(client: httpx.AsyncClient) -> None:
    del client.headers["Authorization"]
    given = {"userId": "u1", "event": "Seen"}
    for text in (NUL, HALF, SURROGATE):
        answer = await client.post(f"/v1/track?writeKey=wk{text}", json=given)
        assert answer.status_code == 401, answer.text
    answer = await client.post("/v1/track", json=given, auth=("\0", ""))
    assert answer.status_code == 401, answer.text


async def test_a_document_or_a_variable_that_holds_it_is_refused(
    client: httpx.AsyncClient,
) -> None:
    asked = 'query ($v: String!) { customerByIdentifier(kind: "email", value: $v) { id } }'
    bodies = [{"query": text} for text in DOCUMENTS]
    for body in (*bodies, {"query": asked, "variables": {"v": "a\0"}}):
        answer = await client.post("/graphql", json=body)
        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["extensions"]["code"]) == (400, "BAD_USER_INPUT")
        assert "data" not in answer.json()
