"""The time that operations are given, watched by one timer for all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from touchline.graphql.engine.deadlines import Deadline, Deadlines


@asynccontextmanager
async def waiting(deadlines: Deadlines) -> AsyncIterator[asyncio.Task[str]]:
    """A block that waits for ever and tells how it ended."""
    began = asyncio.Event()

    async def wait() -> str:
        try:
            with Deadline(deadlines):
                began.set()
                await asyncio.Event().wait()
        except TimeoutError:
            return "late"
        except asyncio.CancelledError:
            return "cancelled"
        return "done"

    task = asyncio.create_task(wait())
    await began.wait()
    yield task
    task.cancel()


async def test_every_block_that_takes_too_long_is_stopped() -> None:
    deadlines = Deadlines(0.05)
    async with waiting(deadlines) as one, waiting(deadlines) as other:
        assert (await one, await other) == ("late", "late")
    async with waiting(deadlines) as later:  # when nobody was watched in between
        assert await later == "late"


async def test_a_block_that_ended_in_time_is_not_stopped_later() -> None:
    deadlines = Deadlines(0.05)
    with Deadline(deadlines):
        pass
    async with waiting(deadlines) as late:  # the timer of the first comes first
        assert await late == "late"


async def test_who_is_cancelled_by_others_is_not_late() -> None:
    deadlines = Deadlines(60)
    async with waiting(deadlines) as task:
        task.cancel()
        assert await task == "cancelled"


async def test_an_error_of_the_block_is_told_as_it_is() -> None:
    with pytest.raises(LookupError), Deadline(Deadlines(60)):
        raise LookupError


def test_one_loop_after_another_is_served() -> None:
    deadlines = Deadlines(0.05)

    async def in_time() -> None:
        with Deadline(deadlines):
            pass

    async def late() -> str:
        async with waiting(deadlines) as task:
            return await task

    asyncio.run(in_time())  # its timer ends with its loop
    assert asyncio.run(late()) == "late"
