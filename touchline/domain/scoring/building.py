"""Making builds: one pass over the log, some customers at a time, then the whole swaps at once.

A kill at any point leaves the build that counts whole, and the one being made is gone on with.
"""

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from functools import partial

from touchline.domain.customers.queries import merged_among
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.scoring.announcing import announce
from touchline.domain.scoring.builds import (
    Build,
    BuildStatus,
    build_of,
    counting,
    owner_of,
    scheme_of,
)
from touchline.domain.scoring.computing import Sheets, compute_all
from touchline.domain.scoring.mending import AT_ONCE, mend
from touchline.domain.scoring.service import ModelStatus
from touchline.domain.scoring.sorting import drop, show, sort_by
from touchline.domain.scoring.storing import add
from touchline.domain.staleness.service import (
    add_wakes_found,
    hold_judgement,
)
from touchline.domain.tasks import service as tasks
from touchline.domain.tasks.service import TaskStatus


async def recompute(task_id: int) -> None:
    """Make the build of a task to its end, or mend it if it counts already; safe to run again.

    Judges write to the build from its beginning, so whoever is in it is up to date: others are
    added up from the log as it was when the pass began, which no lock is held for.
    """
    build = await in_transaction(partial(_begun, task_id))
    if build is None:
        return
    if build.counts and build.task_id == task_id:
        await announce(build.id)
        return
    if build.counts:
        await mend(task_id, build)
        return
    at, after = now(), build.reached
    async with aclosing(compute_all(scheme_of(build, at), AT_ONCE, after=after)) as parts:
        async for up_to, sheets in parts:
            if not await in_transaction(partial(_add, task_id, after, up_to, sheets, at)):
                return
            after = up_to
            crashpoint("scores.step")
    while (first := await in_transaction(partial(_finish, task_id))) is not None:
        await first()
    await announce(build.id)


async def _begun(task_id: int) -> Build | None:
    """The build of a task; a task whose build gave way to another is over."""
    task = await tasks.find(task_id)
    if task is None or not task.is_open:
        return None
    build = await build_of(task.state["build"])
    if build is None or build.status is BuildStatus.OVER:
        await tasks.end(task, TaskStatus.CANCELLED)
        return None
    return build


async def _add(task_id: int, after: int, up_to: int, sheets: Sheets, at: Moment) -> bool:
    """Put customers of a range into a build, but for those whom judges have put there.

    Who was merged into another meanwhile is left out, too. Returns whether to go on.
    """
    await hold_judgement()
    build, task = await _begun(task_id), await tasks.find(task_id)
    if build is None or build.counts or task is None:
        return False
    done = task.done + len(sheets)
    there = await fetch(
        "SELECT customer_id FROM customer_score WHERE customer_id > ? AND customer_id <= ?"
        " AND build_id = ?",
        (after, up_to, build.id),
    )
    for customer in (*(row[0] for row in there), *await merged_among(after, up_to)):
        sheets.pop(customer, None)
    await add(build, sheets, at)
    await add_wakes_found(
        owner_of(build.id),
        "SELECT customer_id, wake_at FROM customer_score WHERE customer_id > ? AND customer_id <= ?"
        " AND build_id = ? AND wake_at IS NOT NULL",
        (after, up_to, build.id),
    )
    await execute("UPDATE scoring_build SET reached = ? WHERE id = ?", (up_to, build.id))
    await tasks.advance(task, done, task.state)
    return True


async def _finish(task_id: int) -> Callable[[], Awaitable[None]] | None:
    """Swap; who came after the last customer of the pass was judged, or is going to be.

    Returns what has to be done before, if there is something.
    """
    await hold_judgement()
    build = await _begun(task_id)
    if build is None or build.counts:
        return None
    before = await counting(build.model_id)
    if before is not None and not before.is_told:
        return partial(announce, before.id)
    if not build.is_sorted and (build.is_primary or not await _is_any_primary()):
        return partial(sort_by, build.id)
    await _swap(build, before, now())
    return None


async def _is_any_primary() -> bool:
    return bool(await fetch("SELECT 1 FROM scoring_model WHERE is_primary = TRUE"))


async def _swap(build: Build, before: Build | None, at: Moment) -> None:
    """Have a build that is whole count in the place of the one before it."""
    if before is not None:
        sql = "UPDATE scoring_build SET status = ? WHERE id = ?"
        await execute(sql, (BuildStatus.OVER, before.id))
    await execute(
        "UPDATE scoring_build SET status = ?, swapped_at = ?, follows_id = ?, told_up_to = 0,"
        " tell_up_to = (SELECT coalesce(max(s.customer_id), 0) FROM customer_score s)"
        " WHERE id = ?",
        (BuildStatus.COUNTS, at, before.id if before else None, build.id),
    )
    await execute(
        "UPDATE scoring_model SET build_id = ?, published_version = ?, status = CASE"
        " WHEN status = ? AND version = ? THEN ? ELSE status END, is_primary = (is_primary OR"
        " NOT EXISTS (SELECT 1 FROM scoring_model other WHERE other.is_primary)) WHERE id = ?",
        (
            *(build.id, build.version, ModelStatus.BUILDING, build.version),
            *(ModelStatus.PUBLISHED, build.model_id),
        ),
    )
    crashpoint("scores.swapped")
    swapped = await build_of(build.id)
    assert swapped is not None
    if swapped.is_primary:
        await show(swapped)
    else:
        await drop(swapped)
    if before is not None:
        await drop(before)
