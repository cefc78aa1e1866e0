"""Builds that are over: nothing is shown of them, and their rows go some at a time."""

from functools import partial

from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.scoring.builds import BuildStatus, build_of, owner_of
from touchline.domain.scoring.sorting import drop
from touchline.domain.staleness.service import clear_wakes, clear_wakes_among
from touchline.domain.tasks import service as tasks

FORGET = "forget_scores"
FORGET_AT_ONCE = 5_000


async def end_builds(actor: Actor, model_id: int, *statuses: BuildStatus) -> None:
    """Builds of these statuses are over, and will be forgotten bit by bit."""
    marks = ", ".join("?" * len(statuses))
    rows = await fetch(
        f"UPDATE scoring_build SET status = ? WHERE model_id = ? AND status IN ({marks})"
        " RETURNING id, task_id, follows_id, told_up_to",
        (BuildStatus.OVER, model_id, *statuses),
    )
    for row in rows:
        await tasks.cancel(row["task_id"])
        await begin_to_forget(actor, row["id"])
        if row["told_up_to"] is not None:
            await begin_to_forget(actor, row["follows_id"])


async def begin_to_forget(actor: Actor, build_id: int | None) -> None:
    """Queue that the rows of a build that is over are removed."""
    if build_id is not None:
        await tasks.begin(actor, FORGET, 0, {"build": build_id})


async def forget_build(task_id: int) -> None:
    """Remove the rows of a build that is over, some at a time."""
    while await in_transaction(partial(_forget, task_id)):
        crashpoint("scores.forgotten")


async def _forget(task_id: int) -> bool:
    task = await tasks.find(task_id)
    if task is None or not task.is_open:
        return False
    after, build = task.state.get("reached", 0), task.state["build"]
    rows = await fetch(
        "SELECT customer_id FROM customer_score WHERE customer_id > ?"
        f" ORDER BY customer_id LIMIT {FORGET_AT_ONCE}",
        (after,),
    )
    if rows:
        up_to = rows[-1]["customer_id"]
        removed = await execute(
            "DELETE FROM customer_score WHERE customer_id > ? AND customer_id <= ?"
            " AND build_id = ?",
            (after, up_to, build),
        )
        await clear_wakes_among(owner_of(build), after, up_to)
        await tasks.advance(task, task.done + removed, {**task.state, "reached": up_to})
        return True
    await clear_wakes(owner_of(build))
    over = await build_of(build)
    if over is not None:
        await drop(over)
    await execute("DELETE FROM scoring_build WHERE id = ?", (build,))
    await tasks.end(task)
    return False
