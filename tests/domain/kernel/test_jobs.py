"""The job table: leases, tries, dead jobs, and one waiting job for each key."""

import asyncio

import pytest

from tests.support.clock import SettableClock
from touchline.domain.kernel import doorbell, job_care, jobs
from touchline.domain.kernel.clock import MINUTE, SECOND
from touchline.domain.kernel.db import in_transaction
from touchline.domain.kernel.errors import NotFound

pytestmark = pytest.mark.usefixtures("db", "clock")

KINDS = ["greet", "part"]


async def test_a_job_is_claimed_once_with_its_payload() -> None:
    await jobs.enqueue("greet", {"name": "Ada", "deep": {"list": [1, None, "ü"]}})

    (job,) = await jobs.claim(KINDS, 10)

    assert (job.kind, job.attempts) == ("greet", 0)
    assert job.payload == {"name": "Ada", "deep": {"list": [1, None, "ü"]}}
    assert await jobs.claim(KINDS, 10) == []


async def test_a_finished_job_is_gone() -> None:
    await jobs.enqueue("greet", {})
    (job,) = await jobs.claim(KINDS, 1)

    assert await jobs.finish(job)

    assert await job_care.depths() == job_care.Depths(0, 0, 0, 0, 0)
    assert not await jobs.finish(job)


async def test_the_oldest_due_jobs_come_first_and_no_more_than_asked(clock: SettableClock) -> None:
    now = clock()
    for name, run_at in [("later", now + 1), ("now", now), ("old", now - 9), ("older", now - 10)]:
        await jobs.enqueue("greet", {"name": name}, run_at=run_at)

    first = await jobs.claim(KINDS, 2)
    rest = await jobs.claim(KINDS, 9)

    assert [job.payload["name"] for job in first] == ["older", "old"]
    assert [job.payload["name"] for job in rest] == ["now"]


async def test_a_worker_takes_only_the_kinds_it_knows() -> None:
    await jobs.enqueue("unheard-of", {})

    assert not await jobs.any_due(KINDS)
    assert await jobs.claim(KINDS, 9) == []
    assert await jobs.any_due(["unheard-of"])


async def test_a_job_that_a_rolled_back_command_queued_never_was() -> None:
    async def refused() -> None:
        await jobs.enqueue("greet", {})
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await in_transaction(refused)

    assert await jobs.claim(KINDS, 9) == []


async def test_a_failed_job_comes_back_later_and_later_and_is_dead_after_eight_tries(
    clock: SettableClock,
) -> None:
    await jobs.enqueue("greet", {"name": "Ada"})
    pauses = []
    for attempt in range(8):
        (job,) = await jobs.claim(KINDS, 1)
        assert job.attempts == attempt
        await jobs.fail(job, f"no. {attempt + 1}")
        asked = clock()
        while attempt < 7 and not await jobs.any_due(KINDS):
            clock.advance(SECOND)
        pauses.append((clock() - asked) // SECOND)

    assert pauses == [2, 6, 18, 54, 162, 486, 1458, 0]
    (dead,) = await job_care.dead_letters()
    assert (dead.kind, dead.payload, dead.attempts) == ("greet", {"name": "Ada"}, 8)
    assert (dead.error, dead.died_at) == ("no. 8", clock())
    assert await job_care.depths() == job_care.Depths(0, 0, 0, 1, 0)


async def test_a_lease_that_ran_out_counts_as_a_try(clock: SettableClock) -> None:
    await jobs.enqueue("greet", {})
    (lost,) = await jobs.claim(KINDS, 1)

    clock.advance(jobs.LEASE)
    assert not await jobs.any_due(KINDS)
    clock.advance(1)
    assert await jobs.any_due(KINDS)
    assert await jobs.claim(KINDS, 1) == []
    clock.advance(2 * SECOND)
    (again,) = await jobs.claim(KINDS, 1)

    assert (again.id, again.attempts) == (lost.id, 1)
    assert again.token != lost.token


async def test_a_job_that_kills_its_workers_is_dead_after_eight(clock: SettableClock) -> None:
    await jobs.enqueue("greet", {})

    for _ in range(8):
        while not await jobs.claim(KINDS, 1):
            clock.advance(MINUTE)
        clock.advance(MINUTE)
    assert await jobs.claim(KINDS, 1) == []

    (dead,) = await job_care.dead_letters()
    assert dead.error == "The worker went away before it was done."


async def test_a_heartbeat_keeps_the_lease(clock: SettableClock) -> None:
    await jobs.enqueue("greet", {})
    (job,) = await jobs.claim(KINDS, 1)

    for _ in range(5):
        clock.advance(jobs.LEASE - 1)
        assert await jobs.heartbeat(job)
        assert await jobs.claim(KINDS, 1) == []
    assert await jobs.finish(job)


async def test_who_lost_the_lease_can_neither_finish_nor_fail_nor_renew(
    clock: SettableClock,
) -> None:
    await jobs.enqueue("greet", {})
    (lost,) = await jobs.claim(KINDS, 1)
    clock.advance(jobs.LEASE + 1)
    await jobs.claim(KINDS, 1)
    clock.advance(2 * SECOND)
    (again,) = await jobs.claim(KINDS, 1)

    assert not await jobs.heartbeat(lost)
    assert not await jobs.finish(lost)
    await jobs.fail(lost, "too late")
    await jobs.release(lost)

    assert await jobs.heartbeat(again)
    assert (await job_care.depths()).running == 1


async def test_a_released_job_is_due_at_once_and_no_try_is_counted() -> None:
    await jobs.enqueue("greet", {}, key="ada")
    (job,) = await jobs.claim(KINDS, 1)

    await jobs.release(job)
    (again,) = await jobs.claim(KINDS, 1)

    assert (again.id, again.attempts) == (job.id, 0)


async def test_waiting_work_of_the_same_key_is_queued_once(clock: SettableClock) -> None:
    await jobs.enqueue("greet", {"n": 1}, key="ada", run_at=clock() + MINUTE)
    await jobs.enqueue("greet", {"n": 2}, key="ada", run_at=clock() + SECOND)
    await jobs.enqueue("greet", {"n": 3}, key="bob")
    await jobs.enqueue("part", {"n": 4}, key="ada")

    assert (await job_care.depths()).waiting == 3
    clock.advance(SECOND)
    claimed = await jobs.claim(KINDS, 9)
    assert sorted(job.payload["n"] for job in claimed) == [1, 3, 4]


async def test_work_that_comes_up_while_the_same_runs_is_queued_anew() -> None:
    await jobs.enqueue("greet", {}, key="ada")
    (running,) = await jobs.claim(KINDS, 1)

    await jobs.enqueue("greet", {}, key="ada")
    await jobs.enqueue("greet", {}, key="ada")
    claimed = await jobs.claim(KINDS, 9)

    assert len(claimed) == 1
    assert claimed[0].id != running.id


async def test_a_failed_job_is_merged_with_the_one_queued_meanwhile(clock: SettableClock) -> None:
    await jobs.enqueue("greet", {}, key="ada")
    (running,) = await jobs.claim(KINDS, 1)
    await jobs.enqueue("greet", {}, key="ada")

    await jobs.fail(running, "no")

    assert (await job_care.depths()).waiting == 1
    assert await jobs.claim(KINDS, 9) == []
    clock.advance(2 * SECOND)
    (merged,) = await jobs.claim(KINDS, 9)
    assert merged.attempts == 1


async def test_new_work_does_not_hurry_a_job_that_failed(clock: SettableClock) -> None:
    await jobs.enqueue("greet", {}, key="ada")
    (running,) = await jobs.claim(KINDS, 1)
    await jobs.fail(running, "no")

    await jobs.enqueue("greet", {}, key="ada")

    assert await jobs.claim(KINDS, 9) == []
    clock.advance(2 * SECOND)
    assert len(await jobs.claim(KINDS, 9)) == 1


async def test_side_by_side_no_job_is_claimed_twice() -> None:
    for number in range(60):
        await jobs.enqueue("greet", {"n": number})

    taken = await asyncio.gather(*(jobs.claim(KINDS, 7) for _ in range(12)))

    numbers = [job.payload["n"] for claimed in taken for job in claimed]
    assert len(numbers) == len(set(numbers))
    rest = await jobs.claim(KINDS, 60)
    assert sorted([*numbers, *(job.payload["n"] for job in rest)]) == list(range(60))


async def test_a_dead_job_is_tried_again_by_hand_with_all_its_tries(clock: SettableClock) -> None:
    await jobs.enqueue("greet", {"name": "Ada"}, key="ada")
    for _ in range(8):
        (job,) = await jobs.claim(KINDS, 1)
        await jobs.fail(job, "no")
        clock.advance(60 * MINUTE)
    (dead,) = await job_care.dead_letters()

    await job_care.retry_dead(dead.id)

    (job,) = await jobs.claim(KINDS, 1)
    assert (job.payload, job.attempts) == ({"name": "Ada"}, 0)
    assert await job_care.dead_letters() == []
    for act in (job_care.retry_dead, job_care.discard_dead):
        with pytest.raises(NotFound):
            await act(dead.id)


async def test_the_depths_say_what_waits_and_how_late_it_is(clock: SettableClock) -> None:
    await jobs.enqueue("greet", {})
    await jobs.enqueue("greet", {}, run_at=clock() + MINUTE)
    await jobs.enqueue("part", {})
    await jobs.claim(["part"], 1)
    clock.advance(5 * SECOND)

    assert await job_care.depths() == job_care.Depths(
        waiting=2, due=1, running=1, dead=0, late_by=5 * SECOND
    )


async def test_the_doorbell_rings_after_the_commit_and_only_for_due_work(
    clock: SettableClock,
) -> None:
    with doorbell.listen(doorbell.JOBS) as bell:

        async def command() -> bool:
            await jobs.enqueue("greet", {})
            return await bell.wait(0.01)

        assert not await in_transaction(command)
        assert await bell.wait(0.01)
        await jobs.enqueue("greet", {}, run_at=clock() + MINUTE)
        assert not await bell.wait(0.01)
