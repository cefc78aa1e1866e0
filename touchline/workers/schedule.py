"""Work that comes round by the clock."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from touchline.domain.kernel import clock, jobs
from touchline.domain.kernel.clock import Moment

KEY = "schedule"


@dataclass(frozen=True, slots=True)
class Every:
    """A kind of job that runs once in each ``period`` (ms), whatever the number of workers."""

    period: Moment
    kind: str

    def next_run(self, now: Moment) -> Moment:
        """The next whole multiple of the period."""
        return now - now % self.period + self.period


async def plan(schedule: Mapping[str, Every]) -> None:
    """Queue the next run of each kind, unless it is queued already."""
    now = clock.now()
    for every in schedule.values():
        await jobs.enqueue(every.kind, {}, run_at=every.next_run(now), key=KEY)


def recurring(
    function: Callable[[], Awaitable[None]], every: Every
) -> Callable[[dict[str, Any]], Awaitable[None]]:
    """A job function that queues its next run before it does this one."""
    return partial(_run, function, every)


async def _run(
    function: Callable[[], Awaitable[None]], every: Every, _payload: dict[str, Any]
) -> None:
    await jobs.enqueue(every.kind, {}, run_at=every.next_run(clock.now()), key=KEY)
    await function()
