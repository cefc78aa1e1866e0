"""A body that cannot be taken apart stands as one rejection; one that can costs only its events."""

import pytest

from touchline.domain.collect.errors import CollectCode as Code
from touchline.domain.collect.intake import Limits, take_batch
from touchline.domain.kernel.clock import parse_moment

NOW = parse_moment("2026-03-02T09:00:00Z")
LIMITS = Limits(event_bytes=1_000, batch_bytes=512_000, batch_events=3)
GOOD = b'{"type":"track","event":"Signed Up","userId":"u1","messageId":"m1"}'


@pytest.mark.parametrize(
    ("body", "code", "path"),
    [
        (b"", Code.MALFORMED_JSON, ()),
        (b"nonsense", Code.MALFORMED_JSON, ()),
        (b"[]", Code.NOT_AN_OBJECT, ()),
        (b"null", Code.NOT_AN_OBJECT, ()),
        (b"{}", Code.WRONG_TYPE, ("batch",)),
        (b'{"batch":null}', Code.WRONG_TYPE, ("batch",)),
        (b'{"batch":{}}', Code.WRONG_TYPE, ("batch",)),
        (b'{"inner":{"batch":[]}}', Code.WRONG_TYPE, ("batch",)),
        (b'{"batch":[' + GOOD, Code.MALFORMED_JSON, ("batch", 0)),
        (b'{"batch":[' + GOOD + b"]", Code.MALFORMED_JSON, ("batch",)),
        (b'{"batch":[' + GOOD + b",]}", Code.MALFORMED_JSON, ("batch", 1)),
        (b'{"batch":[,' + GOOD + b"]}", Code.MALFORMED_JSON, ("batch", 0)),
        (b'{"batch":[' + GOOD + GOOD + b"]}", Code.MALFORMED_JSON, ("batch", 0)),
        (b'{"batch":[' + GOOD + b" 5]}", Code.MALFORMED_JSON, ("batch", 0)),
        (b'{"batch":[' + GOOD + b"}}", Code.MALFORMED_JSON, ("batch", 0)),
        (b'{"batch":[' + GOOD + b"]} x", Code.MALFORMED_JSON, ()),
        (b'{"batch":[' + GOOD + b'],"batch":[]}', Code.DUPLICATE_KEY, ("batch",)),
        (b'{"batch":[' + GOOD + b'],"sentAt":null,"sentAt":null}', Code.DUPLICATE_KEY, ("sentAt",)),
        (b'{"batch":[' + GOOD + b'],"sentAt":"soon"}', Code.INVALID_TIMESTAMP, ("sentAt",)),
        (b'{"batch":[' + GOOD + b'],"sentAt":NaN}', Code.NOT_A_NUMBER, ("sentAt",)),
        (b'{"batch":[' + GOOD + b'],"context":[1]}', Code.WRONG_TYPE, ("context",)),
        (
            b'{"batch":[' + GOOD + b'],"context":{"traits":1}}',
            Code.WRONG_TYPE,
            ("context", "traits"),
        ),
        (
            b'{"batch":[' + GOOD + b'],"context":{"a":"\\u0000"}}',
            Code.INVALID_CHARACTER,
            ("context", "a"),
        ),
        (b'{"batch":[' + b",".join([GOOD] * 4) + b"]}", Code.TOO_MANY_EVENTS, ("batch",)),
    ],
)
def test_a_body_that_cannot_be_taken_apart_is_one_rejection(
    body: bytes, code: Code, path: tuple[str | int, ...]
) -> None:
    intake = take_batch(body, NOW, LIMITS)
    assert [(r.index, r.fault.code, r.fault.path, r.raw) for r in intake.rejected] == [
        (None, code, path, body)
    ]
    assert intake.refused is intake.rejected[0]
    assert intake.accepted == []


def test_an_empty_batch_holds_neither_events_nor_faults() -> None:
    intake = take_batch(b'{"batch":[]}', NOW, LIMITS)
    assert (intake.accepted, intake.rejected) == ([], [])


def test_a_fault_inside_one_event_costs_no_other() -> None:
    """The decoder gives up on the whole body; the events are cut out by their brackets."""
    bad = [b'{"a":NaN}', b'["]}",{"batch":[]}]', b'{"a":"\\ud800 \\" ]"}']
    for position in range(3):
        events = [GOOD, GOOD]
        events.insert(position, bad[position])
        intake = take_batch(b'{"batch": [ ' + b" , ".join(events) + b" ] }", NOW, LIMITS)
        assert [(r.index, r.raw) for r in intake.rejected] == [(position, bad[position])]
        assert intake.accepted == [GOOD, GOOD]


def test_what_the_batch_says_for_all_counts_against_the_size_of_each_event() -> None:
    shared = b'"context":{"note":"' + b"x" * 950 + b'"}'
    intake = take_batch(b'{"batch":[' + GOOD + b"]," + shared + b"}", NOW, LIMITS)
    assert [(r.index, r.fault.code) for r in intake.rejected] == [(0, Code.EVENT_TOO_LARGE)]


def test_a_context_for_all_may_name_the_person() -> None:
    body = b'{"batch":[{"type":"page"}],"context":{"traits":{"email":"ann@example.com"}}}'
    intake = take_batch(body, NOW, LIMITS)
    assert (len(intake.accepted), intake.rejected) == (1, [])


def test_only_so_many_bytes_are_examined_for_the_exact_spot() -> None:
    """Beyond that a verdict still stands, with its code and without its path."""
    wide = Limits(event_bytes=32_768, batch_bytes=512_000, batch_events=2_500)
    event = b'{"type":"page","userId":"u1","a":"' + b"x" * 30_000 + b'","b":1,"b":2}'
    intake = take_batch(b'{"batch":[' + b",".join([event] * 4) + b"]}", NOW, wide)
    assert [(r.fault.code, r.fault.path) for r in intake.rejected] == [
        (Code.DUPLICATE_KEY, ("b",)),
        (Code.DUPLICATE_KEY, ("b",)),
        (Code.DUPLICATE_KEY, ()),
        (Code.DUPLICATE_KEY, ()),
    ]
