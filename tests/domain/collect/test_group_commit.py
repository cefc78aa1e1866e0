"""Acknowledged means durable; not acknowledged means not kept."""

import asyncio

import pytest

from touchline.domain.collect.errors import LandingUnavailable
from touchline.domain.collect.group_commit import GroupCommitter
from touchline.domain.collect.landing import Arrival
from touchline.domain.collect.queries import count_landed
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.crash import use_crash_hook
from touchline.domain.kernel.db import fetch
from touchline.domain.sources.queries import find_source
from touchline.settings import Settings


def arrival(source_id: int, number: int, events: int = 1) -> Arrival:
    body = b'{"number":%d}' % number
    return Arrival(source_id, received_at=1_000 + number, accepted=events, landing=body)


async def landed_bodies() -> list[bytes]:
    return [bytes(row["body"]) for row in await fetch("SELECT body FROM landing ORDER BY id")]


async def test_what_was_submitted_is_in_the_table_when_submit_returns(
    committer: GroupCommitter, source_id: int
) -> None:
    await committer.submit(arrival(source_id, 1, events=3))
    rows = await fetch("SELECT source_id, received_at, event_count, body FROM landing")
    stored = [(row["source_id"], row["received_at"], row["event_count"]) for row in rows]
    assert stored == [(source_id, 1_001, 3)]
    assert await landed_bodies() == [b'{"number":1}']


async def test_requests_that_come_together_share_commits_and_lose_nothing(
    committer: GroupCommitter, source_id: int
) -> None:
    commits: list[str] = []
    use_crash_hook(lambda name: commits.append(name) if name == "collect.after_commit" else None)
    try:
        await asyncio.gather(*(committer.submit(arrival(source_id, n)) for n in range(200)))
    finally:
        use_crash_hook(None)
    assert sorted(await landed_bodies()) == sorted(b'{"number":%d}' % n for n in range(200))
    assert len(commits) < 20
    source = await find_source(SYSTEM, "Shop")
    assert (source.accepted_count, source.last_seen_at) == (200, 1_199)


async def test_a_failed_commit_keeps_nothing_and_tells_everyone(
    committer: GroupCommitter, source_id: int
) -> None:
    def fail(name: str) -> None:
        if name == "collect.before_commit":
            raise OSError("disk full")

    use_crash_hook(fail)
    try:
        outcomes = await asyncio.gather(
            *(committer.submit(arrival(source_id, n)) for n in range(5)), return_exceptions=True
        )
    finally:
        use_crash_hook(None)
    assert [type(outcome) for outcome in outcomes] == [LandingUnavailable] * 5
    assert await landed_bodies() == []
    assert (await find_source(SYSTEM, "Shop")).accepted_count == 0
    await committer.submit(arrival(source_id, 9))
    assert await landed_bodies() == [b'{"number":9}']


async def test_callers_who_go_away_harm_nobody(committer: GroupCommitter, source_id: int) -> None:
    tasks = [asyncio.create_task(committer.submit(arrival(source_id, n))) for n in range(100)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [outcome for outcome in outcomes[1::2] if outcome is not None] == []
    stored = set(await landed_bodies())
    assert {b'{"number":%d}' % n for n in range(1, 100, 2)} <= stored


async def test_stopping_commits_what_waits_and_takes_no_more(db: Settings, source_id: int) -> None:
    committer = GroupCommitter(db)
    await committer.start()
    waiting = [asyncio.create_task(committer.submit(arrival(source_id, n))) for n in range(3)]
    await asyncio.sleep(0)
    await committer.stop()
    await asyncio.gather(*waiting)
    assert len(await landed_bodies()) == 3
    with pytest.raises(LandingUnavailable):
        await committer.submit(arrival(source_id, 4))
    assert len(await landed_bodies()) == 3


async def test_a_committer_can_be_started_again(db: Settings, source_id: int) -> None:
    committer = GroupCommitter(db)
    for number in range(2):
        await committer.start()
        await committer.submit(arrival(source_id, number))
        await committer.stop()
    assert len(await landed_bodies()) == 2


async def test_the_backlog_counts_events_and_looks_at_what_others_did(
    db: Settings, source_id: int
) -> None:
    committer = GroupCommitter(db.model_copy(update={"landing_limit": 10}))
    await committer.start()
    try:
        await committer.submit(arrival(source_id, 1, events=9))
        assert committer.backlog.is_full() is False
        await committer.submit(arrival(source_id, 2, events=1))
        assert committer.backlog.is_full() is True
        await committer.backlog.look()
        assert committer.backlog.is_full() is True
    finally:
        await committer.stop()
    fresh = GroupCommitter(db.model_copy(update={"landing_limit": 10}))
    await fresh.start()
    assert fresh.backlog.is_full() is True
    await fresh.stop()
    assert await count_landed() == 10
