"""Work beside a crowd of requests lets them pass."""

import asyncio
import time

import pytest

from tests.support.waiting import eventually
from touchline.domain.collect.crowd import EVENTS, LASTS_S, NOTICEABLE_S, REQUESTS, Crowd
from touchline.workers.stations import Station, attended


async def test_who_gives_way_rests_for_as_long_as_it_worked() -> None:
    begun: list[float] = []

    async def work() -> int:
        begun.append(time.perf_counter())
        await asyncio.sleep(0.02)
        return len(begun) <= 5

    async with attended([Station("heap", work, gives_way=lambda: True)]):
        await eventually(lambda: len(begun) > 5)

    assert begun[5] - begun[0] >= 5 * 2 * 0.02


@pytest.mark.parametrize(
    "requests, events, waited_s, waits",
    [
        (REQUESTS, 1, NOTICEABLE_S, True),
        (1, EVENTS, NOTICEABLE_S, True),
        (REQUESTS - 1, EVENTS - 1, 9.0, False),
        (REQUESTS, EVENTS, NOTICEABLE_S / 2, False),
    ],
)
async def test_many_who_waited_long_are_a_crowd(
    requests: int, events: int, waited_s: float, waits: bool
) -> None:
    crowd = Crowd()
    assert crowd.waits() is False

    crowd.saw(requests=requests, events=events, waited_s=waited_s)

    assert crowd.waits() is waits


async def test_a_crowd_is_forgotten_after_a_moment() -> None:
    crowd = Crowd()
    crowd.saw(requests=REQUESTS, events=1, waited_s=NOTICEABLE_S)
    await asyncio.sleep(LASTS_S)
    assert crowd.waits() is False
