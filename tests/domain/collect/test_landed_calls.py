"""What real clients send is accepted, lands, and reads back as calls."""

import json
from typing import Any

import pytest

from touchline.domain.collect.calls import CallType
from touchline.domain.collect.clock_correction import Clock
from touchline.domain.collect.intake import Limits, take_batch, take_call
from touchline.domain.collect.landed import Call, Origin, pack_landing, read_landing
from touchline.domain.kernel.clock import parse_moment

NOW = parse_moment("2026-03-02T09:00:00Z")
LIMITS = Limits(event_bytes=32_768, batch_bytes=512_000, batch_events=2_500)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def landed(body: dict[str, Any], **origin: Any) -> list[Call]:
    raw = json.dumps(body).encode()
    intake = take_batch(raw, NOW, LIMITS) if "batch" in body else take_call(raw, None, NOW, LIMITS)
    assert intake.rejected == []
    head = Origin(NOW, sent_at=intake.sent_at, shared=intake.shared, **origin)
    return read_landing(pack_landing(head, intake.accepted))


def test_a_python_batch_with_explicit_nulls_and_microseconds() -> None:
    calls = landed(
        {
            "batch": [
                {
                    "integrations": {},
                    "anonymousId": "anon-1",
                    "userId": None,
                    "properties": {"title": "Pricing"},
                    "timestamp": "2026-03-02T08:59:59.204+00:00",
                    "category": "Docs",
                    "context": {"library": {"name": "python"}, "ip": "203.0.113.7"},
                    "type": "page",
                    "name": "Pricing",
                    "messageId": "m1",
                }
            ],
            "sentAt": "2026-03-02T08:59:59.704960+00:00",
            "writeKey": "KEY",
        },
        ip="198.51.100.1",
        user_agent="python/2.4.0",
    )
    assert calls == [
        Call(
            type=CallType.PAGE,
            message_id="m1",
            user_id=None,
            anonymous_id="anon-1",
            previous_id=None,
            group_id=None,
            name="Pricing",
            category="Docs",
            traits={},
            group_traits={},
            properties={"title": "Pricing"},
            context={"library": {"name": "python"}, "ip": "203.0.113.7"},
            integrations={},
            extra={},
            occurred_at=NOW - 500,
            received_at=NOW,
            clock=Clock.CORRECTED,
        )
    ]


def test_an_explicit_timestamp_wins_over_the_one_the_client_adds() -> None:
    """One client sends both: when it was called, and what its caller said."""
    [call] = landed(
        {
            "type": "track",
            "event": "E",
            "userId": "u1",
            "originalTimestamp": "2026-03-02T08:59:58Z",
            "timestamp": "2026-03-02T07:59:58Z",
            "sentAt": "2026-03-02T08:59:59Z",
        }
    )
    assert (call.occurred_at, call.clock) == (NOW - 3_601_000, Clock.CORRECTED)


def test_the_sending_time_of_the_batch_wins_over_that_of_an_old_event() -> None:
    """Stored events that are sent again keep their time."""
    old = "2015-02-23T22:28:55.111Z"
    event = {"type": "page", "userId": "u1", "timestamp": old, "sentAt": old}
    [call] = landed({"batch": [event], "sentAt": "2026-03-02T09:00:00Z"})
    assert call.occurred_at == parse_moment(old)


def test_a_published_example_with_an_unpadded_month() -> None:
    [call] = landed({"type": "identify", "userId": "u1", "timestamp": "2015-2-02T00:30:08.276Z"})
    assert call.occurred_at == parse_moment("2015-02-02T00:30:08.276Z")
    assert call.clock is Clock.ORIGINAL


def test_an_event_names_its_call_by_action_or_in_capitals() -> None:
    event = {"userId": "u1", "event": "E"}
    calls = landed({"batch": [{**event, "action": "track"}, {**event, "type": "Track"}]})
    assert [call.type for call in calls] == [CallType.TRACK, CallType.TRACK]
    assert [call.extra for call in calls] == [{"action": "track"}, {}]


def test_ids_written_as_numbers_are_text_and_blank_ones_are_absent() -> None:
    [call] = landed({"type": "group", "userId": 42, "anonymousId": "", "groupId": 7.0})
    assert (call.user_id, call.anonymous_id, call.group_id) == ("42", None, "7")


def test_a_message_without_an_id_gets_one() -> None:
    [first] = landed({"type": "page", "userId": "u1"})
    [second] = landed({"type": "page", "userId": "u1", "messageId": ""})
    assert first.message_id.startswith("tl-")
    assert second.message_id.startswith("tl-")
    assert first.message_id != second.message_id


def test_what_the_batch_says_for_all_lies_under_what_an_event_says() -> None:
    calls = landed(
        {
            "batch": [
                {"type": "page", "userId": "u1"},
                {
                    "type": "page",
                    "userId": "u2",
                    "context": {"device": {"type": "tablet"}, "ip": None},
                },
            ],
            "context": {"device": {"type": "phone", "name": "One"}, "ip": "203.0.113.9"},
            "integrations": {"All": False},
        }
    )
    assert [call.context for call in calls] == [
        {"device": {"type": "phone", "name": "One"}, "ip": "203.0.113.9"},
        {"device": {"type": "tablet", "name": "One"}, "ip": None},
    ]
    assert [call.integrations for call in calls] == [{"All": False}, {"All": False}]


def test_traits_may_come_in_the_context_and_null_stays_to_delete() -> None:
    [call] = landed(
        {
            "type": "identify",
            "userId": "u1",
            "traits": {"plan": "pro", "phone": None},
            "context": {"traits": {"email": "ann@example.com", "plan": "free"}},
        }
    )
    assert call.traits == {"email": "ann@example.com", "plan": "pro", "phone": None}


def test_the_traits_of_a_group_call_are_the_accounts() -> None:
    [call] = landed(
        {
            "type": "group",
            "userId": "u1",
            "groupId": "acme",
            "traits": {"name": "Acme"},
            "context": {"traits": {"email": "ann@example.com"}},
        }
    )
    assert call.group_traits == {"name": "Acme"}
    assert call.traits == {"email": "ann@example.com"}


def test_empty_objects_as_php_writes_them_are_taken() -> None:
    [call] = landed(
        {"type": "track", "event": "E", "userId": "u1", "properties": [], "context": []}
    )
    assert (call.properties, call.context) == ({}, {})


def test_what_no_call_knows_is_kept() -> None:
    [call] = landed({"type": "track", "event": "E", "userId": "u1", "name": "n", "version": "1.1"})
    assert call.extra == {"name": "n", "version": "1.1"}


def test_a_browser_tells_its_address_and_agent() -> None:
    [call] = landed({"type": "page", "userId": "u1"}, ip="203.0.113.5", user_agent=FIREFOX)
    assert call.context == {"userAgent": FIREFOX, "ip": "203.0.113.5"}


@pytest.mark.parametrize("agent", ["python/2.4.0", None])
def test_a_server_is_not_the_visitor_it_reports_on(agent: str | None) -> None:
    [call] = landed({"type": "page", "userId": "u1"}, ip="198.51.100.1", user_agent=agent)
    assert call.context == {}


def test_a_browser_that_relays_for_another_keeps_the_others_agent() -> None:
    context = {"userAgent": "Mozilla/5.0 (iPhone)"}
    [call] = landed(
        {"type": "page", "userId": "u1", "context": context}, ip="203.0.113.5", user_agent=FIREFOX
    )
    assert call.context == context


@pytest.mark.parametrize(
    "person",
    [
        {"context": {"externalIds": [{"type": "crm", "id": "c-9"}]}},
        {"context": {"traits": {"email": "ann@example.com"}}},
        {"traits": {"phone": "+49 30 1234567"}},
        {"userId": "null", "anonymousId": "a-1"},
    ],
)
def test_any_usable_identifier_is_enough(person: dict[str, Any]) -> None:
    assert len(landed({"type": "identify", **person})) == 1


def test_a_large_request_lands_small_and_reads_back_the_same() -> None:
    batch = [
        {"type": "track", "event": f"E {number}", "userId": "ü", "messageId": f"m{number}"}
        for number in range(200)
    ]
    raw = json.dumps({"batch": batch}).encode()
    intake = take_batch(raw, NOW, LIMITS)

    body = pack_landing(Origin(NOW), intake.accepted)

    assert len(body) < len(raw) / 4
    assert [(call.name, call.user_id, call.message_id) for call in read_landing(body)] == [
        (each["event"], each["userId"], each["messageId"]) for each in batch
    ]
