"""A burst of requests lands first; what it left is worked off afterwards."""

import asyncio
import time

import pytest

from tests.support.waiting import eventually
from touchline.domain.collect.taking import count_waiting
from touchline.domain.kernel.rows import insert_rows
from touchline.settings import Settings
from touchline.workers.stations import Station, attended
from touchline.workers.tide import FEW, Tide


@pytest.mark.parametrize(
    "waiting, rises",
    [
        ([FEW + 1, FEW + 2, FEW + 3], [False, True, True]),
        ([FEW - 1, FEW, FEW + 1], [False, False, False]),
        ([FEW + 1, FEW + 2, FEW + 2], [False, True, False]),
        ([FEW + 9, FEW + 3, FEW + 4], [False, False, False]),
    ],
)
async def test_the_tide_rises_while_more_comes_than_goes(
    waiting: list[int], rises: list[bool]
) -> None:
    counts = iter(waiting)

    async def count() -> int:
        return next(counts)

    tide = Tide(count)

    assert [await tide.rises() for _ in waiting] == rises


async def test_who_gives_way_rests_for_as_long_as_it_worked() -> None:
    begun: list[float] = []

    async def work() -> int:
        begun.append(time.perf_counter())
        await asyncio.sleep(0.02)
        return len(begun) <= 5

    async def always() -> bool:
        return True

    async with attended([Station("heap", work, gives_way=always)]):
        await eventually(lambda: len(begun) > 5)

    assert begun[5] - begun[0] >= 5 * 2 * 0.02


async def test_waiting_requests_are_counted(db: Settings) -> None:
    assert await count_waiting() == 0
    columns = ["source_id", "received_at", "event_count", "body"]
    await insert_rows("landing", columns, [(1, 1, 1, b"{}")] * 3)
    assert await count_waiting() == 3
