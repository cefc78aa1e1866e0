"""GraphQL over HTTP: who is let in, what is read, and how it is answered."""

import gzip
import json
from typing import Any

import pytest

from tests.support.graphql import INGEST_KEY, calling, only_error, resolved, run, small_app

GRAPHQL = "application/graphql-response+json"
NOT_GIVEN = (
    "Variable '$id' has invalid value: Expected a value of non-null type 'ID!' to be provided."
)
HELLO = '{ echo(text: "hi") }'


async def test_a_query_is_answered_with_its_data_and_cost() -> None:
    response = await run("{ balls(first: 2) { nodes { id } } }")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.json() == {
        "data": {"balls": {"nodes": [{"id": "0"}, {"id": "1"}]}},
        "extensions": {
            "cost": {
                "requested": 2,
                "actual": 2,
                "throttle": {"maximum": 10000, "available": 9998, "restoreRate": 500},
            }
        },
    }


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer wrong", "Basic dGxfcmVhZGVy", "Bearer ü"])
async def test_without_a_good_key_nothing_is_run(shown: str) -> None:
    async with calling(small_app(), key=None) as client:
        headers = {b"Authorization": shown.encode()} if shown else {}
        response = await client.post("/graphql", json={"query": HELLO}, headers=headers)
    assert only_error(response) == (401, "UNAUTHENTICATED", "A valid API key is needed.")
    assert response.headers["www-authenticate"] == 'Bearer realm="touchline"'


async def test_the_public_demo_lets_anyone_read_and_introspect_but_not_with_a_bad_key() -> None:
    async with calling(small_app(public_demo=True), key=None) as client:
        read = await client.post("/graphql", json={"query": HELLO})
        schema = await client.post("/graphql", json={"query": "{ __schema { __typename } }"})
        bad = {"Authorization": "Bearer wrong"}
        refused = await client.post("/graphql", json={"query": HELLO}, headers=bad)
    assert read.json()["data"] == {"echo": "hi"}
    assert schema.json()["data"] == {"__schema": {"__typename": "__Schema"}}
    assert refused.status_code == 401


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL},application/json;q=0.9", GRAPHQL),
        (f"application/json;q=0.2, {GRAPHQL};q=0.1", "application/json"),
        (f"{GRAPHQL}; charset=utf-8, text/event-stream", GRAPHQL),
        (f"text/html, */*;q=0.8, {GRAPHQL};q=0", "application/json"),
    ],
)
async def test_the_media_type_is_what_the_client_prefers(accept: str | None, media: str) -> None:
    async with calling(small_app()) as client:
        del client.headers["accept"]
        headers = {"Accept": accept} if accept else {}
        response = await client.post("/graphql", json={"query": HELLO}, headers=headers)
    assert response.headers["content-type"] == f"{media}; charset=utf-8"
    assert response.status_code == 200


async def test_a_media_type_that_is_not_offered_is_406() -> None:
    async with calling(small_app()) as client:
        headers = {"Accept": "text/csv"}
        response = await client.post("/graphql", json={"query": HELLO}, headers=headers)
    assert only_error(response)[:2] == (406, "BAD_USER_INPUT")


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("{", "Syntax Error: Expected Name, found <EOF>."),
        ("{ nope }", "Cannot query field 'nope' on type 'Query'."),
        (
            "query ($id: ID!) { ball(id: $id) { id } }",
            NOT_GIVEN,
        ),
    ],
)
async def test_a_bad_document_is_400_and_200_for_older_clients(document: str, message: str) -> None:
    async with calling(small_app()) as client:
        sent = {"query": document}
        new = await client.post("/graphql", json=sent, headers={"Accept": GRAPHQL})
        old = await client.post("/graphql", json=sent, headers={"Accept": "application/json"})
    assert only_error(new) == (400, "BAD_USER_INPUT", message)
    assert only_error(old) == (200, "BAD_USER_INPUT", message)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"\xff\xfe",
        b'"query"',
        b"null",
        b"{}",
        b'{"query": 1}',
        b'{"query": "{ a }", "variables": []}',
        b'{"query": "{ a }", "variables": "{}"}',
        b'{"query": "{ a }", "operationName": 1}',
        b'{"query": "{ a }", "extensions": []}',
        b'{"query": "\\ud800"}',
        b'{"query": "{ a }", "variables": {"a": NaN}}',
        b'{"query": "{ a }", "variables": {"a": ' + b"[" * 10_000 + b"]" * 10_000 + b"}}",
    ],
)
async def test_a_body_that_is_no_request_is_400_whatever_is_accepted(body: bytes) -> None:
    async with calling(small_app()) as client:
        headers = {"Content-Type": "application/json"}
        response = await client.post("/graphql", content=body, headers=headers)
    assert only_error(response)[:2] == (400, "BAD_USER_INPUT")


async def test_several_operations_in_one_request_are_refused() -> None:
    async with calling(small_app()) as client:
        response = await client.post("/graphql", json=[{"query": HELLO}])
    message = "Several operations in one request are not taken; send them one by one."
    assert only_error(response) == (400, "BAD_USER_INPUT", message)


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/xml", "application/json; charset=utf-16"]
)
async def test_another_content_type_or_charset_is_415(content_type: str | None) -> None:
    async with calling(small_app()) as client:
        headers = {"Content-Type": content_type} if content_type else {}
        body = json.dumps({"query": HELLO})
        response = await client.post("/graphql", content=body, headers=headers)
    assert only_error(response)[:2] == (415, "BAD_USER_INPUT")


@pytest.mark.parametrize(
    ("coding", "pack"),
    [("gzip", gzip.compress), ("identity", bytes), ("GZIP", gzip.compress)],
)
async def test_a_body_may_be_gzipped_and_begin_with_a_bom(coding: str, pack: Any) -> None:
    async with calling(small_app()) as client:
        headers = {"Content-Type": "application/json;charset=UTF-8", "Content-Encoding": coding}
        body = b"\xef\xbb\xbf" + json.dumps({"query": HELLO}).encode()
        response = await client.post("/graphql", content=pack(body), headers=headers)
    assert response.json()["data"] == {"echo": "hi"}


async def test_a_body_is_read_no_further_than_its_limit() -> None:
    padding = "#" * 300_000
    async with calling(small_app()) as client:
        plain = await client.post("/graphql", json={"query": HELLO, "padding": padding})
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        bomb = gzip.compress(b" " * 50_000_000)
        packed = await client.post("/graphql", content=bomb, headers=headers)
        torn = await client.post("/graphql", content=bomb[:100], headers=headers)
        other = await client.post(
            "/graphql", content=b"{}", headers={**headers, "Content-Encoding": "br"}
        )
    assert [each.status_code for each in (plain, packed, torn, other)] == [413, 413, 400, 415]


async def test_a_query_may_be_sent_by_get() -> None:
    parameters = {
        "query": "query A { __typename } query B($t: String!) { echo(text: $t) }",
        "operationName": "B",
        "variables": '{"t": "über"}',
    }
    async with calling(small_app()) as client:
        response = await client.get("/graphql", params=parameters)
    assert response.json()["data"] == {"echo": "über"}


async def test_a_mutation_by_get_is_405_and_does_nothing() -> None:
    resolved.clear()
    async with calling(small_app()) as client:
        response = await client.get("/graphql", params={"query": "mutation { kick { id } }"})
    assert only_error(response) == (405, "BAD_USER_INPUT", "Only queries can be sent by GET.")
    assert response.headers["allow"] == "POST"
    assert resolved == []


async def test_a_get_that_another_site_could_send_unasked_is_refused() -> None:
    """Of an open demo, which wants no key, a page elsewhere could otherwise send queries."""
    simple = {"Content-Type": "text/plain", "Accept": GRAPHQL}
    async with calling(small_app(public_demo=True), key=None) as client:
        parameters = {"query": HELLO}
        refused = await client.get("/graphql", params=parameters, headers=simple)
        allowed = [
            await client.get("/graphql", params=parameters, headers={name: value})
            for name, value in [
                ("Content-Type", "application/json"),
                ("X-Requested-With", "me"),
                ("Apollo-Require-Preflight", "1"),
            ]
        ]
    assert only_error(refused)[:2] == (400, "BAD_USER_INPUT")
    assert [each.status_code for each in allowed] == [200, 200, 200]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_other_methods_are_405(method: str) -> None:
    async with calling(small_app()) as client:
        response = await client.request(method, "/graphql")
    assert only_error(response)[:2] == (405, "BAD_USER_INPUT")
    assert response.headers["allow"] == "GET, POST"


async def test_a_browser_gets_a_page_that_loads_nothing() -> None:
    async with calling(small_app(), key=None) as client:
        response = await client.get("/graphql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "touchline keys create" in response.text
    assert not {"<script", "<link", "<img"} & set(response.text.split())


async def test_the_callers_request_id_is_kept_only_when_it_can_stand_in_a_log() -> None:
    async with calling(small_app()) as client:
        kept = await client.post("/graphql", json={"query": "{"}, headers={"X-Request-Id": "abc-1"})
        replaced = [
            await client.post(
                "/graphql", json={"query": "{"}, headers={b"X-Request-Id": each.encode()}
            )
            for each in ("a b", "x" * 200, "é", "")
        ]
    assert kept.headers["x-request-id"] == "abc-1"
    assert kept.json()["errors"][0]["extensions"]["requestId"] == "abc-1"
    assert [len(each.headers["x-request-id"]) for each in replaced] == [32] * 4


async def test_the_schema_is_hidden_from_keys_that_may_not_read() -> None:
    async with calling(small_app(), key=INGEST_KEY) as client:
        asked = await client.post(
            "/graphql",
            json={"query": '{ ...F } fragment F on Query { __type(name: "Ball") { name } }'},
        )
        guessed = await client.post("/graphql", json={"query": "{ bal }"})
    assert only_error(asked)[:2] == (403, "FORBIDDEN")
    assert only_error(guessed)[2] == "Cannot query field 'bal' on type 'Query'."
    helped = await run("{ bal }")
    assert only_error(helped)[2].endswith("Did you mean 'ball' or 'balls'?")


async def test_an_answer_past_the_size_limit_is_not_sent() -> None:
    async with calling(small_app(max_response_bytes=10_000)) as client:
        sent = {
            "query": "query ($t: String!) { echo(text: $t) }",
            "variables": {"t": "x" * 20_000},
        }
        response = await client.post("/graphql", json=sent)
        small = await client.post("/graphql", json={**sent, "variables": {"t": "x"}})
    assert only_error(response)[:2] == (200, "COST_EXCEEDED")
    told, usual = (one.json()["extensions"]["cost"] for one in (response, small))
    assert (told["requested"], told["actual"]) == (usual["requested"], usual["actual"])


async def test_an_operation_that_takes_too_long_is_stopped() -> None:
    async with calling(small_app(request_timeout_ms=100)) as client:
        response = await client.post("/graphql", json={"query": "{ slow(seconds: 5) }"})
    message = "The operation was stopped after 0.1 s. Ask for less at once."
    assert only_error(response) == (200, "COST_EXCEEDED", message)


async def test_a_mutation_that_takes_too_long_is_not_said_to_be_undone() -> None:
    async with calling(small_app(request_timeout_ms=100)) as client:
        response = await client.post("/graphql", json={"query": "mutation { dawdle }"})
    message = "No answer within 0.1 s; look whether the change was made."
    assert only_error(response) == (200, "COST_EXCEEDED", message)


async def test_only_the_origins_that_are_set_may_call_from_a_browser() -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-a"}
    app = small_app(web_origins="https://a.test, https://b.test")
    async with calling(app, key=None) as client:
        good, other = {"Origin": "https://b.test"}, {"Origin": "https://c.test"}
        preflight = await client.options("/graphql", headers=asked | good)
        refused = await client.options("/graphql", headers=asked | other)
        answer = await client.post("/graphql", json={"query": HELLO}, headers=good)
        unseen = await client.post("/graphql", json={"query": HELLO}, headers=other)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "https://b.test"
    assert preflight.headers["access-control-allow-headers"] == "x-a"
    assert refused.status_code == 400
    assert answer.headers["access-control-allow-origin"] == "https://b.test"
    assert "access-control-allow-origin" not in unseen.headers
