"""Making builds: one pass over the log, some customers at a time, then the whole swaps at once.

A kill at any point leaves the build that counts whole, and the one being made is gone on with.
"""

from contextlib import aclosing
from functools import partial

from touchline.domain.customers.queries import merged_among
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.kernel.rows import parts
from touchline.domain.scoring.bands import Band, Total
from touchline.domain.scoring.builds import (
    Build,
    BuildStatus,
    build_of,
    counting,
    owner_of,
    scheme_of,
)
from touchline.domain.scoring.computing import Sheets, compute_all
from touchline.domain.scoring.mending import AT_ONCE, RECOMPUTED, mend
from touchline.domain.scoring.service import ModelStatus, end_builds
from touchline.domain.scoring.storing import Moved, add, set_ranks, set_ranks_found, tell
from touchline.domain.staleness.service import add_wakes_found, hold_judgement
from touchline.domain.tasks import service as tasks
from touchline.domain.tasks.service import TaskStatus

FORGET_AT_ONCE = 5_000
_TOLD_AT_ONCE = 2_000
_DIFFERS = (
    "(o.id IS NULL OR n.fading <> o.fading OR n.steady <> o.steady"
    " OR coalesce(n.band_name, '') <> coalesce(o.band_name, ''))"
)
_ROUNDING = 1_000
"""Micro-points by which sums kept from another landmark may differ."""
PUBLISHED = "PUBLISHED"


async def recompute(task_id: int) -> None:
    """Make the build of a task to its end, or mend it if it counts already; safe to run again.

    Judges write to the build from its beginning, so whoever is in it is up to date: others are
    added up from the log as it was when the pass began, which no lock is held for.
    """
    build = await in_transaction(partial(_begun, task_id))
    if build is None:
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
    await in_transaction(partial(_finish, task_id))


async def forget_build(task_id: int) -> None:
    """Remove the rows of a build that is over, some at a time."""
    while await in_transaction(partial(_forget, task_id)):
        crashpoint("scores.forgotten")


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
    await execute("UPDATE scoring_build SET reached = ? WHERE id = ?", (up_to, build.id))
    await tasks.advance(task, done, task.state)
    return True


async def _finish(task_id: int) -> None:
    """Who came after the last customer of the pass was judged, or is going to be."""
    await hold_judgement()
    build, task = await _begun(task_id), await tasks.find(task_id)
    if build is not None and not build.counts and task is not None:
        differ = await _swap(build, now())
        await tasks.advance(task, task.total, {**task.state, "differ": differ})
        await tasks.end(task)


async def _swap(build: Build, at: Moment) -> int:
    """Have a build that is whole count in the place of the one before it.

    Returns how many scores are others than before.
    """
    before = await counting(build.model_id)
    await end_builds(SYSTEM, build.model_id, BuildStatus.COUNTS)
    await execute(
        "UPDATE scoring_build SET status = ?, swapped_at = ? WHERE id = ?",
        (BuildStatus.COUNTS, at, build.id),
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
    await add_wakes_found(
        owner_of(build.model_id),
        "SELECT customer_id, wake_at FROM customer_score"
        " WHERE build_id = ? AND wake_at IS NOT NULL",
        (build.id,),
    )
    swapped = await build_of(build.id)
    assert swapped is not None
    if swapped.is_primary:
        await _sort(swapped, before if before and before.is_primary else None)
    moved = await _moved(swapped, before, at)
    cause = RECOMPUTED if before and before.version == build.version else PUBLISHED
    for some in parts(moved, _TOLD_AT_ONCE):
        await tell(swapped, some, at, cause)
    return len(moved)


async def _sort(build: Build, before: Build | None) -> None:
    """Sort lists by a build; what stands by ``before`` is left where it is the same."""
    query = (
        "SELECT n.customer_id, n.rank FROM customer_score n LEFT JOIN customer_score o"
        " ON o.build_id = ? AND o.customer_id = n.customer_id WHERE n.build_id = ?"
        " AND (o.id IS NULL OR o.rank <> n.rank)"
    )
    params = (before.id if before else 0, build.id)
    few = await fetch(f"{query} LIMIT {_TOLD_AT_ONCE}", params)
    if len(few) < _TOLD_AT_ONCE:
        await set_ranks({row["customer_id"]: row["rank"] for row in few})
    else:
        await set_ranks_found(query, params)


async def _moved(build: Build, before: Build | None, at: Moment) -> list[Moved]:
    """Whose score is another than by the build before."""
    alike = before is not None and before.kept == build.kept
    rows = await fetch(
        "SELECT n.customer_id, n.fading, n.steady, n.band_name, n.band_minimum,"
        " o.fading AS old_fading, o.steady AS old_steady, o.band_name AS old_band"
        " FROM customer_score n LEFT JOIN customer_score o"
        " ON o.build_id = ? AND o.customer_id = n.customer_id WHERE n.build_id = ?"
        + (f" AND {_DIFFERS}" if alike else ""),
        (before.id if before else 0, build.id),
    )
    near = _ROUNDING if before and before.version == build.version else 0
    found = []
    for row in rows:
        after = Total(row["fading"], row["steady"]).value(at, build.kept)
        earlier = 0
        if before is not None and row["old_fading"] is not None:
            earlier = Total(row["old_fading"], row["old_steady"]).value(at, before.kept)
        if abs(after - earlier) > near or row["band_name"] != row["old_band"]:
            named = row["band_name"] is not None
            band = Band(row["band_name"], row["band_minimum"]) if named else None
            found.append(Moved(row["customer_id"], earlier, after, band))
    return found


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
        await tasks.advance(task, task.done + removed, {**task.state, "reached": up_to})
        return True
    await execute("DELETE FROM scoring_build WHERE id = ?", (build,))
    await tasks.end(task)
    return False
