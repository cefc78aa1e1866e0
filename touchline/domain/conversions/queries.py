"""Reads of goals and conversions."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from touchline.domain.conversions.definition import Definition, from_text
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import Row, fetch
from touchline.domain.kernel.rows import in_list

_COLUMNS = (
    "id, name, version, definition, is_applied, building_version, building_definition, reached,"
    " task_id, archived_at"
)


@dataclass(frozen=True, slots=True)
class Building:
    """A version on its way; customers up to ``reached`` were looked at."""

    version: int
    definition: Definition
    reached: int


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as those find it who keep its conversions. ``until`` it counts, if it is archived."""

    id: int
    name: str
    version: int
    definition: Definition
    is_applied: bool
    until: Moment | None
    building: Building | None
    task_id: int | None


async def all_goals() -> list[Goal]:
    """Every goal, the archived ones too."""
    return [
        _goal(row) for row in await fetch(f"SELECT {_COLUMNS} FROM conversion_goal ORDER BY id")
    ]


async def goal_of(goal_id: int) -> Goal | None:
    """One of them."""
    rows = await fetch(f"SELECT {_COLUMNS} FROM conversion_goal WHERE id = ?", (goal_id,))
    return _goal(rows[0]) if rows else None


async def conversion_count() -> int:
    """How many conversions there are."""
    (row,) = await fetch("SELECT count(*) AS found FROM conversion")
    return int(row["found"])


async def conversions_of(customer_ids: Iterable[int]) -> list[Row]:
    """The conversions of some customers, by customer and as they occurred.

    Columns ``id``, ``goal_id``, ``customer_id``, ``touchpoint_id``, ``occurred_at``,
    ``value_minor``, ``currency``, ``refunded_minor``.
    """
    wanted = list(customer_ids)
    if not wanted:
        return []
    condition, params = in_list("customer_id", wanted)
    return await fetch(
        "SELECT id, goal_id, customer_id, touchpoint_id, occurred_at, value_minor, currency,"
        f" refunded_minor FROM conversion WHERE {condition} ORDER BY customer_id, occurred_at, id",
        params,
    )


def _goal(row: Row) -> Goal:
    building = None
    if row["building_version"] is not None:
        building = Building(
            row["building_version"], _definition(row["building_definition"]), row["reached"]
        )
    return Goal(
        row["id"],
        row["name"],
        row["version"],
        _definition(row["definition"]),
        bool(row["is_applied"]),
        row["archived_at"],
        building,
        row["task_id"],
    )


@lru_cache(maxsize=256)
def _definition(text: str) -> Definition:
    return from_text(text)
