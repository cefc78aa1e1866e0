"""Having a journey hold that was written anew: all customers are placed before anything shows it.

Where customers are few that is done by the command. Where they are many each condition is held
against everybody beside the journey that stands, some customers at a time, and a last transaction
puts the new journey in its place. Until then a stage is what it was.
"""

from collections.abc import Mapping, Sequence

from touchline.domain.conditions import building
from touchline.domain.conditions.storage import from_json
from touchline.domain.conditions.working_through import state_of, work_through
from touchline.domain.customers.queries import count_present, standing_after
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.stages.placing import place_all
from touchline.domain.stages.placing_all import place_found
from touchline.domain.tasks import service as tasks

PLACE = "place_customers"
_AT_ONCE = 10_000


async def replace(actor: Actor) -> None:
    """Have the journey as it is written hold; another one on its way gives way to it.

    The caller has written it down (``next_…``) in the same transaction, and holds the judgement.
    """
    await _stop()
    customers = await count_present()
    if customers <= building.AT_ONCE_UP_TO:
        await _take_over()
        await place_everybody()
        return
    rows = await fetch(
        "SELECT id, CASE WHEN is_changing THEN next_condition ELSE condition END AS condition"
        " FROM stage WHERE is_leaving = FALSE ORDER BY id"
    )
    builds: dict[int, int] = {}
    for row in rows:
        if row["condition"] is not None:
            builds[row["id"]] = await building.begin(from_json(row["condition"]))
    total = customers * max(1, len(builds))
    task = await tasks.begin(actor, PLACE, total, state_of(0, *builds.values()))
    await execute("UPDATE stage SET task_id = ?", (task,))
    for stage_id, build in builds.items():
        await execute("UPDATE stage SET build_id = ? WHERE id = ?", (build, stage_id))


async def place_everybody() -> int:
    """Place all customers anew by the journey that holds, in the transaction of the caller."""
    at, reached, moved = now(), 0, 0
    while chosen := await standing_after(reached, _AT_ONCE):
        reached = chosen[-1]
        moved += await place_all(chosen, at)
    return moved


async def go_on(task_id: int) -> None:
    """Do the task to its end; safe to run again after a kill."""
    await work_through(task_id, _swap, "stages")


async def _stop() -> None:
    """A journey on its way does not get there."""
    rows = await fetch("SELECT task_id, build_id FROM stage")
    for row in rows:
        if row["build_id"] is not None:
            await building.give_up(row["build_id"])
    for task_id in sorted({row["task_id"] for row in rows if row["task_id"] is not None}):
        await tasks.cancel(task_id)
    await execute("UPDATE stage SET build_id = NULL WHERE build_id IS NOT NULL")


async def _swap(_owner: int, _builds: Sequence[int]) -> None:
    """Put the journey that was worked out in the place of the one before it."""
    rows = await fetch("SELECT id, build_id FROM stage WHERE build_id IS NOT NULL")
    builds: Mapping[int, int] = {row["id"]: row["build_id"] for row in rows}
    await _take_over()
    crashpoint("stages.swapped")
    await place_found(builds, now())
    for build in builds.values():
        await building.give_up(build)


async def _take_over() -> None:
    """Have stages be what is written of them next."""
    await execute(
        "UPDATE stage SET place = next_place, condition = next_condition,"
        " condition_summary = next_summary, is_changing = FALSE, next_place = NULL,"
        " next_condition = NULL, next_summary = NULL"
        " WHERE is_changing = TRUE AND is_leaving = FALSE"
    )
    await execute(
        "DELETE FROM stage_word WHERE stage_id IN (SELECT id FROM stage WHERE is_leaving = TRUE)"
    )
    await execute("DELETE FROM stage WHERE is_leaving = TRUE")
    await execute("UPDATE stage SET build_id = NULL WHERE build_id IS NOT NULL")
