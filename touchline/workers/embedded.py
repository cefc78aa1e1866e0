"""The workers' part in a process: its links to other processes, and the work itself.

``touchline serve`` holds all of it in the embedded mode, ``touchline worker`` always does.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from touchline.domain.attribution import rolling as attribution
from touchline.domain.channels import rollups as channels
from touchline.domain.collect.crowd import Crowd
from touchline.domain.kernel import carrier, doorbell
from touchline.domain.performance import rollups as performance
from touchline.domain.pipeline.service import process_batch
from touchline.settings import Settings
from touchline.workers import doorbell_over_redis
from touchline.workers.job_runner import JobRunner
from touchline.workers.judges import judge_stale
from touchline.workers.relay import relay
from touchline.workers.routes import SCHEDULE, jobs_of
from touchline.workers.schedule import plan
from touchline.workers.stations import GRACE_S, Station, attended

JOBS_AT_ONCE = 10
JUDGED_APART_S, TOLD_APART_S, SUMMED_APART_S = 0.05, 0.05, 0.25
"""How far apart customers are judged, news told and figures summed: each costs the same reads, and
a commit."""

BESIDE_A_CROWD = 250
"""Events identified in one transaction while many wait to land."""

_SUMS = (
    (doorbell.DAYS, channels.roll),
    (doorbell.DAYS, attribution.roll),
    (doorbell.ASSET_DAYS, performance.roll),
)


@asynccontextmanager
async def linked(settings: Settings) -> AsyncIterator[None]:
    """Tie this process to the others: live messages and the doorbell go over Redis if it is set."""
    async with AsyncExitStack() as stack:
        if settings.redis_url is not None:
            await stack.enter_async_context(carrier.over_redis(settings.redis_url))
            await stack.enter_async_context(doorbell_over_redis.carried(settings.redis_url))
        yield


@asynccontextmanager
async def working(
    settings: Settings, *, at_once: int = JOBS_AT_ONCE, crowd: Crowd | None = None
) -> AsyncIterator[None]:
    """Do all work that turns up, in this event loop, for the length of the block.

    ``crowd`` are those who wait to land requests in this process; they are let pass.
    """
    await plan(SCHEDULE)
    runner = JobRunner(jobs_of(settings), at_once=at_once)
    pressed = crowd or Crowd()
    stations = [
        _pipeline(settings, pressed),
        Station(doorbell.STALE, judge_stale, gives_way=pressed.waits, apart_s=JUDGED_APART_S),
        *(
            Station(topic, roll, gives_way=pressed.waits, apart_s=SUMMED_APART_S)
            for topic, roll in _SUMS
        ),
        Station(doorbell.OUTBOX, relay, apart_s=TOLD_APART_S),
        Station(doorbell.JOBS, runner.work),
    ]
    try:
        async with attended(stations):
            yield
    finally:
        await runner.stop(GRACE_S)


def _pipeline(settings: Settings, crowd: Crowd) -> Station:
    async def work() -> int:
        return await process_batch(settings, at_most=BESIDE_A_CROWD if crowd.waits() else None)

    return Station(doorbell.LANDING, work, gives_way=crowd.waits)
