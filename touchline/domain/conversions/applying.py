"""Applying a version of a goal to the whole past, beside the one that is in force.

Some customers at a time; a last transaction puts what was found in the place of what stood. Where
there are few customers all of it is done at once, by the command. A kill at any point leaves a
build that is gone on with.
"""

from functools import partial

from touchline.domain.conditions import building
from touchline.domain.conditions.sql import Range
from touchline.domain.conversions.definition import Definition, to_text
from touchline.domain.conversions.events import GOAL_APPLIED
from touchline.domain.conversions.keeping import COLUMNS, stage
from touchline.domain.conversions.queries import Goal, goal_of
from touchline.domain.conversions.shown import shown
from touchline.domain.conversions.totalling import total_anew
from touchline.domain.conversions.valuing import value_anew
from touchline.domain.customers.queries import count_present, standing_after
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import analyse
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import hold_judgement, mark_found
from touchline.domain.tasks import service as tasks

APPLY = "apply_conversion_goal"

_SAME_PLACE = (
    "s.goal_id = c.goal_id AND s.customer_id = c.customer_id AND s.touchpoint_id = c.touchpoint_id"
)
_SAME = " AND ".join(f"s.{name} IS NOT DISTINCT FROM c.{name}" for name in COLUMNS)
_MOVED = (
    "SELECT s.customer_id FROM conversion_staged s"
    f" LEFT JOIN conversion c ON {_SAME_PLACE}"
    f" WHERE s.goal_id = ? AND (c.id IS NULL OR NOT ({_SAME}))"
    " UNION SELECT c.customer_id FROM conversion c WHERE c.goal_id = ? AND NOT EXISTS ("
    f"SELECT 1 FROM conversion_staged s WHERE {_SAME_PLACE})"
)


async def begin(actor: Actor, goal_id: int, version: int, definition: Definition) -> int:
    """Begin to apply a version; returns the task. Another one on its way gives way to it."""
    goal = await goal_of(goal_id)
    assert goal is not None
    if goal.building is not None:
        await stop(goal)
    customers = await count_present()
    at_once = customers <= building.AT_ONCE_UP_TO
    state = {"goal": goal_id, "version": version}
    task = await tasks.begin(actor, APPLY, customers, state, queued=not at_once)
    await execute(
        "UPDATE conversion_goal SET building_version = ?, building_definition = ?, reached = 0,"
        " task_id = ? WHERE id = ?",
        (version, to_text(definition), task, goal_id),
    )
    if at_once:
        await go_on(task)
    return task


async def stop(goal: Goal) -> None:
    """A version on its way does not get there."""
    await tasks.cancel(goal.task_id)
    await execute("DELETE FROM conversion_staged WHERE goal_id = ?", (goal.id,))
    await execute(
        "UPDATE conversion_goal SET building_version = NULL, building_definition = NULL"
        " WHERE id = ?",
        (goal.id,),
    )


async def go_on(task_id: int) -> None:
    """Do the task to its end; safe to run again after a kill."""
    while await in_transaction(partial(_step, task_id)):
        crashpoint("conversions.step")


async def _step(task_id: int) -> bool:
    """Look at some more customers, or put the version into force; whether more is to be done."""
    await hold_judgement()
    task = await tasks.find(task_id)
    if task is None or not task.is_open:
        return False
    goal = await goal_of(task.state["goal"])
    assert goal is not None, "goals are never deleted"
    assert goal.building is not None, "a task that is open has a version"
    chosen = await standing_after(goal.building.reached, building.LOOKED_AT_ONCE)
    if chosen:
        await stage(goal, Range(goal.building.reached, chosen[-1]))
        sql = "UPDATE conversion_goal SET reached = ? WHERE id = ?"
        await execute(sql, (chosen[-1], goal.id))
        await tasks.advance(task, task.done + len(chosen), task.state)
        return True
    await _put_into_force(goal, goal.building.definition, goal.building.version)
    await tasks.end(task)
    return False


async def _put_into_force(goal: Goal, definition: Definition, version: int) -> None:
    moment = now()
    await analyse("conversion_staged")
    moved = [row[0] for row in await fetch(_MOVED, (goal.id, goal.id))]
    if moved:
        await mark_found(facts.CONVERSION, _MOVED, (goal.id, goal.id))
    await _swap(goal.id, moment)
    crashpoint("conversions.swapped")
    await total_anew(goal.id)
    await value_anew(moved)
    columns = await shown(definition)
    await execute(
        f"UPDATE conversion_goal SET {', '.join(f'{name} = ?' for name in columns)},"
        " version = ?, is_applied = TRUE, building_version = NULL, building_definition = NULL"
        " WHERE id = ?",
        (*columns.values(), version, goal.id),
    )
    await execute(
        "UPDATE conversion_goal_version SET applied_at = ? WHERE goal_id = ? AND version = ?",
        (moment, goal.id, version),
    )
    (counted,) = await fetch(
        "SELECT count(*) AS found FROM conversion WHERE goal_id = ?", (goal.id,)
    )
    told = {"goal": goal.id, "version": version, "conversions": counted["found"]}
    await emit(GOAL_APPLIED, told)


async def _swap(goal_id: int, at: Moment) -> None:
    """Have the staged conversions stand; those that stay keep their ids."""
    own = _SAME_PLACE.replace("c.", "conversion.")
    await execute(
        "DELETE FROM conversion WHERE goal_id = ? AND NOT EXISTS ("
        f"SELECT 1 FROM conversion_staged s WHERE {own})",
        (goal_id,),
    )
    await execute(
        f"UPDATE conversion SET {', '.join(f'{name} = s.{name}' for name in COLUMNS)},"
        f" computed_at = ? FROM conversion_staged s WHERE {own} AND conversion.goal_id = ?"
        f" AND NOT ({_SAME.replace('c.', 'conversion.')})",
        (at, goal_id),
    )
    columns = ", ".join(COLUMNS)
    await execute(
        f"INSERT INTO conversion (goal_id, {columns}, computed_at)"
        f" SELECT s.goal_id, {', '.join(f's.{name}' for name in COLUMNS)}, CAST(? AS BIGINT)"
        " FROM conversion_staged s WHERE s.goal_id = ? AND NOT EXISTS ("
        f"SELECT 1 FROM conversion c WHERE {_SAME_PLACE}) ORDER BY s.occurred_at, s.touchpoint_id",
        (at, goal_id),
    )
    await execute("DELETE FROM conversion_staged WHERE goal_id = ?", (goal_id,))
