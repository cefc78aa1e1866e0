"""GraphQL over WebSockets: the protocol ``graphql-transport-ws``, message by message."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.types import ASGIApp

from tests.support.graphql import KEY, SCHEMA, known_keys, small_app
from tests.support.sockets import Client, connected
from touchline.api.graphql_ws import GraphQLOverWebSocket
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.errors import TimedOut
from touchline.graphql.engine.execution import Engine
from touchline.settings import Settings

INIT = {"type": "connection_init", "payload": {"Authorization": f"Bearer {KEY}"}}


def subscribe(key: str, document: str, **sent: Any) -> dict[str, Any]:
    return {"id": key, "type": "subscribe", "payload": {"query": document, **sent}}


@asynccontextmanager
async def ready(app: ASGIApp | None = None) -> AsyncIterator[Client]:
    async with connected(app or small_app()) as client:
        await client.say(INIT)
        assert await client.hear() == {"type": "connection_ack"}
        yield client


def endpoint(**given: Any) -> Starlette:
    """The endpoint alone, with settings of its own."""
    given = {"authenticate": known_keys, **given}
    route = GraphQLOverWebSocket(Engine(SCHEMA), settings=Settings(_env_file=None), **given)
    return Starlette(routes=[WebSocketRoute("/graphql", route)])


async def test_a_subscription_sends_each_result_and_then_completes() -> None:
    async with ready() as client:
        await client.say(
            subscribe("a", "subscription ($to: Int!) { count(to: $to) }", variables={"to": 2})
        )
        heard = [await client.hear() for _ in range(3)]
    assert client.subprotocol == "graphql-transport-ws"
    assert heard == [
        {"id": "a", "type": "next", "payload": {"data": {"count": 0}}},
        {"id": "a", "type": "next", "payload": {"data": {"count": 1}}},
        {"id": "a", "type": "complete"},
    ]


async def test_queries_and_mutations_are_answered_once() -> None:
    async with ready() as client:
        await client.say(subscribe("q", '{ echo(text: "hi") }'))
        answer, end = await client.hear(), await client.hear()
        await client.say(subscribe("q", "mutation { kick { id } }"))
        again = await client.hear()
    assert (answer["type"], answer["payload"]["data"]) == ("next", {"echo": "hi"})
    assert end == {"id": "q", "type": "complete"}
    assert again["payload"]["data"] == {"kick": {"id": "1"}}


async def test_a_refused_operation_is_one_error_message_and_the_socket_stays_open() -> None:
    async with ready() as client:
        await client.say(subscribe("a", "subscription { nope }"))
        error = await client.hear()
        await client.say({"type": "ping", "payload": {"n": 1}})
        pong = await client.hear()
    assert (error["id"], error["type"]) == ("a", "error")
    assert error["payload"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert pong == {"type": "pong", "payload": {"n": 1}}


async def test_a_source_that_breaks_ends_its_operation_with_a_masked_error() -> None:
    async with ready() as client:
        await client.say(subscribe("a", "subscription { breaks }"))
        first, error = await client.hear(), await client.hear()
    assert first["payload"] == {"data": {"breaks": 1}}
    assert error["type"] == "error"
    assert error["payload"][0]["extensions"]["code"] == "INTERNAL"
    assert "SELECT" not in str(error)


async def test_complete_from_the_client_stops_the_operation_and_frees_its_id() -> None:
    async with ready() as client:
        await client.say(subscribe("a", "subscription { never }"))
        await client.say({"id": "a", "type": "complete"})
        await client.say({"id": "unknown", "type": "complete"})
        await client.say(subscribe("a", "subscription { count(to: 1) }"))
        assert (await client.hear())["payload"] == {"data": {"count": 0}}


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([subscribe("a", "{ __typename }")], 4401),
        ([INIT, INIT], 4429),
        ([{"type": "connection_init"}], 4403),
        ([{"type": "connection_init", "payload": {"authorization": "Bearer no"}}], 4403),
        ([{"type": "connection_init", "payload": "x"}], 4400),
        (["not json"], 4400),
        (["[]"], 4400),
        ([{"type": "start"}], 4400),
        ([{"type": "connection_ack"}], 4400),
        ([INIT, {"type": "subscribe", "payload": {"query": "{ __typename }"}}], 4400),
        ([INIT, {"type": "subscribe", "id": "", "payload": {"query": "{ a }"}}], 4400),
        ([INIT, {"type": "subscribe", "id": "a"}], 4400),
        ([INIT, {"type": "subscribe", "id": "a", "payload": {"query": 1}}], 4400),
        ([INIT, {"type": "complete"}], 4400),
        ([INIT, subscribe("a", "subscription { never }"), subscribe("a", "{ a }")], 4409),
        (["x" * 300_000], 1009),
    ],
)
async def test_a_breach_of_the_protocol_closes_the_socket(messages: list[Any], code: int) -> None:
    async with connected(small_app()) as client:
        for message in messages:
            await client.say(message)
        closed = await client.end()
    assert closed.code == code
    assert len(closed.reason.encode()) <= 123


async def test_a_binary_frame_closes_the_socket() -> None:
    async with connected(small_app()) as client:
        await client.say_bytes(b"{}")
        closed = await client.end()
    assert closed.code == 4400


@pytest.mark.parametrize("protocols", [(), ("graphql-ws",), ("chat", "soap")])
async def test_another_protocol_is_refused_the_legacy_one_too(protocols: tuple[str, ...]) -> None:
    async with connected(small_app(), protocols=protocols) as client:
        closed = await client.end()
    assert (client.subprotocol, closed.code) == (None, 4406)


async def test_the_header_of_the_handshake_counts_when_the_first_message_shows_nothing() -> None:
    async with connected(small_app(), Authorization=f"Bearer {KEY}") as client:
        await client.say({"type": "connection_init"})
        assert await client.hear() == {"type": "connection_ack"}


async def test_a_client_that_never_says_who_it_is_is_let_go() -> None:
    async with connected(endpoint(init_timeout=1)) as client:
        await client.say({"type": "ping"})
        assert await client.hear() == {"type": "pong"}
        closed = await client.end()
    assert closed.code == 4408


async def test_a_client_that_takes_no_messages_is_let_go() -> None:
    async with connected(endpoint(send_timeout=0.05)) as client:
        await client.say(INIT)
        await client.hear()
        client.stalled = True
        await client.say(subscribe("a", "subscription { count(to: 1000000) }"))
        closed = await client.end()
    assert closed.code == 1013


async def test_a_key_that_is_revoked_meanwhile_ends_the_connection() -> None:
    good = True

    async def while_good(secret: str) -> Actor | None:
        return await known_keys(secret) if good else None

    async with connected(endpoint(authenticate=while_good, recheck_every=0.02)) as client:
        await client.say(INIT)
        await client.hear()
        good = False
        closed = await client.end()
    assert closed.code == 4403


async def test_one_connection_runs_no_more_operations_than_it_may() -> None:
    async with connected(endpoint(max_operations=2)) as client:
        await client.say(INIT)
        await client.hear()
        for key in "abc":
            await client.say(subscribe(key, "subscription { never }"))
        refused = await client.hear()
        await client.say({"id": "a", "type": "complete"})
        await client.say(subscribe("c", "subscription { count(to: 1) }"))
        allowed = await client.hear()
    assert (refused["id"], refused["type"]) == ("c", "error")
    assert refused["payload"][0]["extensions"]["code"] == "RATE_LIMITED"
    assert (allowed["id"], allowed["type"]) == ("c", "next")


async def test_an_answer_past_the_size_limit_ends_its_operation_alone() -> None:
    async with ready(small_app(max_response_bytes=10_000)) as client:
        large = {"t": "x" * 20_000}
        document = "query ($t: String!) { echo(text: $t) }"
        await client.say(subscribe("large", document, variables=large))
        refused = await client.hear()
        await client.say(subscribe("small", '{ echo(text: "hi") }'))
        answer = await client.hear()
    assert (refused["id"], refused["type"]) == ("large", "error")
    (error,) = refused["payload"]
    assert error["extensions"]["code"] == "COST_EXCEEDED"
    assert error["message"] == "The answer is larger than 10,000 bytes."
    assert answer == {"id": "small", "type": "next", "payload": answer["payload"]}


async def test_a_hundred_subscriptions_that_come_and_go_leave_no_task_behind() -> None:
    before = len(asyncio.all_tasks())
    async with ready() as client:
        for number in range(100):
            await client.say(subscribe(str(number), "subscription { never }"))
        await client.say({"type": "ping"})
        assert await client.hear() == {"type": "pong"}
    assert len(asyncio.all_tasks()) == before


async def test_a_key_that_nobody_can_tell_of_at_the_moment_has_the_client_come_again() -> None:
    async def without_answer(_secret: str) -> Actor | None:
        raise TimedOut(5)

    async with connected(endpoint(authenticate=without_answer)) as client:
        await client.say(INIT)
        closed = await client.end()
    assert closed.code == 1013
