"""Commands on segments."""

from dataclasses import dataclass

from touchline.domain.conditions.explaining import explain
from touchline.domain.conditions.registry import listed, renamed, users_of
from touchline.domain.conditions.storage import to_json
from touchline.domain.conditions.tree import Condition
from touchline.domain.conditions.validation import check
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, fetch, transactional
from touchline.domain.kernel.errors import Conflict, Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.segments.building import Built, build, empty
from touchline.domain.segments.definitions import (
    WORD,
    Definition,
    all_definitions,
    definition_of,
)
from touchline.domain.segments.errors import SegmentErrorCode as Code
from touchline.domain.segments.working_out import stop_building, work_out
from touchline.domain.staleness.service import hold_judgement
from touchline.domain.tasks.service import has_failed

MAX_NAME = 100
MAX_DESCRIPTION = 1_000


@dataclass(frozen=True, slots=True)
class SegmentText:
    """What people write about a segment."""

    name: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A segment that was written, and the task that works its condition out, if there is one."""

    id: int
    task_id: int | None


@transactional
async def create_segment(
    actor: Actor, text: SegmentText, condition: Condition, *, is_static: bool = False
) -> Written:
    """Make a segment of all customers who meet a condition.

    It follows what happens from then on. A static one keeps those who meet it then. Nobody is in
    it until everybody was looked at, which is at once where they are few.
    """
    actor.require(Scope.WRITE)
    checked = _checked(text)
    await check(condition)
    await hold_judgement()
    moment = now()
    meant, told = to_json(condition), await explain(condition)
    rows = await insert_rows(
        "segment",
        [
            *("name", "name_key", "description", "is_static", "condition", "condition_summary"),
            *("building_condition", "building_summary"),
            *("version", "member_count", "computed_at", "created_at"),
        ],
        [
            (
                *(checked.name, name_key(checked.name), checked.description, is_static),
                *(meant, told, meant, told, 1, 0, moment, moment),
            )
        ],
        on_conflict="ON CONFLICT (name_key) DO NOTHING",
        returning="id",
    )
    if not rows:
        raise _taken(checked.name)
    made = await standing(rows[0]["id"])
    return Written(made.id, await work_out(actor, made, 1, condition))


@transactional
async def update_segment(
    actor: Actor,
    segment_id: int,
    text: SegmentText,
    condition: Condition | None = None,
    *,
    expected_version: int | None = None,
) -> Written:
    """Give a segment other words, or another condition: its next version.

    The version before stands whole until everybody was looked at, which is at once where they are
    few. Another version on its way gives way to it; one that failed is begun again by its own
    condition, as `retry_segment` does.
    """
    actor.require(Scope.WRITE)
    checked = _checked(text)
    await hold_judgement()
    segment = await standing(segment_id)
    latest = segment.building.version if segment.building is not None else segment.version
    if expected_version not in (None, latest):
        message = f"The segment is at version {latest} by now."
        raise Conflict(message, latest, ("expectedVersion",))
    key = name_key(checked.name)
    if await fetch("SELECT 1 FROM segment WHERE name_key = ? AND id <> ?", (key, segment_id)):
        raise _taken(checked.name)
    await execute(
        "UPDATE segment SET name = ?, name_key = ?, description = ? WHERE id = ?",
        (checked.name, key, checked.description, segment_id),
    )
    if checked.name != segment.name:
        await renamed((WORD, segment_id))
    held = segment.building.condition if segment.building is not None else segment.condition
    if condition is None:
        return Written(segment_id, None)
    if to_json(condition) == to_json(held):
        return Written(segment_id, await _begin_failed(actor, segment))
    return Written(segment_id, await _redefine(actor, segment, condition, latest + 1))


@transactional
async def retry_segment(actor: Actor, segment_id: int) -> Written:
    """Begin the version anew whose working out was given up after an error.

    Refused unless there is one.
    """
    actor.require(Scope.WRITE)
    await hold_judgement()
    task = await _begin_failed(actor, await standing(segment_id))
    if task is None:
        message = "No version of the segment has failed."
        raise Refused(Code.SEGMENT_NOT_FAILED, message, ("id",))
    return Written(segment_id, task)


@transactional
async def archive_segment(actor: Actor, segment_id: int) -> None:
    """Take a segment out of use: nobody is in it any more. Refused while a rule names it."""
    actor.require(Scope.WRITE)
    await hold_judgement()
    segment = await standing(segment_id)
    users = await users_of((WORD, segment_id))
    if users:
        message = f"{segment.name} is named by {listed(users)}."
        raise Refused(Code.SEGMENT_IN_USE, message, ("id",))
    await stop_building(segment)
    await empty(segment)
    await execute(
        "UPDATE segment SET archived_at = ?, name_key = NULL, member_count = 0 WHERE id = ?",
        (now(), segment_id),
    )


@transactional
async def rebuild_segment(segment_id: int) -> Built:
    """Work a segment out anew for all customers, such as after a repair."""
    await hold_judgement()
    return await build(await standing(segment_id))


async def standing(segment_id: int) -> Definition:
    """The segment, unless it is archived; refuses unknown ones."""
    found = await definition_of(segment_id)
    if found is None:
        raise Refused(Code.SEGMENT_NOT_FOUND, "There is no such segment.", ("id",))
    return found


async def in_dependence() -> list[Definition]:
    """All segments; each after those that its condition names."""
    waiting = {one.id: one for one in await all_definitions()}
    ordered: list[Definition] = []

    def place(one: Definition) -> None:
        if waiting.pop(one.id, None) is None:
            return
        for other in [waiting.get(key) for key in named_segments(one)]:
            if other is not None:
                place(other)
        ordered.append(one)

    for one in list(waiting.values()):
        place(one)
    return ordered


def named_segments(segment: Definition) -> list[int]:
    """The segments that the condition of another names."""
    prefix = f"{WORD}:"
    return [
        int(fact.removeprefix(prefix)) for fact in segment.affected_by if fact.startswith(prefix)
    ]


async def _begin_failed(actor: Actor, segment: Definition) -> int | None:
    """The task that does the version's work now, if the one before was given up."""
    failed = segment.building
    if failed is None or not await has_failed(failed.task_id):
        return None
    await check(failed.condition, owner=(WORD, segment.id))
    return await work_out(actor, segment, failed.version, failed.condition)


async def _redefine(actor: Actor, segment: Definition, condition: Condition, version: int) -> int:
    if segment.is_static:
        message = "A static segment keeps those who met its condition once."
        raise Refused(Code.SEGMENT_IS_STATIC, message, ("condition",))
    await check(condition, owner=(WORD, segment.id))
    meant, told = to_json(condition), await explain(condition)
    await execute(
        "UPDATE segment SET building_condition = ?, building_summary = ? WHERE id = ?",
        (meant, told, segment.id),
    )
    if segment.is_new:  # nothing stands that this could be beside
        await execute(
            "UPDATE segment SET version = ?, condition = ?, condition_summary = ? WHERE id = ?",
            (version, meant, told, segment.id),
        )
    return await work_out(actor, segment, version, condition)


def _taken(name: str) -> Refused:
    return Refused(Code.NAME_TAKEN, f"There is a segment called {name} already.", ("name",))


def _checked(text: SegmentText) -> SegmentText:
    name = " ".join(text.name.split())
    if not name or len(name) > MAX_NAME or "\x00" in name:
        message = f"A segment's name has 1 to {MAX_NAME} characters."
        raise Refused(Code.NAME_EMPTY, message, ("name",))
    description = (text.description or "").strip() or None
    if description and (len(description) > MAX_DESCRIPTION or "\x00" in description):
        message = f"A description has at most {MAX_DESCRIPTION} characters."
        raise Refused(Code.DESCRIPTION_INVALID, message, ("description",))
    return SegmentText(name, description)
