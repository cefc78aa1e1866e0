"""How many landed events wait for the timeline, known without asking on each request."""

import asyncio
from contextlib import suppress

import structlog

from touchline.domain.collect.queries import count_landed

LOOK_EVERY_S = 1.0

log = structlog.get_logger(__name__)


class Backlog:
    """Counts what this process lands, and looks at the table once a second while any waits.

    Other processes land and take away too, so the count is true to within a second.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._events = 0

    def is_full(self) -> bool:
        """Whether senders should wait."""
        return self._events >= self._limit

    def add(self, events: int) -> None:
        """Note events that are about to land; negative when they did not."""
        self._events += events

    async def look(self) -> None:
        """Count what really waits."""
        self._events = await count_landed()

    async def watch(self) -> None:
        """Keep looking until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                if self._events:
                    await self.look()
            except Exception as error:
                log.warning("backlog.unseen", error=str(error))


async def stopped(task: asyncio.Task[None]) -> None:
    """Cancel a task and wait until it is gone."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
