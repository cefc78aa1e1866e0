"""A station is a place where work turns up. It is attended until the process stops.

The doorbell wakes it; when no ring comes it looks by itself every ``LOOK_AGAIN_S`` seconds, which
finds what is due by time alone and makes up for every ring that was lost.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog

from touchline.domain.kernel import doorbell

LOOK_AGAIN_S = 1.0
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 5.0
GRACE_S = 10.0
LONGEST_REST_S = 0.1

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Station:
    """``work`` does a bounded amount and returns how much; 0 means nothing is left.

    While ``gives_way`` says so, it rests after each piece of work for as long as that took, at
    at most ``LONGEST_REST_S``. Pieces that follow each other begin at least ``apart_s`` apart: what
    turns up meanwhile is done in one go, and what turns up alone is done at once.
    """

    topic: str
    work: Callable[[], Awaitable[int]]
    gives_way: Callable[[], bool] = lambda: False
    apart_s: float = 0.0


@asynccontextmanager
async def attended(stations: Sequence[Station]) -> AsyncIterator[None]:
    """Attend the stations for the length of the block; work under way is finished at its end."""
    stopping = asyncio.Event()
    tasks = [asyncio.create_task(_attend(station, stopping)) for station in stations]
    try:
        yield
    finally:
        stopping.set()
        for station in stations:
            doorbell.ring_here(station.topic)
        _, late = await asyncio.wait(tasks, timeout=GRACE_S)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def _attend(station: Station, stopping: asyncio.Event) -> None:
    pause = FIRST_PAUSE_S
    with doorbell.listen(station.topic) as bell:
        while not stopping.is_set():
            begun = time.perf_counter()
            try:
                done = await station.work()
            except Exception:
                _log.exception("work failed and is tried again", station=station.topic, in_s=pause)
                await _rest(stopping, pause)
                pause = min(pause * 2, LONGEST_PAUSE_S)
                continue
            pause, took = FIRST_PAUSE_S, time.perf_counter() - begun
            if done and station.gives_way():
                await _rest(stopping, min(took, LONGEST_REST_S))
            elif done and took < station.apart_s:
                await _rest(stopping, station.apart_s - took)
            elif done:
                await asyncio.sleep(0)
            elif not stopping.is_set():
                await bell.wait(LOOK_AGAIN_S)


async def _rest(stopping: asyncio.Event, pause_s: float) -> None:
    try:
        async with asyncio.timeout(pause_s):
            await stopping.wait()
    except TimeoutError:
        return
