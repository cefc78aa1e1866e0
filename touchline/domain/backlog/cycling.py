"""Cycles: a goal, what fits into it from the top of the list, daily notes, and what is learned."""

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.domain.backlog.calendar import last_of
from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.backlog.flow import points_per_cycle
from touchline.domain.backlog.items import Item, as_item, held_backlog
from touchline.domain.backlog.logbook import tell_board
from touchline.domain.backlog.rights import require_worker
from touchline.domain.backlog.types import DONE, UNDER_WAY, Change, ItemState
from touchline.domain.backlog.words import checked_text
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import DAY, now
from touchline.domain.kernel.db import Row, execute, fetch, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import for_update, in_list, insert_rows

LENGTHS = (5, 10)
FURTHEST = 366
MOST_POINTS = 1_000
MOST_IMPROVEMENTS = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """A cycle that is to be. Without a ``capacity`` it is what past cycles got done."""

    goal: str
    first_day: int
    working_days: int
    capacity: int | None = None


@transactional
async def plan_cycle(actor: Actor, backlog_id: int, plan: Plan) -> int:
    """Begin a cycle with what is under way, and what is ready from the top as far as it fits.

    Returns its id. A backlog has one open cycle at a time.
    """
    require_worker(actor)
    backlog = await held_backlog(backlog_id)
    goal = _said(plan.goal, "goal")
    if plan.working_days not in LENGTHS:
        message = "A cycle has 5 or 10 working days."
        raise Refused(Code.DAYS_INVALID, message, ("workingDays",))
    last_day = last_of(plan.first_day, plan.working_days)
    if last_day < now() // DAY:
        message = "This cycle would be over before it is planned; begin it later."
        raise Refused(Code.DAYS_INVALID, message, ("startsOn",))
    if plan.first_day > now() // DAY + FURTHEST:
        message = f"A cycle begins within {FURTHEST} days."
        raise Refused(Code.DAYS_INVALID, message, ("startsOn",))
    if await open_cycle_of(backlog.id) is not None:
        raise Refused(Code.CYCLE_OPEN, "Close the cycle that is open first.", ("backlogId",))
    capacity = await _capacity(backlog.id, plan)
    carried, chosen = await _chosen(backlog.id, capacity)
    rows = await insert_rows(
        "backlog_cycle",
        [
            *("backlog_id", "goal", "first_day", "last_day", "capacity", "committed_points"),
            *("actor_name", "created_at"),
        ],
        [
            (
                *(backlog.id, goal, plan.first_day, last_day),
                *(capacity, sum(one.effort or 0 for one in chosen), actor.name, now()),
            )
        ],
        returning="id",
    )
    cycle = int(rows[0]["id"])
    items = [(cycle, one.id, one.id in carried) for one in chosen]
    await insert_rows("backlog_cycle_item", ["cycle_id", "item_id", "is_carried"], items)
    await tell_board(backlog.id, backlog.order_version, Change.CYCLE_PLANNED, cycle_id=cycle)
    return cycle


@transactional
async def note_huddle(actor: Actor, cycle_id: int, *, text: str, blocked: str | None) -> None:
    """Say what moved and what blocks today; said again on the same day, it takes its place."""
    member = require_worker(actor)
    cycle = await _open(cycle_id)
    moment = now()
    await insert_rows(
        "backlog_huddle_note",
        ["cycle_id", "day", "member_id", "text", "blocked", "written_at"],
        [
            (
                *(cycle["id"], moment // DAY, member),
                *(_said(text, "text"), checked_text(blocked, "blocked"), moment),
            )
        ],
        on_conflict="ON CONFLICT (cycle_id, day, member_id) DO UPDATE SET text = excluded.text,"
        " blocked = excluded.blocked, written_at = excluded.written_at",
    )
    await _tell(cycle, Change.HUDDLE_NOTED)


@transactional
async def close_cycle(
    actor: Actor, cycle_id: int, *, improvements: Sequence[str], showcase: str | None = None
) -> list[int]:
    """End a cycle with at least one thing that the team does better; returns what was not done.

    What is not done stays where it is, and is carried over to the next cycle.
    """
    require_worker(actor)
    cycle = await _open(cycle_id)
    actions = [_said(one, "improvements") for one in improvements if one.strip()]
    if not actions:
        message = "Say at least one thing that the team does better from now on."
        raise Refused(Code.IMPROVEMENT_MISSING, message, ("improvements",))
    if len(actions) > MOST_IMPROVEMENTS:
        message = f"At most {MOST_IMPROVEMENTS} improvements can be kept at once."
        raise Refused(Code.TOO_MANY, message, ("improvements",))
    await insert_rows(
        "backlog_improvement", ["cycle_id", "action"], [(cycle["id"], one) for one in actions]
    )
    await execute(
        "UPDATE backlog_cycle SET closed_at = ?, showcase_notes = ? WHERE id = ?",
        (now(), checked_text(showcase, "showcase"), cycle["id"]),
    )
    await _tell(cycle, Change.CYCLE_CLOSED)
    return await left_over(cycle["id"])


@transactional
async def finish_improvement(actor: Actor, improvement_id: int) -> int:
    """Note that the team does something better now; returns the cycle it came from."""
    require_worker(actor)
    rows = await fetch(
        "UPDATE backlog_improvement SET done_at = coalesce(done_at, ?) WHERE id = ?"
        " RETURNING cycle_id",
        (now(), improvement_id),
    )
    if not rows:
        raise Refused(Code.CYCLE_NOT_FOUND, "There is no such improvement.", ("id",))
    cycle = await fetch_one("SELECT * FROM backlog_cycle WHERE id = ?", (rows[0]["cycle_id"],))
    assert cycle is not None
    await _tell(cycle, Change.IMPROVED)
    return int(rows[0]["cycle_id"])


async def join_cycle(backlog_id: int, item_id: int) -> None:
    """Count what is pulled to the open cycle of its backlog, if there is one."""
    await execute(
        "INSERT INTO backlog_cycle_item (cycle_id, item_id, is_carried, joined_at)"
        " SELECT id, ?, ?, ? FROM backlog_cycle WHERE backlog_id = ? AND closed_at IS NULL"
        " ON CONFLICT (cycle_id, item_id) DO NOTHING",
        (item_id, False, now(), backlog_id),
    )


async def open_cycle_of(backlog_id: int) -> int | None:
    """The cycle of a backlog that is not closed."""
    row = await fetch_one(
        "SELECT id FROM backlog_cycle WHERE backlog_id = ? AND closed_at IS NULL", (backlog_id,)
    )
    return int(row["id"]) if row else None


async def left_over(cycle_id: int) -> list[int]:
    """The items of a cycle that are neither out nor given up."""
    over, params = in_list("i.state", (*DONE, ItemState.DROPPED))
    rows = await fetch(
        "SELECT i.id FROM backlog_cycle_item c JOIN backlog_item i ON i.id = c.item_id"
        f" WHERE c.cycle_id = ? AND NOT ({over}) ORDER BY i.rank",
        (cycle_id, *params),
    )
    return [int(row["id"]) for row in rows]


async def _capacity(backlog_id: int, plan: Plan) -> int:
    if plan.capacity is None:
        past = await points_per_cycle(backlog_id, plan.working_days)
        if past is None:
            message = f"Nothing was done yet to go by; say from 1 to {MOST_POINTS:,} points."
            raise Refused(Code.CAPACITY_INVALID, message, ("capacity",))
        return min(past, MOST_POINTS)
    if not 1 <= plan.capacity <= MOST_POINTS:
        message = f"A cycle has room for 1 to {MOST_POINTS:,} points."
        raise Refused(Code.CAPACITY_INVALID, message, ("capacity",))
    return plan.capacity


async def _chosen(backlog_id: int, capacity: int) -> tuple[set[int], list[Item]]:
    """What an earlier cycle left over, and the items of the new one: the list is not jumped."""
    last = await fetch_one(
        "SELECT id FROM backlog_cycle WHERE backlog_id = ? ORDER BY id DESC LIMIT 1", (backlog_id,)
    )
    carried = set(await left_over(last["id"])) if last else set()
    wanted, params = in_list("state", (*UNDER_WAY, ItemState.READY))
    rows = await fetch(
        f"SELECT * FROM backlog_item WHERE backlog_id = ? AND {wanted} ORDER BY rank",
        (backlog_id, *params),
    )
    items = [as_item(row) for row in rows]
    chosen = [one for one in items if one.state in UNDER_WAY]
    room = capacity - sum(one.effort or 0 for one in chosen)
    for one in items:
        if one.state is ItemState.READY:
            room -= one.effort or 0
            if room < 0:
                break
            chosen.append(one)
    return carried, chosen


async def _open(cycle_id: int) -> Row:
    row = await fetch_one(f"SELECT * FROM backlog_cycle WHERE id = ?{for_update()}", (cycle_id,))
    if row is None:
        raise Refused(Code.CYCLE_NOT_FOUND, "There is no such cycle.", ("cycleId",))
    if row["closed_at"] is not None:
        raise Refused(Code.CYCLE_CLOSED, "The cycle is closed.", ("cycleId",))
    return row


async def _tell(cycle: Row, change: Change) -> None:
    backlog = await held_backlog(cycle["backlog_id"])
    await tell_board(backlog.id, backlog.order_version, change, cycle_id=cycle["id"])


def _said(text: str, field: str) -> str:
    kept = checked_text(text, field)
    if kept is None:
        raise Refused(Code.TEXT_INVALID, "Say something.", (field,))
    return kept
