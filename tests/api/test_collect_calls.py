"""What SDKs send is kept, and answered with exactly 200."""

import gzip
import json
import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.support.collecting import Shop, selling
from touchline.domain.collect.calls import CallType
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.sources.queries import find_source
from touchline.settings import Settings

TRACK = {"userId": "u1", "event": "Signed Up", "messageId": "m1"}
CALLS: dict[str, dict[str, Any]] = {
    "identify": {"userId": "u1", "traits": {"email": "ann@example.com"}},
    "track": {"userId": "u1", "event": "Signed Up"},
    "page": {"anonymousId": "a1", "name": "Home"},
    "screen": {"anonymousId": "a1", "name": "Home"},
    "group": {"userId": "u1", "groupId": "acme"},
    "alias": {"userId": "u1", "previousId": "a1"},
}


@pytest.fixture
async def shop(db: Settings) -> AsyncIterator[Shop]:
    async with selling(db) as shop:
        yield shop


@pytest.mark.parametrize("name", CALLS)
async def test_each_call_is_taken_on_its_long_and_its_short_path(shop: Shop, name: str) -> None:
    for path in (name, name[0]):
        response = await shop.post(path, CALLS[name])
        assert (response.status_code, response.json()) == (200, {"success": True, "accepted": 1})
    assert [call.type for call in await shop.landed()] == [CallType(name)] * 2
    assert await shop.quarantine() == []


@pytest.mark.parametrize("path", ["batch", "b", "import"])
async def test_a_batch_is_taken_whole(shop: Shop, path: str) -> None:
    batch = [{**body, "type": name} for name, body in CALLS.items()]
    response = await shop.post(path, {"batch": batch})
    assert (response.status_code, response.json()) == (200, {"success": True, "accepted": 6})
    assert [call.type.value for call in await shop.landed()] == list(CALLS)


async def test_an_empty_batch_is_no_fault(shop: Shop) -> None:
    response = await shop.post("batch", {"batch": []})
    assert (response.status_code, response.json()) == (200, {"success": True, "accepted": 0})


TEXT = json.dumps(TRACK).encode()


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (TEXT, {}),
        (gzip.compress(TEXT, mtime=0), {"Content-Encoding": "gzip"}),
        (gzip.compress(TEXT, mtime=0), {}),
        (zlib.compress(TEXT), {"Content-Encoding": "deflate"}),
    ],
)
async def test_json_is_read_whatever_type_and_packing_are_claimed(
    shop: Shop, body: bytes, encoding: dict[str, str]
) -> None:
    types = ["application/json", "text/plain", "application/x-www-form-urlencoded", "x", ""]
    for content_type in types:
        response = await shop.post("track", body, encoding | {"Content-Type": content_type})
        assert response.status_code == 200
    assert [call.message_id for call in await shop.landed()] == ["m1"] * len(types)


async def test_the_write_key_may_come_in_four_ways(shop: Shop) -> None:
    key = shop.key
    responses = [
        await shop.post("track", TRACK),
        await shop.post("track", TRACK, {"Authorization": f"Bearer {key}"}, keyed=False),
        await shop.post("track", {**TRACK, "writeKey": key}, keyed=False),
        await shop.post("batch", {"batch": [], "writeKey": key}, keyed=False),
        await shop.post(f"track?writeKey={key}", TRACK, keyed=False),
    ]
    assert [response.status_code for response in responses] == [200] * 5


async def test_an_answer_comes_after_the_commit_and_counts_for_the_source(shop: Shop) -> None:
    await shop.post("batch", {"batch": [{**TRACK, "type": "track"}, {"type": "page"}]})
    source = await find_source(SYSTEM, "Shop")
    assert (source.accepted_count, source.rejected_count) == (1, 1)
    assert source.last_seen_at is not None


async def test_one_bad_event_does_not_cost_the_rest(shop: Shop) -> None:
    good = b'{"type":"track","userId":"u1","event":"E","messageId":"m%d"}'
    bad = b'{"type":"track","userId":"u1","event":"E","properties":{"price":NaN}}'
    body = b'{"batch":[' + b",".join([good % 0, bad, good % 2]) + b"]}"
    response = await shop.post("batch", body)
    assert response.status_code == 200
    assert response.json() == {
        "success": True,
        "accepted": 2,
        "rejected": 1,
        "results": [
            {"index": 0, "status": "accepted", "code": None, "path": [], "message": None},
            {
                "index": 1,
                "status": "rejected",
                "code": "NOT_A_NUMBER",
                "path": ["properties", "price"],
                "message": "NaN and Infinity are not JSON.",
            },
            {"index": 2, "status": "accepted", "code": None, "path": [], "message": None},
        ],
    }
    assert [call.message_id for call in await shop.landed()] == ["m0", "m2"]
    assert [event.raw for event in await shop.quarantine()] == [bad]


async def test_a_batch_of_which_nothing_is_accepted_is_refused(shop: Shop) -> None:
    response = await shop.post("batch", {"batch": [{"type": "page"}, 5]})
    assert response.status_code == 400
    answer = response.json()
    assert (answer["success"], answer["code"], answer["path"]) == (
        False,
        "MISSING_IDENTIFIER",
        ["batch", 0, "userId"],
    )
    assert answer["requestId"] == response.headers["x-request-id"]
    assert [one["code"] for one in answer["results"]] == ["MISSING_IDENTIFIER", "NOT_AN_OBJECT"]
    assert await shop.landed() == []
    assert [event.raw for event in await shop.quarantine()] == [b'{"type": "page"}', b"5"]


async def test_a_page_of_any_origin_may_ask_and_send(shop: Shop) -> None:
    headers = {
        "Origin": "https://shop.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,x-retry-count",
    }
    asked = await shop.client.options("/v1/t", headers=headers)
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == "*"
    assert asked.headers["access-control-max-age"] == "86400"
    allowed = asked.headers["access-control-allow-headers"].lower()
    assert {"authorization", "content-type", "x-retry-count"} <= set(allowed.split(", "))
    for body in (TRACK, {}):
        sent = await shop.post("t", body, {"Origin": "https://shop.example"})
        assert sent.headers["access-control-allow-origin"] == "*"
        assert sent.headers["access-control-expose-headers"] == "Retry-After"


async def test_the_browser_library_learns_where_to_send(shop: Shop) -> None:
    response = await shop.client.get(f"/v1/projects/{shop.key}/settings")
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    settings = response.json()["integrations"]["Segment.io"]
    assert (settings["apiKey"], settings["protocol"], settings["apiHost"]) == (
        shop.key,
        "http",
        "collect.test/v1",
    )


async def test_the_settings_of_an_unknown_key_are_not_found(shop: Shop) -> None:
    response = await shop.client.get("/v1/projects/wk_unknown/settings")
    assert (response.status_code, response.json()["code"]) == (404, "UNKNOWN_WRITE_KEY")
