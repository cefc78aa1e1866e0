"""Running jobs: side by side, under a lease that is kept alive, to the end or to a failure."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest

from tests.support.waiting import eventually, until
from touchline.domain.kernel import clock, doorbell, job_care, jobs
from touchline.domain.kernel.db import execute, fetch
from touchline.workers.job_runner import JobRunner
from touchline.workers.stations import Station, attended

pytestmark = pytest.mark.usefixtures("db")

SHORT_LEASE = 1_500


class Calls:
    """Job functions that note what they were called with."""

    def __init__(self) -> None:
        self.begun: list[Any] = []
        self.done: list[Any] = []
        self.at_once = 0
        self.most_at_once = 0
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def greet(self, payload: dict[str, Any]) -> None:
        self.begun.append(payload["n"])
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.may_end.wait()
        finally:
            self.at_once -= 1
        if payload.get("bad"):
            raise ValueError("bad payload")
        self.done.append(payload["n"])


@asynccontextmanager
async def _running(runner: JobRunner) -> AsyncIterator[None]:
    try:
        async with attended([Station(doorbell.JOBS, runner.work)]):
            yield
    finally:
        await runner.stop(grace_s=60)


async def _until_idle() -> job_care.Depths:
    async with asyncio.timeout(60):
        while True:
            depths = await job_care.depths()
            if depths.due == depths.running == 0:
                return depths
            await asyncio.sleep(0.02)


async def _lease_lasts_past(moment: clock.Moment) -> bool:
    (row,) = await fetch("SELECT lease_until FROM job")
    return bool(row["lease_until"] > moment)


async def test_each_job_is_done_once_and_is_gone() -> None:
    calls = Calls()
    async with _running(JobRunner({"greet": calls.greet}, at_once=10)):
        for n in range(40):
            await jobs.enqueue("greet", {"n": n})
        depths = await _until_idle()

    assert sorted(calls.done) == list(range(40))
    assert depths.waiting == 0


async def test_no_more_run_at_once_than_allowed() -> None:
    calls = Calls()
    calls.may_end.clear()
    for n in range(9):
        await jobs.enqueue("greet", {"n": n})
    async with _running(JobRunner({"greet": calls.greet}, at_once=3)):
        await eventually(lambda: len(calls.begun) >= 3)
        await asyncio.sleep(0.1)  # time in which more would begin
        assert calls.begun == [0, 1, 2]
        calls.may_end.set()
        await _until_idle()

    assert sorted(calls.done) == list(range(9))
    assert calls.most_at_once == 3


async def test_a_job_that_fails_waits_with_its_error_and_holds_up_nobody() -> None:
    calls = Calls()
    async with _running(JobRunner({"greet": calls.greet}, at_once=2)):
        await jobs.enqueue("greet", {"n": 1, "bad": True})
        await jobs.enqueue("greet", {"n": 2})
        depths = await _until_idle()

    assert (calls.begun, calls.done, depths.waiting) == ([1, 2], [2], 1)
    (row,) = await fetch("SELECT attempts, error FROM job")
    assert (row["attempts"], row["error"]) == (1, "ValueError: bad payload")


async def test_a_long_job_keeps_its_lease() -> None:
    calls = Calls()
    calls.may_end.clear()
    await jobs.enqueue("greet", {"n": 1})
    first = JobRunner({"greet": calls.greet}, at_once=1, lease=SHORT_LEASE)
    second = JobRunner({"greet": calls.greet}, at_once=1, lease=SHORT_LEASE)
    async with _running(first), _running(second):
        await eventually(lambda: bool(calls.begun))
        await until(partial(_lease_lasts_past, clock.now() + 2 * SHORT_LEASE))
        calls.may_end.set()
        await _until_idle()

    assert (calls.begun, calls.done) == ([1], [1])


async def test_who_lost_its_lease_leaves_the_job_to_the_other() -> None:
    calls = Calls()
    calls.may_end.clear()
    await jobs.enqueue("greet", {"n": 1})
    async with _running(JobRunner({"greet": calls.greet}, at_once=1, lease=SHORT_LEASE)):
        await eventually(lambda: bool(calls.begun))
        await execute("UPDATE job SET lease_token = 'other', lease_until = lease_until + 60000")
        await eventually(lambda: not calls.at_once)

    assert calls.done == []
    assert (await job_care.depths()).running == 1


async def test_a_worker_that_is_stopped_gives_back_what_it_cannot_finish() -> None:
    calls = Calls()
    calls.may_end.clear()
    await jobs.enqueue("greet", {"n": 1})
    runner = JobRunner({"greet": calls.greet}, at_once=1)
    await runner.work()
    await eventually(lambda: bool(calls.begun))

    await runner.stop(grace_s=0.05)

    (job,) = await jobs.claim(["greet"], 1)
    assert (job.payload, job.attempts) == ({"n": 1}, 0)


async def test_a_worker_that_is_stopped_finishes_what_it_can() -> None:
    calls = Calls()
    calls.may_end.clear()
    await jobs.enqueue("greet", {"n": 1})
    runner = JobRunner({"greet": calls.greet}, at_once=1)
    await runner.work()
    asyncio.get_running_loop().call_later(0.1, calls.may_end.set)

    await runner.stop(grace_s=60)

    assert calls.done == [1]
    assert (await job_care.depths()).waiting == 0


async def test_a_job_that_cannot_be_done_yet_waits_without_a_try() -> None:
    begun: list[int] = []

    async def early(payload: dict[str, Any]) -> None:
        begun.append(payload["n"])
        raise jobs.NotYet(later)

    later = clock.now() + clock.DAY
    await jobs.enqueue("greet", {"n": 1})
    async with _running(JobRunner({"greet": early}, at_once=1)):
        await eventually(lambda: bool(begun))
        await _until_idle()

    (row,) = await fetch("SELECT attempts, run_at, lease_token, error FROM job")
    assert tuple(row) == (0, later, None, None)
    assert begun == [1]
