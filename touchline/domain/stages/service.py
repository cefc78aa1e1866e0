"""Commands on the journey: its stages, their conditions and order, and moving customers by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.domain.conditions.explaining import explain
from touchline.domain.conditions.registry import listed, renamed, users_of
from touchline.domain.conditions.storage import to_json
from touchline.domain.conditions.tree import Condition
from touchline.domain.conditions.validation import check
from touchline.domain.customers.queries import present_id
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import Row, execute, fetch, fetch_one, transactional
from touchline.domain.kernel.errors import PathStep, Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.stages.errors import StageErrorCode as Code
from touchline.domain.stages.leaf import STAGE_LEAF, WORD
from touchline.domain.stages.placing import place
from touchline.domain.stages.replacing import place_everybody as everybody
from touchline.domain.stages.replacing import replace
from touchline.domain.staleness.service import hold_judgement
from touchline.domain.timeline import service as timeline
from touchline.domain.timeline.summary import shortened
from touchline.domain.timeline.types import TouchpointType

MOST_STAGES = 20
MAX_NAME = 100
MAX_DESCRIPTION = 1_000
MAX_REASON = 500
# What a stage is to be where nothing else is written of it yet.
_AS_IT_IS = (
    "is_changing = TRUE,"
    " next_condition = CASE WHEN is_changing THEN next_condition ELSE condition END,"
    " next_summary = CASE WHEN is_changing THEN next_summary ELSE condition_summary END"
)


@dataclass(frozen=True, slots=True)
class StageText:
    """What people write of a stage. Without a condition customers come to it by hand alone."""

    name: str
    description: str | None = None
    condition: Condition | None = None


@transactional
async def create_stage(actor: Actor, text: StageText) -> int:
    """Add a stage at the end of the journey; returns its id."""
    actor.require(Scope.WRITE)
    await hold_judgement()
    name, description = await _checked(text, None)
    rows = await fetch("SELECT count(*) AS found, max(place) AS last FROM stage")
    if rows[0]["found"] >= MOST_STAGES:
        message = f"A journey has at most {MOST_STAGES} stages."
        raise Refused(Code.TOO_MANY_STAGES, message)
    made = await insert_rows(
        "stage",
        [
            *("name", "name_key", "description", "place", "condition", "condition_summary"),
            *("customer_count", "created_at"),
        ],
        [
            (
                *(name, name_key(name), description, (rows[0]["last"] or 0) + 1),
                *(None, None, 0, now()),
            )
        ],
        on_conflict="ON CONFLICT (name_key) DO NOTHING",
        returning="id",
    )
    if not made:
        raise _taken(name)
    stage_id = int(made[0]["id"])
    if text.condition is not None:
        await _write_next(stage_id, *await _condition(text.condition))
        await replace(actor)
    return stage_id


@transactional
async def update_stage(actor: Actor, stage_id: int, text: StageText) -> None:
    """Give a stage other words or another condition, which holds once everybody is placed."""
    actor.require(Scope.WRITE)
    await hold_judgement()
    stage = await _found(stage_id)
    name, description = await _checked(text, stage_id)
    key = name_key(name)
    if await fetch("SELECT 1 FROM stage WHERE name_key = ? AND id <> ?", (key, stage_id)):
        raise _taken(name)
    condition, summary = await _condition(text.condition)
    await execute(
        "UPDATE stage SET name = ?, name_key = ?, description = ? WHERE id = ?",
        (name, key, description, stage_id),
    )
    if name != stage["name"]:
        await renamed((WORD, stage_id))
    if condition != stage["condition"]:
        await _write_next(stage_id, condition, summary)
        await replace(actor)


@transactional
async def order_stages(actor: Actor, stage_ids: Sequence[int]) -> None:
    """Put the stages into another order; all of them must be named."""
    actor.require(Scope.WRITE)
    await hold_judgement()
    known = {row["id"] for row in await fetch("SELECT id FROM stage WHERE is_leaving = FALSE")}
    if len(stage_ids) != len(known) or set(stage_ids) != known:
        message = "Name each stage of the journey once."
        raise Refused(Code.ORDER_INVALID, message, ("ids",))
    for at, stage in enumerate(stage_ids, 1):
        await execute(f"UPDATE stage SET next_place = ?, {_AS_IT_IS} WHERE id = ?", (at, stage))
    await replace(actor)


@transactional
async def delete_stage(actor: Actor, stage_id: int) -> None:
    """Take a stage out of the journey; refused while something else names it."""
    actor.require(Scope.WRITE)
    await hold_judgement()
    stage = await _found(stage_id)
    users = await users_of((STAGE_LEAF.word, stage_id))
    if users:
        message = f"{stage['name']} is named by {listed(users)}."
        raise Refused(Code.STAGE_IN_USE, message, ("id",))
    await execute(
        "UPDATE stage SET is_leaving = TRUE, name_key = ? WHERE id = ?",
        (f"\x7f{stage_id}", stage_id),
    )
    await replace(actor)


@transactional
async def move_customer(
    actor: Actor, *, customer_id: int, stage_id: int | None, reason: str
) -> int:
    """Say in which stage a customer is, whatever conditions say; ``None`` lets them decide again.

    The timeline tells of it. Returns the customer, a merged one as whom it became.
    """
    actor.require(Scope.WRITE)
    why = reason.strip()
    if not 1 <= len(why) <= MAX_REASON or "\x00" in why:
        message = f"A reason has 1 to {MAX_REASON} characters."
        raise Refused(Code.REASON_INVALID, message, ("reason",))
    present = await present_id(customer_id)
    if present is None:
        message = "There is no such customer."
        raise Refused(Code.CUSTOMER_NOT_FOUND, message, ("customerId",))
    name = (await _found(stage_id, "stageId"))["name"] if stage_id is not None else None
    moment = now()
    await insert_rows(
        "stage_word",
        ["customer_id", "stage_id", "reason", "actor_name", "said_at"],
        [(present, stage_id, why, actor.name, moment)],
        on_conflict="ON CONFLICT (customer_id) DO UPDATE SET stage_id = excluded.stage_id,"
        " reason = excluded.reason, actor_name = excluded.actor_name,"
        " said_at = excluded.said_at",
    )
    await place([present], moment)
    told = f"Moved to the stage {name}: {why}" if name else f"Stage left to the rules: {why}"
    await timeline.append_entry(
        actor,
        customer_id=present,
        type=TouchpointType.STAGE_MOVED,
        name="Stage moved",
        summary=shortened(told),
        properties={"stage": name, "reason": why},
    )
    return present


async def text_of(stage_id: int) -> Row:
    """What is written of a stage now; refuses unknown ones."""
    return await _found(stage_id)


@transactional
async def place_everybody(actor: Actor) -> int:
    """Place all customers anew; returns how many moved, which is nobody unless one was lost."""
    actor.require(Scope.WRITE)
    await hold_judgement()
    moved = await everybody()
    await execute(
        "UPDATE stage SET customer_count = (SELECT count(*) FROM customer_stage c"
        " WHERE c.stage_id = stage.id)"
    )
    return moved


async def _write_next(stage_id: int, condition: str | None, summary: str | None) -> None:
    """Write down what is to hold of a stage."""
    await execute(
        "UPDATE stage SET next_place = coalesce(next_place, place), is_changing = TRUE,"
        " next_condition = ?, next_summary = ? WHERE id = ?",
        (condition, summary, stage_id),
    )


async def _found(stage_id: int, field: str = "id") -> Row:
    """The stage, with the condition that was written of it last."""
    row = await fetch_one(
        "SELECT id, name, description,"
        " CASE WHEN is_changing THEN next_condition ELSE condition END AS condition"
        " FROM stage WHERE id = ? AND is_leaving = FALSE",
        (stage_id,),
    )
    if row is None:
        raise Refused(Code.STAGE_NOT_FOUND, "There is no such stage.", (field,))
    return row


async def _condition(condition: Condition | None) -> tuple[str | None, str | None]:
    if condition is None:
        return None, None
    return to_json(condition), await explain(condition)


async def _checked(text: StageText, stage_id: int | None) -> tuple[str, str | None]:
    name = text.name.strip()
    if not 1 <= len(name) <= MAX_NAME or "\x00" in name:
        message = f"A stage's name has 1 to {MAX_NAME} characters."
        raise Refused(Code.STAGE_NAME_INVALID, message, ("name",))
    description = (text.description or "").strip()
    if len(description) > MAX_DESCRIPTION or "\x00" in description:
        message = f"A description has at most {MAX_DESCRIPTION} characters."
        raise Refused(Code.DESCRIPTION_INVALID, message, ("description",))
    if text.condition is not None:
        path: tuple[PathStep, ...] = ("condition",)
        await _check_free_of_stages(text.condition, path)
        await check(text.condition, path=path, owner=(WORD, stage_id or 0))
    return name, description or None


async def _check_free_of_stages(condition: Condition, path: tuple[PathStep, ...]) -> None:
    """One stage depends on the conditions of all, so that none may speak of stages in any way."""
    for row in await fetch("SELECT id FROM stage"):
        await check(condition, path=path, owner=(WORD, row["id"]))


def _taken(name: str) -> Refused:
    message = f"There is a stage called {name} already."
    return Refused(Code.NAME_TAKEN, message, ("name",))
