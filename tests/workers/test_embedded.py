"""All work in one process: what is accepted stands on the timeline a moment later."""

import asyncio

import pytest

from tests.support.collecting import selling
from tests.support.waiting import until
from touchline.domain.kernel import live
from touchline.domain.kernel.db import fetch
from touchline.domain.timeline.events import TOUCHPOINTS_ADDED
from touchline.settings import Settings
from touchline.workers.embedded import linked, working

EVENT = {"type": "track", "event": "Clicked", "userId": "u1"}


async def _stored() -> int:
    (row,) = await fetch("SELECT COUNT(*) AS stored FROM touchpoint")
    return int(row["stored"])


async def test_an_accepted_event_comes_onto_the_timeline_by_itself(db: Settings) -> None:
    async with linked(db), working(db), selling(db) as shop:
        await shop.post("batch", {"batch": [EVENT]})

        async def is_there() -> bool:
            return await _stored() == 1

        await until(is_there)


async def test_who_watches_the_timeline_is_told(db: Settings) -> None:
    async with linked(db), working(db), selling(db) as shop:
        with live.subscribe(TOUCHPOINTS_ADDED) as feed:
            await shop.post("batch", {"batch": [EVENT, EVENT]})
            async with asyncio.timeout(60):
                message = await anext(feed)

    rows = await fetch("SELECT customer_id, id FROM touchpoint ORDER BY id")
    assert message == {"touchpoints": [[row["customer_id"], row["id"]] for row in rows]}
    assert len(rows) == 2


async def test_what_landed_while_nobody_worked_is_taken_up_at_the_start(db: Settings) -> None:
    async with selling(db) as shop:
        await shop.post("batch", {"batch": [EVENT] * 100})
    assert await _stored() == 0

    async def is_there() -> bool:
        return await _stored() == 100

    async with working(db):
        await until(is_there)


async def test_stopping_finishes_the_batch_under_way_and_leaves_the_rest_landed(
    db: Settings,
) -> None:
    few = db.model_copy(update={"pipeline_batch": 100})
    async with selling(few) as shop:
        for _ in range(30):
            await shop.post("batch", {"batch": [EVENT] * 50})

    async def some_are_there() -> bool:
        return await _stored() > 0

    async with working(few):
        await until(some_are_there)

    (row,) = await fetch("SELECT COALESCE(SUM(event_count), 0) AS landed FROM landing")
    assert await _stored() + row["landed"] == 1_500


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_with_redis_the_watchers_of_other_processes_are_told_too(
    db: Settings, redis_url: str
) -> None:
    """A second link of the same process stands for the other process: it hears all twice."""
    settings = db.model_copy(update={"redis_url": redis_url})
    async with linked(settings), linked(settings), working(settings), selling(settings) as shop:
        with live.subscribe(TOUCHPOINTS_ADDED) as feed:
            await shop.post("batch", {"batch": [EVENT]})
            async with asyncio.timeout(60):
                assert await anext(feed) == await anext(feed)
