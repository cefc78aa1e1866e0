"""Workers measure what was launched, once, however many come for it at the same time."""

import asyncio

from tests.support.backlog import a_launched_item, a_team
from tests.support.clock import SettableClock
from tests.support.content import a_published_asset
from tests.support.experiments import an_experiment, shown_and_bought
from tests.support.waiting import until
from touchline.domain.backlog.measuring import measure
from touchline.domain.kernel.clock import DAY, SECOND
from touchline.domain.kernel.db import fetch
from touchline.settings import Settings
from touchline.workers.embedded import working


async def test_workers_measure_at_the_end_of_windows_and_of_experiments(
    db: Settings, clock: SettableClock
) -> None:
    team, asset = await a_team(), await a_published_asset("Air")
    counted = await a_launched_item(team, asset_ids=[asset], window_days=2)
    tried = await a_launched_item(team)
    await an_experiment(item_id=tried, duration=DAY)
    await shown_and_bought("A", 120, 12)
    await shown_and_bought("B", 130, 65)
    clock.advance(2 * DAY + SECOND)

    async def measured() -> bool:
        rows = await fetch(
            "SELECT item_id, source, verdict FROM backlog_measurement ORDER BY item_id"
        )
        return [tuple(row) for row in rows] == [
            (counted, "METRIC", "DID_NOT"),
            (tried, "EXPERIMENT", "WORKED"),
        ]

    async with working(db):
        await until(measured)


async def test_of_many_at_once_one_measures(db: Settings, clock: SettableClock) -> None:
    item = await a_launched_item(await a_team(), asset_ids=[await a_published_asset("Air")])
    clock.advance(14 * DAY)
    await asyncio.gather(*(measure(item) for _ in range(8)))
    lines = await fetch(
        "SELECT 1 FROM backlog_log WHERE item_id = ? AND to_value = 'MEASURED'", (item,)
    )
    told = await fetch("SELECT 1 FROM outbox WHERE topic = 'backlog.item_measured'")
    assert (len(lines), len(told)) == (1, 1)
