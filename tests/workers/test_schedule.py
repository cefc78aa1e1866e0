"""Work that comes round by the clock."""

import pytest

from tests.support.clock import SettableClock
from touchline.domain.kernel import jobs
from touchline.domain.kernel.clock import HOUR, parse_moment
from touchline.domain.kernel.job_care import depths
from touchline.workers.schedule import Every, plan, recurring

pytestmark = pytest.mark.usefixtures("db")

TIDY = Every(6 * HOUR, "tidy")


async def _nothing() -> None:
    """Stands for the work."""


async def test_the_next_run_is_at_a_whole_multiple_of_the_period(clock: SettableClock) -> None:
    clock.set("2026-03-02T09:30:00Z")
    assert TIDY.next_run(clock()) == parse_moment("2026-03-02T12:00:00Z")
    clock.set("2026-03-02T12:00:00Z")
    assert TIDY.next_run(clock()) == parse_moment("2026-03-02T18:00:00Z")


async def test_many_workers_that_start_queue_one_run(clock: SettableClock) -> None:
    for _ in range(3):
        await plan({"tidy": TIDY})

    assert (await depths()).waiting == 1
    assert not await jobs.any_due(["tidy"])
    clock.set(TIDY.next_run(clock()))
    assert await jobs.any_due(["tidy"])


async def test_a_run_queues_the_next_one_even_when_it_fails(clock: SettableClock) -> None:
    async def fails() -> None:
        raise ValueError("no")

    await plan({"tidy": TIDY})
    first = TIDY.next_run(clock())
    clock.set(first)
    (job,) = await jobs.claim(["tidy"], 1)

    with pytest.raises(ValueError, match="no"):
        await recurring(fails, TIDY)(job.payload)

    assert (await depths()).waiting == 1
    clock.set(first + 6 * HOUR - 1)
    assert await jobs.claim(["tidy"], 9) == []


async def test_a_worker_that_starts_while_a_run_is_under_way_queues_no_third(
    clock: SettableClock,
) -> None:
    await plan({"tidy": TIDY})
    clock.set(TIDY.next_run(clock()))
    (job,) = await jobs.claim(["tidy"], 1)
    await recurring(_nothing, TIDY)(job.payload)
    await plan({"tidy": TIDY})
    await jobs.finish(job)

    assert (await depths()).waiting == 1
