"""Commands on goals: written, changed as new versions, archived."""

from dataclasses import dataclass

from touchline.domain.conditions.explaining import explain
from touchline.domain.conversions.applying import begin, stop
from touchline.domain.conversions.definition import Definition, from_text, to_text
from touchline.domain.conversions.describing import GoalText, checked
from touchline.domain.conversions.errors import ConversionErrorCode as Code
from touchline.domain.conversions.queries import goal_of
from touchline.domain.conversions.shown import shown
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import Row, execute, fetch, fetch_one, transactional
from touchline.domain.kernel.errors import Conflict, Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import for_update, insert_rows
from touchline.domain.staleness.service import hold_judgement

MOST_GOALS = 100


@dataclass(frozen=True, slots=True)
class Written:
    """A goal that was written, and the task that applies it to the past, if there is one."""

    id: int
    task_id: int | None


@transactional
async def create_goal(actor: Actor, text: GoalText) -> Written:
    """Write a goal and count its conversions in the whole past.

    They are there at once where customers are few; where they are many, all of them appear when
    everybody was looked at.
    """
    actor.require(Scope.WRITE)
    written = checked(text)
    await hold_judgement()
    rows = await fetch("SELECT count(*) AS found FROM conversion_goal WHERE archived_at IS NULL")
    if rows[0]["found"] >= MOST_GOALS:
        raise Refused(Code.TOO_MANY_GOALS, f"There are at most {MOST_GOALS} goals at a time.")
    moment = now()
    values = await shown(written.definition) | {
        "name": written.name,
        "name_key": name_key(written.name),
        "description": written.description,
        "version": 1,
        "is_applied": False,
        "reached": 0,
        "actor_name": actor.name,
        "created_at": moment,
        "updated_at": moment,
    }
    made = await insert_rows(
        "conversion_goal",
        list(values),
        [tuple(values.values())],
        on_conflict="ON CONFLICT (name_key) DO NOTHING",
        returning="id",
    )
    if not made:
        raise _taken(written.name)
    goal_id = int(made[0]["id"])
    await _note_version(actor, goal_id, 1, written.definition)
    return Written(goal_id, await begin(actor, goal_id, 1, written.definition))


@transactional
async def update_goal(
    actor: Actor, goal_id: int, text: GoalText, *, expected_version: int | None = None
) -> Written:
    """Give a goal other words, or have it count otherwise: its next version.

    The version before stands whole until everybody was looked at, which is at once where they are
    few. Another version on its way gives way to it.
    """
    actor.require(Scope.WRITE)
    written = checked(text)
    await hold_judgement()
    row = await _standing(goal_id)
    latest = row["building_version"] or row["version"]
    if expected_version not in (None, latest):
        message = f"The goal is at version {latest} by now."
        raise Conflict(message, latest, ("expectedVersion",))
    key = name_key(written.name)
    if await fetch("SELECT 1 FROM conversion_goal WHERE name_key = ? AND id <> ?", (key, goal_id)):
        raise _taken(written.name)
    await execute(
        "UPDATE conversion_goal SET name = ?, name_key = ?, description = ?, actor_name = ?,"
        " updated_at = ? WHERE id = ?",
        (written.name, key, written.description, actor.name, now(), goal_id),
    )
    if to_text(written.definition) == (row["building_definition"] or row["definition"]):
        return Written(goal_id, None)
    await _note_version(actor, goal_id, latest + 1, written.definition)
    return Written(goal_id, await begin(actor, goal_id, latest + 1, written.definition))


@transactional
async def archive_goal(actor: Actor, goal_id: int) -> None:
    """Have a goal count nothing that occurs from now on; its conversions stay, and can be
    refunded. Its name is free again.
    """
    actor.require(Scope.WRITE)
    await hold_judgement()
    await _standing(goal_id)
    goal = await goal_of(goal_id)
    assert goal is not None
    if goal.building is not None:
        await stop(goal)
    moment = now()
    await execute(
        "UPDATE conversion_goal SET archived_at = ?, name_key = NULL, updated_at = ? WHERE id = ?",
        (moment, moment, goal_id),
    )


async def text_of(goal_id: int) -> GoalText:
    """What is written of a goal now, be it on its way or in force; refuses unknown ones."""
    row = await _standing(goal_id)
    definition = from_text(row["building_definition"] or row["definition"])
    return GoalText(row["name"], definition, row["description"])


async def _standing(goal_id: int) -> Row:
    row = await fetch_one(f"SELECT * FROM conversion_goal WHERE id = ?{for_update()}", (goal_id,))
    if row is None:
        raise Refused(Code.GOAL_NOT_FOUND, "There is no such goal.", ("id",))
    if row["archived_at"] is not None:
        raise Refused(Code.GOAL_ARCHIVED, "The goal is archived; write a new one.", ("id",))
    return row


async def _note_version(actor: Actor, goal_id: int, version: int, definition: Definition) -> None:
    await insert_rows(
        "conversion_goal_version",
        ["goal_id", "version", "definition", "summary", "actor_name", "created_at"],
        [
            (
                *(goal_id, version, to_text(definition), await explain(definition.condition)),
                *(actor.name, now()),
            )
        ],
    )


def _taken(name: str) -> Refused:
    return Refused(Code.NAME_TAKEN, f"There is a goal called {name} already.", ("name",))
