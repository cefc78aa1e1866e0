"""What a worker would do by now: news handed on, and jobs done whose time has come."""

from collections.abc import Sequence

from touchline.workers.job_runner import JobRunner
from touchline.workers.relay import relay
from touchline.workers.routes import JOBS


async def worked_off(*kinds: str) -> int:
    """Hand on all news and do all jobs of these kinds that are due; returns how many there were."""
    runner = JobRunner({kind: JOBS[kind] for kind in kinds}, at_once=1)
    done = 0
    while True:
        while await relay():
            pass
        started = await runner.work()
        if not started:
            return done
        done += started
        await runner.stop(60)


MEASURING: Sequence[str] = ("measure_item", "measure_tried_item")
