"""Whatever comes, the answer is a verdict, and what is accepted can be read back."""

import json
from contextlib import suppress
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from touchline.domain.collect.errors import Faulty
from touchline.domain.collect.intake import Intake, Limits, take_batch, take_call
from touchline.domain.collect.landed import Origin, pack_landing, read_landing
from touchline.domain.collect.scrutiny import find_fault
from touchline.domain.collect.unpacking import unpack
from touchline.domain.kernel.clock import parse_moment

NOW = parse_moment("2026-03-02T09:00:00Z")
LIMITS = Limits(event_bytes=2_000, batch_bytes=20_000, batch_events=20)

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["track", "null", "u1", "2026-03-02T09:00:00Z", "\ud800", "\0", ""])
)
names = (
    st.text(max_size=5)
    | st.sampled_from(["type", "userId", "anonymousId", "previousId", "groupId", "event", "name"])
    | st.sampled_from(["traits", "properties", "context", "externalIds", "email", "id", "sentAt"])
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=6),
    max_leaves=20,
)
events = st.fixed_dictionaries(
    {"type": st.sampled_from(["track", "page", "identify", "group", "alias"]) | scalars},
    optional={
        "userId": scalars,
        "anonymousId": scalars,
        "previousId": scalars,
        "groupId": scalars,
        "event": scalars,
        "timestamp": scalars,
        "sentAt": scalars,
        "traits": values,
        "properties": values,
        "context": values,
    },
)
bodies = st.fixed_dictionaries(
    {"batch": st.lists(events | values, max_size=6) | values},
    optional={"sentAt": scalars, "context": values, "integrations": values, "writeKey": scalars},
)


def read_back(intake: Intake) -> None:
    head = Origin(NOW, sent_at=intake.sent_at, shared=intake.shared)
    calls = read_landing(pack_landing(head, intake.accepted))
    assert len(calls) == len(intake.accepted)


@given(st.binary(max_size=300))
@example(b'{"batch":[]}')
@example(b'{"batch":[\0]}')
def test_any_bytes_as_a_body(body: bytes) -> None:
    single = take_call(body, None, NOW, LIMITS)
    assert (single.accepted, [one.raw for one in single.rejected]) == ([], [body])
    batch = take_batch(body, NOW, LIMITS)
    assert batch.accepted == []
    if batch.refused is None:  # such as a batch of nothing, which is a batch
        assert all(one.raw in body for one in batch.rejected)
    else:
        assert [one.raw for one in batch.rejected] == [body]


@given(st.binary(max_size=300), st.sampled_from(["", "gzip", "deflate", "br"]))
def test_any_bytes_as_a_packed_body(body: bytes, encoding: str) -> None:
    for packed in (body, b"\x1f\x8b" + body):
        with suppress(Faulty):
            assert len(unpack(packed, encoding, 200)) <= 200


@given(bodies)
def test_any_json_as_a_batch(body: dict[str, Any]) -> None:
    intake = take_batch(json.dumps(body).encode(), NOW, LIMITS)
    if intake.refused is None:
        assert len(intake.accepted) + len(intake.rejected) == len(body["batch"])
    else:
        assert (intake.accepted, len(intake.rejected)) == ([], 1)
    read_back(intake)


@given(events | values)
def test_any_json_as_a_single_call(event: Any) -> None:
    intake = take_call(json.dumps(event).encode(), None, NOW, LIMITS)
    assert len(intake.accepted) + len(intake.rejected) == 1
    read_back(intake)


@given(st.lists(events, min_size=1, max_size=4), st.binary(max_size=30), st.data())
def test_bytes_thrown_into_a_batch_never_break_it(
    items: list[Any], noise: bytes, data: st.DataObject
) -> None:
    body = json.dumps({"batch": items}).encode()
    place = data.draw(st.integers(0, len(body)))
    intake = take_batch(body[:place] + noise + body[place:], NOW, LIMITS)
    assert intake.accepted or intake.rejected
    read_back(intake)


@given(values)
def test_the_exact_reader_finds_nothing_in_what_a_strict_writer_wrote(value: Any) -> None:
    """Its opinion on sound JSON is that of the standard library's strict writer."""
    try:
        raw = json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, UnicodeError):
        return
    fault = find_fault(raw)
    if fault is not None:
        assert fault.code.value in {"INVALID_CHARACTER", "NUMBER_OUT_OF_RANGE"}
