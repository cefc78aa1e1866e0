"""Making builds: some customers at a time, then the whole swaps at once.

A kill at any point leaves the build that counts whole, and the one being made is gone on with.
"""

from functools import partial

from touchline.domain.conditions.sql import Range
from touchline.domain.customers.queries import standing_after
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.scoring.bands import Band, Total
from touchline.domain.scoring.builds import Build, BuildStatus, build_of, counting, owner_of
from touchline.domain.scoring.computing import compute
from touchline.domain.scoring.service import end_builds
from touchline.domain.scoring.storing import Moved, set_ranks_found, store, tell
from touchline.domain.staleness.service import hold_judgement, set_all_wakes
from touchline.domain.tasks import service as tasks
from touchline.domain.tasks.service import TaskStatus

AT_ONCE = 2_000
FORGET_AT_ONCE = 5_000
_TOLD_AT_ONCE = 2_000
_ROUNDING = 1_000
"""Micro-points by which sums kept from another landmark may differ."""
PUBLISHED, RECOMPUTED = "PUBLISHED", "RECOMPUTED"


async def recompute(task_id: int) -> None:
    """Make the build of a task to its end; safe to run again after a kill."""
    while await in_transaction(partial(_step, task_id)):
        crashpoint("scores.step")


async def forget_build(task_id: int) -> None:
    """Remove the rows of a build that is over, some at a time."""
    while await in_transaction(partial(_forget, task_id)):
        crashpoint("scores.forgotten")


async def _step(task_id: int) -> bool:
    """Go on with a build; whether more is to be done."""
    await hold_judgement()
    task = await tasks.find(task_id)
    if task is None or not task.is_open:
        return False
    build = await build_of(task.state["build"])
    if build is None or build.status is not BuildStatus.MAKING:
        await tasks.end(task, TaskStatus.CANCELLED)
        return False
    at = now()
    chosen = await standing_after(build.reached, AT_ONCE)
    if not chosen:
        await _swap(build, at)
        await tasks.end(task)
        return False
    reach = Range(build.reached, chosen[-1])
    sheets = await compute(build.model_id, build.definition, build.kept, at, chosen, reach=reach)
    await store(build, sheets, chosen, at, PUBLISHED)
    await execute("UPDATE scoring_build SET reached = ? WHERE id = ?", (chosen[-1], build.id))
    await tasks.advance(task, task.done + len(chosen), task.state)
    return True


async def _swap(build: Build, at: Moment) -> None:
    """Have a build that is whole count in the place of the one before it."""
    before = await counting(build.model_id)
    await end_builds(SYSTEM, build.model_id, BuildStatus.COUNTS)
    await execute(
        "UPDATE scoring_build SET status = ?, swapped_at = ? WHERE id = ?",
        (BuildStatus.COUNTS, at, build.id),
    )
    await execute(
        "UPDATE scoring_model SET build_id = ?, is_primary = (is_primary OR NOT EXISTS ("
        "SELECT 1 FROM scoring_model other WHERE other.is_primary)) WHERE id = ?",
        (build.id, build.model_id),
    )
    crashpoint("scores.swapped")
    await set_all_wakes(
        owner_of(build.model_id),
        "SELECT customer_id, wake_at FROM customer_score"
        " WHERE build_id = ? AND wake_at IS NOT NULL",
        (build.id,),
    )
    swapped = await build_of(build.id)
    assert swapped is not None
    if swapped.is_primary:
        ranks = "SELECT customer_id, rank FROM customer_score WHERE build_id = ?"
        await set_ranks_found(ranks, (build.id,))
    moved = await _moved(swapped, before, at)
    cause = RECOMPUTED if before and before.version == build.version else PUBLISHED
    for start in range(0, len(moved), _TOLD_AT_ONCE):
        await tell(swapped, moved[start : start + _TOLD_AT_ONCE], at, cause)


async def _moved(build: Build, before: Build | None, at: Moment) -> list[Moved]:
    """Whose score is another than by the build before."""
    rows = await fetch(
        "SELECT n.customer_id, n.fading, n.steady, n.band_name, n.band_minimum,"
        " o.fading AS old_fading, o.steady AS old_steady, o.band_name AS old_band"
        " FROM customer_score n LEFT JOIN customer_score o"
        " ON o.build_id = ? AND o.customer_id = n.customer_id WHERE n.build_id = ?",
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
    removed = 0
    for table in ("score_line", "customer_score"):
        removed += await execute(
            f"DELETE FROM {table} WHERE id IN ("
            f"SELECT id FROM {table} WHERE build_id = ? LIMIT {FORGET_AT_ONCE})",
            (task.state["build"],),
        )
    if removed:
        await tasks.advance(task, task.done + removed, task.state)
        return True
    await execute("DELETE FROM scoring_build WHERE id = ?", (task.state["build"],))
    await tasks.end(task)
    return False
