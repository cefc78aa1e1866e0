"""What cannot be taken is answered with a 4xx, a code and a path, and harms nothing else."""

import asyncio
import base64
import gzip
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tests.support.collecting import Shop, selling
from touchline.domain.kernel.crash import use_crash_hook
from touchline.settings import Settings

TRACK = {"userId": "u1", "event": "Signed Up"}


@pytest.fixture
async def shop(db: Settings) -> AsyncIterator[Shop]:
    async with selling(db) as shop:
        yield shop


@pytest.mark.parametrize(
    ("path", "body", "status", "code", "where"),
    [
        ("track", b"", 400, "MALFORMED_JSON", []),
        ("track", b"nonsense", 400, "MALFORMED_JSON", []),
        ("track", b'{"userId":"u1","event":', 400, "MALFORMED_JSON", ["event"]),
        ("track", b'{"userId":"u1","event":"\\u0000"}', 400, "INVALID_CHARACTER", ["event"]),
        ("track", b'{"userId":"u1","event":"\\ud83d"}', 400, "INVALID_CHARACTER", ["event"]),
        ("track", b'{"userId":"u1","event":Infinity}', 400, "NOT_A_NUMBER", ["event"]),
        ("track", b'{"event":"E","event":"F"}', 400, "DUPLICATE_KEY", ["event"]),
        ("track", b"[]", 400, "NOT_AN_OBJECT", []),
        ("track", b"[" * 10_000, 400, "TOO_DEEP", [0] * 100),
        ("track", b'{"userId":"u1"}', 400, "MISSING_EVENT_NAME", ["event"]),
        ("track", b'{"event":"E"}', 400, "MISSING_IDENTIFIER", ["userId"]),
        ("track", b'{"event":"E","userId":"%s"}' % (b"x" * 40_000), 413, "EVENT_TOO_LARGE", []),
        ("purchase", b'{"userId":"u1"}', 404, "UNKNOWN_CALL", []),
        ("batch", b"{}", 400, "WRONG_TYPE", ["batch"]),
        ("batch", b"[]", 400, "NOT_AN_OBJECT", []),
        (
            "batch",
            b'{"batch":[' + b",".join([b"1"] * 2_501) + b"]}",
            413,
            "TOO_MANY_EVENTS",
            ["batch"],
        ),
        ("batch", b'{"batch":[],"sentAt":"year 1"}', 400, "INVALID_TIMESTAMP", ["sentAt"]),
        ("batch", b'{"batch":[{"type":"shout"}]}', 400, "UNKNOWN_TYPE", ["batch", 0, "type"]),
    ],
)
async def test_bad_input_is_refused_and_stands_in_quarantine(
    shop: Shop, path: str, body: bytes, status: int, code: str, where: list[Any]
) -> None:
    response = await shop.post(path, body)
    answer = response.json()
    assert (response.status_code, answer["code"], answer["path"]) == (status, code, where)
    assert answer["message"]
    assert answer["requestId"] == response.headers["x-request-id"]
    assert await shop.landed() == []
    [event] = await shop.quarantine()
    assert event.code == code
    assert event.raw in body
    assert (await shop.post("track", TRACK)).status_code == 200


async def test_the_write_key_of_a_rejected_body_is_not_kept(shop: Shop) -> None:
    refused = await shop.client.post("/v1/track", json={"writeKey": shop.key, "event": 5})
    assert refused.status_code == 400
    [event] = await shop.quarantine()
    assert shop.key.encode() not in event.raw
    assert f'"{shop.key[:10]}xxx'.encode() in event.raw


@pytest.mark.parametrize(
    ("length", "headers", "read"),
    [
        (1_000_000, {}, 1_000_000),
        (1_000_000, {"Expect": "100-continue"}, 0),
        (20_000_000, {}, 0),
    ],
)
async def test_a_body_that_says_it_is_too_long_is_refused_and_not_kept(
    shop: Shop, length: int, headers: dict[str, str], read: int
) -> None:
    """The nearer ones are let pass, so that a client that only sends and then reads is told."""
    taken = 0

    async def upload() -> AsyncIterator[bytes]:
        nonlocal taken
        for _ in range(length // 10_000):
            taken += 10_000
            yield b" " * 10_000

    said = shop.basic | headers | {"Content-Length": str(length)}
    response = await shop.client.post("/v1/batch", content=upload(), headers=said)
    assert (response.status_code, response.json()["code"]) == (413, "BATCH_TOO_LARGE")
    assert taken == read
    assert [(event.code, event.raw) for event in await shop.quarantine()] == [
        ("BATCH_TOO_LARGE", b"")
    ]


async def test_a_body_of_unsaid_length_is_read_no_further_than_the_limit(shop: Shop) -> None:
    read = 0

    async def upload() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(10_000):
            read += 1_000
            yield b" " * 1_000

    response = await shop.client.post("/v1/batch", content=upload(), headers=shop.basic)
    assert (response.status_code, response.json()["code"]) == (413, "BATCH_TOO_LARGE")
    assert read < 520_000


@pytest.mark.parametrize(
    ("body", "encoding", "status", "code"),
    [
        (gzip.compress(b" " * 50_000_000, mtime=0), "gzip", 413, "BATCH_TOO_LARGE"),
        (gzip.compress(b"{}", mtime=0)[:-3], "gzip", 400, "MALFORMED_ENCODING"),
        (b"{}", "br", 415, "UNSUPPORTED_ENCODING"),
    ],
)
async def test_a_body_that_cannot_be_unpacked_is_refused(
    shop: Shop, body: bytes, encoding: str, status: int, code: str
) -> None:
    response = await shop.post("batch", body, {"Content-Encoding": encoding})
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert [event.raw for event in await shop.quarantine()] == [body]


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "MISSING_WRITE_KEY"),
        (
            {"Authorization": "Basic " + base64.b64encode(b"wk_wrong:").decode()},
            "UNKNOWN_WRITE_KEY",
        ),
        ({"Authorization": "Basic !!!"}, "UNKNOWN_WRITE_KEY"),
        ({"Authorization": "Basic /w=="}, "UNKNOWN_WRITE_KEY"),
        ({"Authorization": "Basic"}, "UNKNOWN_WRITE_KEY"),
        ({"Authorization": "Bearer "}, "UNKNOWN_WRITE_KEY"),
        ({"Authorization": "Bearer wk_wrong"}, "UNKNOWN_WRITE_KEY"),
        ({"Authorization": "Digest x"}, "UNKNOWN_WRITE_KEY"),
        ({"Authorization": "Bearer " + "x" * 5_000}, "UNKNOWN_WRITE_KEY"),
    ],
)
@pytest.mark.parametrize("body", [json.dumps(TRACK).encode(), b"nonsense", b""])
async def test_without_a_good_write_key_nothing_is_kept(
    shop: Shop, headers: dict[str, str], code: str, body: bytes
) -> None:
    response = await shop.post("track", body, headers, keyed=False)
    assert (response.status_code, response.json()["code"]) == (401, code)
    assert await shop.landed() == []
    assert await shop.quarantine() == []


@pytest.mark.parametrize("key", ["wk_wrong", "", 5, None, {"a": 1}, "\x7f", "x" * 5_000])
async def test_a_bad_write_key_in_the_body_keeps_nothing(shop: Shop, key: Any) -> None:
    for path, body in (("track", TRACK), ("batch", {"batch": []})):
        response = await shop.post(path, {**body, "writeKey": key}, keyed=False)
        assert response.status_code == 401
    assert await shop.landed() == []
    assert await shop.quarantine() == []


async def test_a_revoked_header_key_is_not_saved_by_one_in_the_body(shop: Shop) -> None:
    body = {**TRACK, "writeKey": shop.key}
    response = await shop.post("track", body, {"Authorization": "Bearer wk_wrong"}, keyed=False)
    assert response.status_code == 401
    assert await shop.landed() == []


async def test_when_too_much_waits_senders_are_told_when_to_come_back(db: Settings) -> None:
    async with selling(db.model_copy(update={"landing_limit": 2})) as shop:
        assert [(await shop.post("track", TRACK)).status_code for _ in range(2)] == [200, 200]
        refused = await shop.post("track", TRACK)
        assert (refused.status_code, refused.json()["code"]) == (429, "RATE_LIMITED")
        assert refused.headers["retry-after"] == "2"
        assert refused.headers["access-control-expose-headers"] == "Retry-After"
        assert len(await shop.landed()) == 2


async def test_when_nothing_can_be_written_nothing_is_acknowledged(shop: Shop) -> None:
    def fail(name: str) -> None:
        raise OSError(name)

    use_crash_hook(fail)
    try:
        response = await shop.post("track", TRACK)
    finally:
        use_crash_hook(None)
    assert (response.status_code, response.json()["code"]) == (503, "UNAVAILABLE")
    assert response.headers["retry-after"] == "2"
    assert await shop.landed() == []
    assert (await shop.post("track", TRACK)).status_code == 200


async def test_an_upload_that_breaks_off_is_harmless(shop: Shop) -> None:
    """Neither the quarantine nor the landing hears of it; the next request is served."""
    sent: list[Any] = []
    parts = [
        {"type": "http.request", "body": b'{"userId":', "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Any:
        await asyncio.sleep(0)
        return parts.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    transport: Any = shop.client._transport
    headers = [(b"authorization", shop.basic["Authorization"].encode())]
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/v1/track",
        "raw_path": b"/v1/track",
        "query_string": b"",
        "headers": headers,
        "scheme": "http",
        "server": ("collect.test", 80),
        "client": ("203.0.113.5", 4711),
    }
    await transport.app(scope, receive, send)
    assert sent[0]["status"] == 408
    assert await shop.quarantine() == []
    assert (await shop.post("track", TRACK)).status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@examples(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    path=st.sampled_from(["track", "i", "batch", "b", "whatever"]),
    body=st.binary(max_size=200),
    encoding=st.sampled_from(["", "gzip", "deflate", "br"]),
    prefix=st.sampled_from([b"", b'{"batch":[', b'{"userId":"u",', b"\x1f\x8b"]),
)
async def test_no_bytes_cause_a_server_error(
    shop: Shop, path: str, body: bytes, encoding: str, prefix: bytes
) -> None:
    response = await shop.post(path, prefix + body, {"Content-Encoding": encoding})
    assert 400 <= response.status_code < 500
    assert response.json()["code"]
