"""What was rejected stands in the quarantine and can be tried again."""

import json
from typing import Any

import pytest

from tests.support.collecting import waiting
from touchline.domain.collect import taking
from touchline.domain.collect.calls import CallType
from touchline.domain.collect.errors import CollectCode
from touchline.domain.collect.group_commit import GroupCommitter
from touchline.domain.collect.intake import Limits, take_batch, take_call
from touchline.domain.collect.landed import Call, Origin, read_landing
from touchline.domain.collect.service import accept, replay_rejected
from touchline.domain.kernel.actor import SYSTEM, Actor, ActorKind, Scope
from touchline.domain.kernel.clock import parse_moment
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Forbidden
from touchline.domain.sources.queries import find_source

NOW = parse_moment("2026-03-02T09:00:00Z")
NARROW = Limits(event_bytes=150, batch_events=2)
READER = Actor(ActorKind.API_KEY, 1, "reader", frozenset({Scope.READ}))
LONG = {"type": "page", "userId": "u1", "messageId": "m1", "name": "x" * 150}


async def send(
    committer: GroupCommitter, source_id: int, body: Any, call: CallType | None = None
) -> None:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    intake = take_call(raw, call, NOW, NARROW) if call else take_batch(raw, NOW, NARROW)
    origin = Origin(NOW, ip="203.0.113.5", user_agent="agent/1")
    await accept(committer, source_id=source_id, intake=intake, origin=origin, call=call)


async def landed_calls() -> list[Call]:
    rows = await fetch("SELECT body FROM landing ORDER BY id")
    return [call for row in rows for call in read_landing(bytes(row["body"]))]


async def test_a_rejected_event_stands_with_its_bytes_code_and_path(
    committer: GroupCommitter, source_id: int
) -> None:
    bad = b'{"type":"page","userId":"u1","properties":{"a/b":[NaN]}}'
    await send(committer, source_id, b'{"batch":[%b]}' % bad)
    [(_, event)] = await waiting()
    assert (event.source_id, event.received_at, event.raw) == (source_id, NOW, bad)
    assert (event.code, event.path) == (CollectCode.NOT_A_NUMBER, "/properties/a~1b/0")
    source = await find_source(READER, "Shop")
    assert (source.accepted_count, source.rejected_count) == (0, 1)
    assert await landed_calls() == []


async def test_a_body_that_is_no_json_stands_as_one_event(
    committer: GroupCommitter, source_id: int
) -> None:
    await send(committer, source_id, b"\x00\xff nonsense")
    [(_, event)] = await waiting()
    assert (event.raw, event.code, event.path) == (
        b"\x00\xff nonsense",
        CollectCode.MALFORMED_JSON,
        "",
    )


async def test_a_replay_lands_the_event_as_if_it_had_come_then(
    committer: GroupCommitter, source_id: int
) -> None:
    event = {**LONG, "timestamp": "2026-03-02T08:00:00Z"}
    batch = {
        "batch": [event],
        "sentAt": "2026-03-02T08:00:10Z",
        "context": {"locale": "de", "ip": None},
    }
    await send(committer, source_id, batch)
    [(rejected, _)] = await waiting()
    [replay] = await replay_rejected(SYSTEM, [rejected])
    assert (replay.id, replay.accepted, replay.fault) == (rejected, 1, None)
    [call] = await landed_calls()
    assert (call.message_id, call.name) == ("m1", "x" * 150)
    assert (call.received_at, call.occurred_at) == (NOW, NOW - 10_000)
    assert call.context == {"locale": "de", "ip": None}
    assert await waiting() == []


async def test_a_single_call_is_replayed_as_the_call_its_path_said(
    committer: GroupCommitter, source_id: int
) -> None:
    event = {"userId": "u1", "event": "x" * 150}
    await send(committer, source_id, event, call=CallType.TRACK)
    [(rejected, _)] = await waiting()
    [replay] = await replay_rejected(SYSTEM, [rejected])
    assert replay.accepted == 1
    assert [call.type for call in await landed_calls()] == [CallType.TRACK]


async def test_a_second_replay_lands_nothing(committer: GroupCommitter, source_id: int) -> None:
    await send(committer, source_id, {"batch": [LONG]})
    [(rejected, _)] = await waiting()
    await replay_rejected(SYSTEM, [rejected])
    [again] = await replay_rejected(SYSTEM, [rejected, 999])
    assert (again.id, again.accepted, again.fault) == (rejected, 0, None)
    assert len(await landed_calls()) == 1


async def test_an_event_that_is_still_bad_stays(committer: GroupCommitter, source_id: int) -> None:
    await send(committer, source_id, {"batch": [{"type": "page"}]})
    [(rejected, _)] = await waiting()
    [replay] = await replay_rejected(SYSTEM, [rejected])
    assert replay.fault is not None
    assert (replay.accepted, replay.fault.code) == (0, CollectCode.MISSING_IDENTIFIER)
    assert [key for key, _ in await waiting()] == [rejected]
    assert await landed_calls() == []


async def test_a_whole_batch_that_is_now_understood_leaves_only_its_bad_events(
    committer: GroupCommitter, source_id: int
) -> None:
    await send(committer, source_id, {"batch": [LONG, {"type": "page"}, LONG]})
    [(rejected, event)] = await waiting()
    assert event.code == CollectCode.TOO_MANY_EVENTS
    [replay] = await replay_rejected(SYSTEM, [rejected])
    assert replay.accepted == 2
    assert [event.code for _, event in await waiting()] == ["MISSING_IDENTIFIER"]
    assert len(await landed_calls()) == 2


async def test_what_a_large_batch_shares_is_not_copied_for_each_of_its_events(
    committer: GroupCommitter, source_id: int
) -> None:
    wide = Limits(event_bytes=32_768, batch_bytes=512_000, batch_events=2_500)
    body = {"batch": [{}] * 100, "context": {"note": "x" * 6_000}}
    intake = take_batch(json.dumps(body).encode(), NOW, wide)
    await accept(committer, source_id=source_id, intake=intake, origin=Origin(NOW), call=None)
    kept = [event.request["shared"] for _, event in await waiting() if event.request]
    assert kept == [{}] * 100


async def test_an_event_that_could_not_be_processed_is_replayed_as_it_was(
    committer: GroupCommitter, source_id: int
) -> None:
    event = {"type": "page", "userId": "u1", "timestamp": "2026-03-02T07:00:00Z"}
    await send(committer, source_id, {"batch": [event], "sentAt": "2026-03-02T07:00:05Z"})
    before = await landed_calls()
    [landed] = await taking.take(10)
    await taking.quarantine(landed, 0, "It failed.")
    await taking.remove([landed.id])
    [(rejected, kept)] = await waiting()
    assert (kept.code, kept.path, kept.message) == (taking.PROCESSING_FAILED, "", "It failed.")
    [replay] = await replay_rejected(SYSTEM, [rejected])
    assert replay.accepted == 1
    assert await landed_calls() == before
    assert before[0].occurred_at == NOW - 5_000


async def test_a_reader_replays_nothing(committer: GroupCommitter, source_id: int) -> None:
    await send(committer, source_id, {"batch": [LONG]})
    [(rejected, _)] = await waiting()
    with pytest.raises(Forbidden):
        await replay_rejected(READER, [rejected])
    assert await landed_calls() == []
