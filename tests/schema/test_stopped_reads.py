"""When an operation is stopped, the reads that it alone waited for stop as well."""

import asyncio
from collections.abc import Sequence
from typing import Any

from tests.support.waiting import eventually
from touchline.graphql.base.reading import load


class Reading:
    """A read that never ends by itself."""

    def __init__(self) -> None:
        self.began = asyncio.Event()
        self.stopped = False

    async def read(self, items: list[Any]) -> Sequence[Any]:
        self.began.set()
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            self.stopped = True
            raise
        return items


async def test_a_read_stops_when_the_last_who_waits_gives_up() -> None:
    reading = Reading()
    loaders: dict[Any, Any] = {}
    wanted = [load(loaders, "place", item, reading.read) for item in (1, 1, 2)]
    await reading.began.wait()
    for future in wanted[:2]:
        future.cancel()
    await asyncio.sleep(0.01)
    assert not reading.stopped
    wanted[2].cancel()
    await eventually(lambda: reading.stopped)


async def test_a_read_that_all_gave_up_before_it_began_does_not_begin() -> None:
    reading = Reading()
    loaders: dict[Any, Any] = {}
    load(loaders, "place", 1, reading.read).cancel()
    await asyncio.sleep(0.01)
    assert not reading.began.is_set()
