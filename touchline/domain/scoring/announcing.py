"""Telling whose score is another since a build came to count, some customers at a time.

The swap writes nothing of customers. What it means for them is read from both builds afterwards,
so the one before is kept until everybody was told.
"""

from functools import partial

from touchline.domain.conditions.registry import users_of
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import Row, execute, fetch, in_transaction
from touchline.domain.scoring.bands import Band, Total
from touchline.domain.scoring.builds import Build, build_of
from touchline.domain.scoring.ending import begin_to_forget
from touchline.domain.scoring.leaf import SCORE_LEAF
from touchline.domain.scoring.mending import RECOMPUTED
from touchline.domain.scoring.storing import Moved, tell
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import hold_judgement, mark
from touchline.domain.tasks import service as tasks

PUBLISHED = "PUBLISHED"
TOLD_AT_ONCE = 2_000
_DIFFERS = (
    "(o.id IS NULL OR n.fading <> o.fading OR n.steady <> o.steady"
    " OR coalesce(n.band_name, '') <> coalesce(o.band_name, ''))"
)
_ROUNDING = 1_000
"""Micro-points by which sums kept from another landmark may differ."""


async def announce(build_id: int) -> None:
    """Tell of a build that counts to the end; safe to run again after a kill."""
    while await in_transaction(partial(_announce, build_id)):
        crashpoint("scores.told")


async def _announce(build_id: int) -> bool:
    """Tell of some more customers; whether there may be more."""
    await hold_judgement()
    build = await build_of(build_id)
    if build is None or not build.counts or build.is_told:
        return False
    before = await build_of(build.follows_id) if build.follows_id is not None else None
    at, rows = now(), await _compared(build, before)
    moved = _moved(rows, build, before, at)
    await tell(build, moved, at, _cause(build, before))
    if moved and await users_of((SCORE_LEAF.word, build.model_id)):
        mark({one.customer_id: [facts.score(build.model_id)] for one in moved})
    await _advance(build, len(moved))
    if len(rows) == TOLD_AT_ONCE:
        sql = "UPDATE scoring_build SET told_up_to = ? WHERE id = ?"
        await execute(sql, (rows[-1]["customer_id"], build.id))
        return True
    await _end(build)
    return False


async def _advance(build: Build, differ: int) -> None:
    """Note with the task of a build how many scores are others than before."""
    task = await tasks.find(build.task_id) if build.task_id is not None else None
    if task is not None and task.is_open:
        differ += task.state.get("differ", 0)
        await tasks.advance(task, task.total, {**task.state, "differ": differ})


async def _end(build: Build) -> None:
    """Everybody was told: the build before is of no use any more."""
    await execute(
        "UPDATE scoring_build SET told_up_to = NULL, tell_up_to = NULL, follows_id = NULL"
        " WHERE id = ?",
        (build.id,),
    )
    await begin_to_forget(SYSTEM, build.follows_id)
    task = await tasks.find(build.task_id) if build.task_id is not None else None
    if task is not None and task.is_open:
        await tasks.end(task)


async def _compared(build: Build, before: Build | None) -> list[Row]:
    """The next customers with their scores by both builds, where these can be compared at all
    only those whose scores differ.
    """
    alike = before is not None and before.kept == build.kept
    return await fetch(
        "SELECT n.customer_id, n.fading, n.steady, n.band_name, n.band_minimum,"
        " o.fading AS old_fading, o.steady AS old_steady, o.band_name AS old_band"
        " FROM customer_score n LEFT JOIN customer_score o"
        " ON o.build_id = ? AND o.customer_id = n.customer_id"
        " WHERE n.build_id = ? AND n.customer_id > ? AND n.customer_id <= ?"
        f"{f' AND {_DIFFERS}' if alike else ''} ORDER BY n.customer_id LIMIT {TOLD_AT_ONCE}",
        (before.id if before else 0, build.id, build.told_up_to, build.tell_up_to),
    )


def _moved(rows: list[Row], build: Build, before: Build | None, at: Moment) -> list[Moved]:
    """Whose score is another than by the build before."""
    near = _ROUNDING if _cause(build, before) == RECOMPUTED else 0
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


def _cause(build: Build, before: Build | None) -> str:
    return RECOMPUTED if before and before.version == build.version else PUBLISHED
