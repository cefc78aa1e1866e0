"""Doing the task of a build to its end, in transactions none of which a kill leaves half done."""

from collections.abc import Awaitable, Callable
from functools import partial

from touchline.domain.conditions import building
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import in_transaction
from touchline.domain.staleness.service import hold_judgement
from touchline.domain.tasks import service as tasks

Swap = Callable[[int, int], Awaitable[None]]
"""Puts what was found in the place of what stood: given the owner of the build, and the build."""


def state_of(owner_id: int, build_id: int) -> dict[str, int]:
    """What such a task has to know."""
    return {"owner": owner_id, "build": build_id}


async def work_through(task_id: int, swap: Swap, name: str) -> None:
    """Do the task to its end; safe to run again after a kill. ``name`` is that of crash points."""
    while await in_transaction(partial(_step, task_id, swap)):
        crashpoint(f"{name}.step")
    while await in_transaction(partial(_forget, task_id)):
        crashpoint(f"{name}.forgotten")


async def _step(task_id: int, swap: Swap) -> bool:
    """Look at some more customers, or swap; whether more is to be done."""
    await hold_judgement()
    task = await tasks.find(task_id)
    if task is None or not task.is_open:
        return False
    looked_at = await building.go_on(task.state["build"])
    if looked_at:
        await tasks.advance(task, task.done + looked_at, task.state)
        return True
    await swap(task.state["owner"], task.state["build"])
    await tasks.end(task)
    return False


async def _forget(task_id: int) -> bool:
    task = await tasks.find(task_id)
    return task is not None and await building.forget(task.state["build"])
