"""Doing the task of builds to its end, in transactions none of which a kill leaves half done."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from touchline.domain.conditions import building
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import in_transaction
from touchline.domain.staleness.service import hold_judgement
from touchline.domain.tasks import service as tasks

Swap = Callable[[int, Sequence[int]], Awaitable[None]]
"""Puts what was found in the place of what stood: given the owner of the builds, and the builds."""


def state_of(owner_id: int, *build_ids: int) -> dict[str, Any]:
    """What such a task has to know."""
    return {"owner": owner_id, "builds": build_ids}


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
    builds = task.state["builds"]
    for build in builds:
        if looked_at := await building.go_on(build):
            await tasks.advance(task, task.done + looked_at, task.state)
            return True
    await swap(task.state["owner"], builds)
    await tasks.end(task)
    return False


async def _forget(task_id: int) -> bool:
    task = await tasks.find(task_id)
    if task is None:
        return False
    return any([await building.forget(build) for build in task.state["builds"]])
