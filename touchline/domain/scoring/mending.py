"""Adding up all customers anew by the version in force, and writing only what differs."""

from collections.abc import Mapping
from contextlib import aclosing
from functools import partial

from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import fetch, in_transaction
from touchline.domain.scoring.builds import Build, BuildStatus, build_of, scheme_of
from touchline.domain.scoring.computing import Sheets, compute, compute_all
from touchline.domain.scoring.storing import stood_of, store
from touchline.domain.staleness.service import hold_judgement
from touchline.domain.tasks import service as tasks
from touchline.domain.tasks.service import TaskStatus

AT_ONCE = 10_000
RECOMPUTED = "RECOMPUTED"


async def mend(task_id: int, build: Build) -> None:
    """Bring the build that counts up to what the log says; safe to run again after a kill.

    One pass finds whose score differs. These are read again one by one and judged, in turn with
    the judges, so that an event in between is never lost.
    """
    after = 0
    async with aclosing(compute_all(scheme_of(build, now()), AT_ONCE)) as parts:
        async for up_to, sheets in parts:
            differ = differing(sheets, await standing_sums(build, after, up_to))
            if not await in_transaction(partial(_note, task_id, len(sheets), sorted(differ))):
                return
            after = up_to
            crashpoint("scores.step")
    await in_transaction(partial(_end, task_id))


async def standing_sums(build: Build, after: int, up_to: int) -> Mapping[int, tuple[int, int]]:
    """What stands of a range of customers: what fades and what stays."""
    rows = await fetch(
        "SELECT customer_id, fading, steady FROM customer_score"
        " WHERE customer_id > ? AND customer_id <= ? AND build_id = ?",
        (after, up_to, build.id),
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def differing(sheets: Sheets, stood: Mapping[int, tuple[int, int]]) -> set[int]:
    """Whose sums are not those that stand, and who stands without being a customer."""
    differ = {
        customer
        for customer, sheet in sheets.items()
        if stood.get(customer) != (sheet.fading, sheet.steady)
    }
    return differ | (stood.keys() - sheets.keys())


async def _note(task_id: int, seen: int, differ: list[int]) -> bool:
    """Judge those that differ, and note how far the task is; whether to go on."""
    await hold_judgement()
    task = await tasks.find(task_id)
    if task is None or not task.is_open:
        return False
    build = await build_of(task.state["build"])
    if build is None or build.status is not BuildStatus.COUNTS:
        await tasks.end(task, TaskStatus.CANCELLED)
        return False
    if differ:
        at: Moment = now()
        sheets = await compute(scheme_of(build, at), differ)
        await store(build, sheets, await stood_of(build, differ), at, RECOMPUTED)
    found = task.state.get("differ", 0) + len(differ)
    await tasks.advance(task, task.done + seen, {**task.state, "differ": found})
    return True


async def _end(task_id: int) -> None:
    task = await tasks.find(task_id)
    if task is not None and task.is_open:
        await tasks.advance(task, task.total, {"differ": 0, **task.state})
        await tasks.end(task)
