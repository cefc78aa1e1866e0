"""Workers judge customers as facts and time change, and survive dying over it."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.support.collecting import selling
from tests.support.events import arrive
from tests.support.judging import judge_all
from touchline.domain.conditions.tree import Did, Not
from touchline.domain.kernel import live
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.crash import use_crash_hook
from touchline.domain.kernel.db import fetch
from touchline.domain.segments import service
from touchline.domain.segments.building import member_ids
from touchline.domain.segments.events import SEGMENT_MEMBERS_CHANGED
from touchline.domain.segments.service import SegmentText
from touchline.domain.segments.verifying import differences
from touchline.domain.staleness.queries import waiting
from touchline.settings import Settings
from touchline.workers.embedded import linked, working

EVENT = {"type": "track", "event": "Ordered", "userId": "u1"}


class Killed(BaseException):
    """The end of the process."""


@pytest.fixture
def dying() -> Iterator[list[str]]:
    """The names of crash points at which the process dies."""
    places: list[str] = []

    def die(name: str) -> None:
        if name in places:
            raise Killed

    use_crash_hook(die)
    yield places
    use_crash_hook(None)


async def _buyers(within: int = DAY) -> int:
    condition = Did(event="Ordered", within=within)
    return (await service.create_segment(SYSTEM, SegmentText("Buyers"), condition)).id


async def test_who_did_it_enters_the_segment_and_leaves_it_by_time(db: Settings) -> None:
    buyers = await _buyers(within=2_000)
    with live.subscribe(SEGMENT_MEMBERS_CHANGED) as feed:
        async with linked(db), working(db), selling(db) as shop:
            await shop.post("batch", {"batch": [EVENT]})
            async with asyncio.timeout(60):
                entered, left = await anext(feed), await anext(feed)
    (row,) = await fetch("SELECT customer_id FROM touchpoint")
    pair = [buyers, row["customer_id"]]
    assert entered == {"entered": [pair], "left": []}
    assert left == {"entered": [], "left": [pair]}
    assert await member_ids(buyers) == set()


async def test_a_death_while_judging_leaves_all_of_it_to_be_done(
    db: Settings, dying: list[str]
) -> None:
    buyers = await _buyers()
    await arrive(db, EVENT)
    dying.append("judging.judged")
    with pytest.raises(Killed):
        await judge_all()
    assert (await member_ids(buyers), await waiting()) == (set(), 1)
    dying.clear()
    await judge_all()
    assert (len(await member_ids(buyers)), await waiting()) == (1, 0)


async def test_a_death_while_a_segment_is_redefined_leaves_the_version_before(
    db: Settings, dying: list[str]
) -> None:
    await arrive(db, EVENT)
    await judge_all()
    buyers = await _buyers()
    before = await member_ids(buyers)
    rows = await fetch("SELECT condition, version, member_count FROM segment")
    stood = [tuple(row[at] for at in range(3)) for row in rows]
    dying.append("segments.staged")
    with pytest.raises(Killed):
        await service.update_segment(
            SYSTEM, buyers, SegmentText("Buyers"), Not(Did(event="Ordered"))
        )
    dying.clear()
    rows = await fetch("SELECT condition, version, member_count FROM segment")
    assert [tuple(row[at] for at in range(3)) for row in rows] == stood
    assert await member_ids(buyers) == before
    assert await differences() == []
