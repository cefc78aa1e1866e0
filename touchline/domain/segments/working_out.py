"""Working out the version of a segment that somebody wrote, beside the one that stands.

Some customers at a time; a last transaction puts it in that one's place. Where there are few
customers all of it is done at once, by the command.
"""

from collections.abc import Sequence

from touchline.domain.conditions import building
from touchline.domain.conditions.sql import Query
from touchline.domain.conditions.tree import Condition
from touchline.domain.conditions.working_through import state_of, work_through
from touchline.domain.customers.queries import count_present
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute
from touchline.domain.segments.building import put, put_first
from touchline.domain.segments.definitions import Definition, definition_of
from touchline.domain.staleness.service import clear_wakes
from touchline.domain.tasks import service as tasks

BUILD = "build_segment"


async def work_out(actor: Actor, segment: Definition, version: int, condition: Condition) -> int:
    """Begin to work out a version; returns the task. Another one on its way gives way to it.

    The words of the version are written by the caller, in the same transaction.
    """
    await stop_building(segment)
    build = await building.begin(condition)
    customers = await count_present()
    at_once = customers <= building.AT_ONCE_UP_TO
    state = state_of(segment.id, build)
    task = await tasks.begin(actor, BUILD, customers, state, queued=not at_once)
    await execute(
        "UPDATE segment SET building_version = ?, build_id = ?, task_id = ? WHERE id = ?",
        (version, build, task, segment.id),
    )
    if at_once:
        await go_on(task)
    return task


async def stop_building(segment: Definition) -> None:
    """A version on its way does not get there."""
    if segment.building is None:
        return
    await building.give_up(segment.building.build_id)
    await tasks.cancel(segment.building.task_id)
    await execute(
        "UPDATE segment SET building_version = NULL, build_id = NULL WHERE id = ?", (segment.id,)
    )


async def go_on(task_id: int) -> None:
    """Do the task to its end; safe to run again after a kill."""
    await work_through(task_id, _swap, "segments")


async def _swap(segment_id: int, builds: Sequence[int]) -> None:
    """Have the version that was worked out stand in the place of the one before it."""
    (build_id,) = builds
    before = await definition_of(segment_id)
    assert before is not None, "a segment that goes takes its build along"
    await execute(
        "UPDATE segment SET version = building_version, condition = building_condition,"
        " condition_summary = building_summary, building_version = NULL,"
        " building_condition = NULL, building_summary = NULL, build_id = NULL WHERE id = ?",
        (segment_id,),
    )
    crashpoint("segments.swapped")
    segment = await definition_of(segment_id)
    assert segment is not None
    await building.findings_are_in()
    found = building.findings(build_id)
    meant = Query(f"SELECT m.customer_id FROM ({found.text}) m", found.params)
    if before.is_new:
        await put_first(segment, meant, now())
    else:
        await put(segment, meant, now())
    await building.put_into_force(build_id, segment.owner)
    if segment.is_static:
        await clear_wakes(segment.owner)
