"""Registered documents are called by their ids, over HTTP and WebSockets, by any kind of client."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp

from tests.support.asgi import started
from tests.support.graphql import calling, small_app
from tests.support.sockets import connected
from touchline.api.app import create_app
from touchline.domain.access.service import create_key
from touchline.domain.documents import recognition, service
from touchline.domain.documents.manifest import Entry, sha256
from touchline.domain.documents.queries import list_documents
from touchline.domain.kernel.actor import SYSTEM, Actor, ActorKind, Scope
from touchline.domain.kernel.ids import global_id
from touchline.graphql.context import Context
from touchline.graphql.engine.answers import Operation
from touchline.graphql.engine.errors import ErrorCode
from touchline.graphql.engine.execution import Engine
from touchline.graphql.engine.planning.planner import Planner
from touchline.graphql.engine.throttle import LocalThrottle, Rates
from touchline.graphql.engine.vetting import vet
from touchline.graphql.schema import build_schema
from touchline.settings import Settings

ME = "query Me { viewer { name } }"
FIND = """query Find($kind: String!) { customerByIdentifier(kind: $kind, value: "x") { id } }"""
NOTE = """mutation Note($input: CustomerAddNoteInput!) { customerAddNote(input: $input) {
  userErrors { code } } }"""
LIVE = "subscription Live { timelineTouchpointAdded { touchpoint { id } } }"
SCHEMA = build_schema()
GRAPHQL = "application/graphql-response+json"


class House:
    """The application with the documents above registered, and a key of each kind."""

    def __init__(self, app: ASGIApp, client: httpx.AsyncClient, free: str, bound: str) -> None:
        self.app = app
        self.client = client
        self.free = free
        self.bound = bound

    async def post(self, body: Any, key: str | None = None, accept: str = GRAPHQL) -> Any:
        headers = {"Authorization": f"Bearer {key or self.free}", "Accept": accept}
        return await self.client.post("/graphql", json=body, headers=headers)

    async def get(self, **params: str) -> Any:
        headers = {"Authorization": f"Bearer {self.bound}", "Accept": f"{GRAPHQL}, text/html"}
        return await self.client.get("/graphql", params=params, headers=headers)

    async def over_socket(self, payload: Any, key: str | None = None) -> list[Any]:
        """What a socket says to one operation, up to its end."""
        async with connected(self.app, authorization=f"Bearer {key or self.free}") as socket:
            await socket.say({"type": "connection_init"})
            assert await socket.hear() == {"type": "connection_ack"}
            await socket.say({"id": "1", "type": "subscribe", "payload": payload})
            heard = [await socket.hear()]
            while heard[-1]["type"] == "next":
                heard.append(await socket.hear())
            return heard


@pytest.fixture
async def house(settings: Settings) -> AsyncIterator[House]:
    recognition.forget_all()
    app = create_app(settings, schema=SCHEMA)
    async with started(app) as client:
        entries = [Entry("m1", ME), Entry("f1", FIND), Entry("n1", NOTE), Entry("l1", LIVE)]
        await service.register(SYSTEM, [one.document for one in vet(SCHEMA, entries)])
        scopes = [Scope.WRITE]
        free = await create_key(SYSTEM, name="free", scopes=scopes)
        bound = await create_key(SYSTEM, name="bound", scopes=scopes, trusted_only=True)
        yield House(app, client, free.secret, bound.secret)


def refusal(response: httpx.Response) -> tuple[int, str, str]:
    body = response.json()
    assert "data" not in body
    (error,) = body["errors"]
    assert error["extensions"]["requestId"]
    return response.status_code, error["extensions"]["code"], error["message"]


async def test_a_document_is_run_by_its_id_in_every_form_that_clients_send(house: House) -> None:
    apollo = {"persistedQuery": {"version": 1, "sha256Hash": "m1"}}
    hashed = {"persistedQuery": {"version": 1, "sha256Hash": sha256(ME)}}
    for body in (
        {"documentId": "m1"},
        {"documentId": f"sha256:{sha256(ME)}", "operationName": "Me"},
        {"extensions": apollo},
        {"extensions": hashed, "operationName": "Me", "variables": {}},
    ):
        answer = await house.post(body, house.bound)
        assert (answer.status_code, answer.json()["data"]) == (200, {"viewer": {"name": "bound"}})


async def test_a_query_is_run_by_its_id_over_get_and_a_mutation_is_not(house: House) -> None:
    answer = await house.get(documentId="m1")
    assert answer.json()["data"] == {"viewer": {"name": "bound"}}
    answer = await house.get(extensions=json.dumps({"persistedQuery": {"sha256Hash": "m1"}}))
    assert answer.json()["data"] == {"viewer": {"name": "bound"}}
    variables = json.dumps({"input": {"customerId": global_id("Customer", 1), "text": "Hello"}})
    refused = refusal(await house.get(documentId="n1", variables=variables))
    assert refused == (405, "BAD_USER_INPUT", "Only queries can be sent by GET.")


async def test_the_variables_of_a_registered_document_are_checked_as_ever(house: House) -> None:
    answer = await house.post({"documentId": "f1", "variables": {"kind": "email"}})
    assert answer.json()["data"] == {"customerByIdentifier": None}
    status, code, _ = refusal(await house.post({"documentId": "f1", "variables": {"kind": 7}}))
    assert (status, code) == (400, "BAD_USER_INPUT")


@pytest.mark.parametrize("accept", [GRAPHQL, "application/json"])
async def test_an_unknown_id_is_told_as_clients_expect(house: House, accept: str) -> None:
    for body in (
        {"documentId": "nope"},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}},
        {"documentId": "m1\0"},
        {"documentId": "\0"},
        {"documentId": "m1 "},
        {"documentId": "ü"},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha256(ME) + "\0"}}},
    ):
        answer = await house.post(body, accept=accept)
        expected = (404, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        assert refusal(answer) == expected
        assert answer.headers["content-type"] == f"{accept}; charset=utf-8"


async def test_an_id_that_no_database_can_be_asked_for_is_unknown_by_every_way(
    house: House,
) -> None:
    assert refusal(await house.get(documentId="m1\0"))[:2] == (404, "PERSISTED_QUERY_NOT_FOUND")
    hashed = json.dumps({"persistedQuery": {"version": 1, "sha256Hash": "\0"}})
    assert refusal(await house.get(extensions=hashed))[:2] == (404, "PERSISTED_QUERY_NOT_FOUND")
    (said,) = await house.over_socket({"documentId": "m1\0"})
    assert said["payload"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"


async def test_looking_for_unknown_ids_is_paid_for(settings: Settings) -> None:
    throttle = LocalThrottle(Rates(3, 1), clock=lambda: 0.0)
    async with started(create_app(settings, schema=SCHEMA, throttle=throttle)) as client:
        key = (await create_key(SYSTEM, name="me", scopes=[Scope.READ])).secret
        headers = {"Authorization": f"Bearer {key}"}
        answers = [
            await client.post("/graphql", json={"documentId": f"nope{n}"}, headers=headers)
            for n in range(4)
        ]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429]
    assert refusal(answers[3])[1] == "RATE_LIMITED"


async def test_sending_a_document_with_its_hash_registers_nothing(house: House) -> None:
    text = "query Other { viewer { name } }"
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": sha256(text)}}
    before = await list_documents(SYSTEM)
    answer = await house.post({"query": text, "extensions": extensions})
    assert answer.json()["data"] == {"viewer": {"name": "free"}}
    assert refusal(await house.post({"extensions": extensions}))[0] == 404
    assert await list_documents(SYSTEM) == before


async def test_a_restricted_key_runs_no_other_document(house: House) -> None:
    for text in (ME, "query Other { viewer { name } }", "{"):
        answer = await house.post({"query": text}, house.bound)
        assert refusal(answer)[:2] == (403, "FORBIDDEN")
        (error,) = answer.json()["errors"]
        assert error["extensions"]["reason"] == "TRUSTED_DOCUMENTS_ONLY"
    assert refusal(await house.post({"documentId": "nope"}, house.bound))[0] == 404


async def test_a_text_of_a_restricted_key_is_refused_before_any_sql() -> None:
    """There is no database here to be asked."""
    bound = Actor(ActorKind.API_KEY, 1, "bound", frozenset({Scope.READ}), trusted_only=True)
    sent = Operation("{ customers(first: 1) { nodes { id } } }")
    answer = await Engine(SCHEMA).run(sent, Context(bound, "test"))
    assert answer.refused is ErrorCode.FORBIDDEN


async def test_a_removed_document_is_run_no_more_and_a_new_one_at_once(house: House) -> None:
    assert (await house.post({"documentId": "m1"})).status_code == 200
    await service.remove(SYSTEM, ["m1"])
    assert (await house.post({"documentId": "m1"})).status_code == 404
    (new,) = vet(SCHEMA, [Entry("m2", ME)])
    await service.register(SYSTEM, [new.document])
    assert (await house.post({"documentId": "m2"})).status_code == 200


async def test_a_registered_document_is_compiled_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[object] = []
    compile_plan = Planner.compile

    def counted(planner: Planner, executor: Any) -> Any:
        compiled.append(executor)
        return compile_plan(planner, executor)

    monkeypatch.setattr(Planner, "compile", counted)
    for body in ({"documentId": "f1"}, {"documentId": "f1"}, {"query": FIND}):
        sent = {**body, "variables": {"kind": "email"}}
        assert (await house.post(sent)).json()["data"] == {"customerByIdentifier": None}
    assert len(compiled) == 1


async def test_what_names_no_document_is_a_bad_request() -> None:
    async with calling(small_app()) as client:
        for body in (
            {"query": ME, "documentId": "m1"},
            {"documentId": 7},
            {"documentId": ""},
            {"documentId": "x" * 208},
            {"extensions": {"persistedQuery": "m1"}},
            {"extensions": {"persistedQuery": {"sha256Hash": ["m1"]}}},
            {"extensions": {"other": 1}},
            {},
        ):
            answer = await client.post("/graphql", json=body)
            assert refusal(answer)[:2] == (400, "BAD_USER_INPUT"), body


async def test_a_socket_runs_documents_by_their_ids(house: House) -> None:
    for payload in (
        {"documentId": "m1"},
        {"extensions": {"persistedQuery": {"sha256Hash": sha256(ME)}}},
    ):
        answer, end = await house.over_socket(payload, house.bound)
        assert answer["payload"]["data"] == {"viewer": {"name": "bound"}}
        assert end == {"id": "1", "type": "complete"}


async def test_a_socket_tells_an_unknown_id_and_refuses_a_restricted_key(house: House) -> None:
    (unknown,) = await house.over_socket({"documentId": "nope"})
    (free,) = await house.over_socket({"query": LIVE}, house.bound)
    codes = [one["payload"][0]["extensions"]["code"] for one in (unknown, free)]
    assert (unknown["type"], free["type"]) == ("error", "error")
    assert codes == ["PERSISTED_QUERY_NOT_FOUND", "FORBIDDEN"]


async def test_a_registered_subscription_is_watched(house: House) -> None:
    async with connected(house.app, authorization=f"Bearer {house.bound}") as socket:
        await socket.say({"type": "connection_init"})
        await socket.hear()
        await socket.say({"id": "1", "type": "subscribe", "payload": {"documentId": "l1"}})
        await socket.say({"type": "ping"})
        assert await socket.hear() == {"type": "pong"}
