"""Every way in which one event can be wrong has a code and a path."""

import pytest

from touchline.domain.collect.calls import CallType
from touchline.domain.collect.errors import CollectCode as Code
from touchline.domain.collect.intake import Limits, take_batch, take_call
from touchline.domain.kernel.clock import parse_moment

NOW = parse_moment("2026-03-02T09:00:00Z")
LIMITS = Limits(event_bytes=32_768, batch_bytes=512_000, batch_events=2_500)
GOOD = b'{"type":"track","event":"Signed Up","userId":"u1"}'


def track(rest: bytes) -> bytes:
    return b'{"type":"track","event":"E","userId":"u1",' + rest + b"}"


BAD: list[tuple[bytes, Code, tuple[str | int, ...]]] = [
    # No JSON, or JSON that cannot be kept
    (b'{"type":"track",}', Code.MALFORMED_JSON, ("type",)),
    (b"{'type':1}", Code.MALFORMED_JSON, ()),
    (track(b'"properties":{"a":01}'), Code.MALFORMED_JSON, ("properties", "a")),
    (track(b'"properties":{"a":"\\x41"}'), Code.MALFORMED_JSON, ("properties", "a")),
    (track(b'"properties":{"a":"\x01"}'), Code.MALFORMED_JSON, ("properties", "a")),
    (track(b'"properties":{"a":[1,NaN]}'), Code.NOT_A_NUMBER, ("properties", "a", 1)),
    (track(b'"properties":{"a":-Infinity}'), Code.NOT_A_NUMBER, ("properties", "a")),
    (track(b'"properties":{"a":1e400}'), Code.NUMBER_OUT_OF_RANGE, ("properties", "a")),
    (
        track(b'"properties":{"a":18446744073709551616}'),
        Code.NUMBER_OUT_OF_RANGE,
        ("properties", "a"),
    ),
    (
        track(b'"properties":{"a":' + b"9" * 5000 + b"}"),
        Code.NUMBER_OUT_OF_RANGE,
        ("properties", "a"),
    ),
    (track(b'"properties":{"a":"x\\u0000y"}'), Code.INVALID_CHARACTER, ("properties", "a")),
    (track(b'"properties":{"a":"\x00"}'), Code.INVALID_CHARACTER, ("properties", "a")),
    (track(b'"properties":{"a\\u0000":1}'), Code.INVALID_CHARACTER, ("properties",)),
    (track(b'"properties":{"a":"\\ud800"}'), Code.INVALID_CHARACTER, ("properties", "a")),
    (
        track(b'"properties":{"a":["\\udc00\\ud800"]}'),
        Code.INVALID_CHARACTER,
        ("properties", "a", 0),
    ),
    (track(b'"properties":{"a":"\xff"}'), Code.INVALID_CHARACTER, ("properties", "a")),
    (track(b'"properties":{"a":1,"b":2,"a":3}'), Code.DUPLICATE_KEY, ("properties", "a")),
    (
        track(b'"properties":{"a":1,"\\u0061":"\\u0022\\u0022"}'),
        Code.DUPLICATE_KEY,
        ("properties", "a"),
    ),
    (track(b'"userId":"u2"'), Code.DUPLICATE_KEY, ("userId",)),
    (b"[" * 10_000 + b"]" * 10_000, Code.TOO_DEEP, (0,) * 100),
    (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, Code.TOO_DEEP, ("a",) * 100),
    (
        track(b'"properties":' + b'{"a":' * 100 + b"1" + b"}" * 100),
        Code.TOO_DEEP,
        ("properties", *["a"] * 99),
    ),
    (track(b'"properties":{"a":"' + b"x" * 32_768 + b'"}'), Code.EVENT_TOO_LARGE, ()),
    # JSON that is no call
    (b"null", Code.NOT_AN_OBJECT, ()),
    (b"5", Code.NOT_AN_OBJECT, ()),
    (b'"track"', Code.NOT_AN_OBJECT, ()),
    (b"[]", Code.NOT_AN_OBJECT, ()),
    (b"{}", Code.UNKNOWN_TYPE, ("type",)),
    (b'{"type":"purchase","userId":"u1"}', Code.UNKNOWN_TYPE, ("type",)),
    (b'{"type":7,"userId":"u1"}', Code.UNKNOWN_TYPE, ("type",)),
    (b'{"type":["track"],"userId":"u1"}', Code.UNKNOWN_TYPE, ("type",)),
    (b'{"type":"track","userId":"u1"}', Code.MISSING_EVENT_NAME, ("event",)),
    (b'{"type":"track","userId":"u1","event":null}', Code.MISSING_EVENT_NAME, ("event",)),
    (b'{"type":"track","userId":"u1","event":"  "}', Code.MISSING_EVENT_NAME, ("event",)),
    (b'{"type":"track","userId":"u1","event":5}', Code.WRONG_TYPE, ("event",)),
    (b'{"type":"page","userId":"u1","name":{}}', Code.WRONG_TYPE, ("name",)),
    (b'{"type":"screen","userId":"u1","category":[1]}', Code.WRONG_TYPE, ("category",)),
    (track(b'"properties":"none"'), Code.WRONG_TYPE, ("properties",)),
    (track(b'"properties":[1]'), Code.WRONG_TYPE, ("properties",)),
    (track(b'"traits":5'), Code.WRONG_TYPE, ("traits",)),
    (track(b'"context":true'), Code.WRONG_TYPE, ("context",)),
    (track(b'"context":{"traits":"x"}'), Code.WRONG_TYPE, ("context", "traits")),
    (track(b'"context":{"externalIds":{}}'), Code.WRONG_TYPE, ("context", "externalIds")),
    (track(b'"integrations":"All"'), Code.WRONG_TYPE, ("integrations",)),
    (track(b'"messageId":{}'), Code.WRONG_TYPE, ("messageId",)),
    (track(b'"anonymousId":true'), Code.WRONG_TYPE, ("anonymousId",)),
    (track(b'"groupId":1.5'), Code.WRONG_TYPE, ("groupId",)),
    (b'{"type":"page","userId":{"id":1}}', Code.WRONG_TYPE, ("userId",)),
    # A call of nobody
    (b'{"type":"page"}', Code.MISSING_IDENTIFIER, ("userId",)),
    (b'{"type":"page","userId":null,"anonymousId":""}', Code.MISSING_IDENTIFIER, ("userId",)),
    (b'{"type":"identify","traits":{"email":"nobody"}}', Code.MISSING_IDENTIFIER, ("userId",)),
    (b'{"type":"group","userId":"u1"}', Code.MISSING_IDENTIFIER, ("groupId",)),
    (b'{"type":"group","groupId":"g1"}', Code.MISSING_IDENTIFIER, ("userId",)),
    (b'{"type":"alias","userId":"u1"}', Code.MISSING_IDENTIFIER, ("previousId",)),
    (b'{"type":"alias","previousId":"u1"}', Code.MISSING_IDENTIFIER, ("userId",)),
    (b'{"type":"page","userId":"null"}', Code.BLOCKED_IDENTIFIER, ("userId",)),
    (b'{"type":"page","userId":0}', Code.BLOCKED_IDENTIFIER, ("userId",)),
    (b'{"type":"page","anonymousId":"undefined"}', Code.BLOCKED_IDENTIFIER, ("anonymousId",)),
    (
        b'{"type":"alias","userId":"u1","previousId":"guest"}',
        Code.BLOCKED_IDENTIFIER,
        ("previousId",),
    ),
    (b'{"type":"identify","traits":{"email":"N/A"}}', Code.BLOCKED_IDENTIFIER, ("traits", "email")),
    (
        b'{"type":"page","context":{"externalIds":[{"type":"crm","id":"none"}]}}',
        Code.BLOCKED_IDENTIFIER,
        ("context", "externalIds", 0, "id"),
    ),
    # A time that no clock shows
    (track(b'"timestamp":"banana"'), Code.INVALID_TIMESTAMP, ("timestamp",)),
    (track(b'"timestamp":""'), Code.INVALID_TIMESTAMP, ("timestamp",)),
    (track(b'"timestamp":{}'), Code.INVALID_TIMESTAMP, ("timestamp",)),
    (track(b'"timestamp":true'), Code.INVALID_TIMESTAMP, ("timestamp",)),
    (track(b'"timestamp":"0001-01-01T00:00:00Z"'), Code.INVALID_TIMESTAMP, ("timestamp",)),
    (track(b'"timestamp":"9999-12-31T23:59:59Z"'), Code.INVALID_TIMESTAMP, ("timestamp",)),
    (track(b'"timestamp":"0001-01-01T00:00:00+14:00"'), Code.INVALID_TIMESTAMP, ("timestamp",)),
    (track(b'"timestamp":"9999-12-31T23:59:59-12:00"'), Code.INVALID_TIMESTAMP, ("timestamp",)),
    (track(b'"timestamp":"1969-12-31T23:59:59Z"'), Code.INVALID_TIMESTAMP, ("timestamp",)),
    (track(b'"timestamp":"2026-02-30T00:00:00Z"'), Code.INVALID_TIMESTAMP, ("timestamp",)),
    (track(b'"timestamp":1e300'), Code.INVALID_TIMESTAMP, ("timestamp",)),
    (track(b'"timestamp":"2027-03-04T00:00:00Z"'), Code.INVALID_TIMESTAMP, ("timestamp",)),
    (track(b'"originalTimestamp":"soon"'), Code.INVALID_TIMESTAMP, ("originalTimestamp",)),
    (track(b'"sentAt":"9999-12-31T23:59:59Z"'), Code.INVALID_TIMESTAMP, ("sentAt",)),
]


@pytest.mark.parametrize(("raw", "code", "path"), BAD)
def test_a_bad_event_is_rejected_alone_with_its_raw_bytes(
    raw: bytes, code: Code, path: tuple[str | int, ...]
) -> None:
    """It stands between two good ones of a batch; nothing of it is accepted, the others are."""
    intake = take_batch(b'{"batch":[' + b",".join([GOOD, raw, GOOD]) + b"]}", NOW, LIMITS)
    assert [(r.index, r.fault.code, r.fault.path, r.raw) for r in intake.rejected] == [
        (1, code, path, raw)
    ]
    assert len(intake.accepted) == 2


@pytest.mark.parametrize(("raw", "code", "path"), BAD)
def test_a_bad_event_that_comes_alone_is_rejected_too(
    raw: bytes, code: Code, path: tuple[str | int, ...]
) -> None:
    intake = take_call(raw, None, NOW, LIMITS)
    assert [(r.index, r.fault.code, r.fault.path, r.raw) for r in intake.rejected] == [
        (0, code, path, raw)
    ]
    assert intake.accepted == []


def test_the_path_of_a_single_call_says_its_type() -> None:
    named = take_call(b'{"type":"page","event":"E","userId":"u1"}', CallType.TRACK, NOW, LIMITS)
    assert b'"type":"track"' in named.accepted[0]


def test_half_an_event_is_malformed() -> None:
    intake = take_call(GOOD[:-1], None, NOW, LIMITS)
    assert [(r.fault.code, r.fault.path) for r in intake.rejected] == [
        (Code.MALFORMED_JSON, ("userId",))
    ]
