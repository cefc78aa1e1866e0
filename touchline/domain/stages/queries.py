"""Reads of stages."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from touchline.domain.conditions.influence import affected_by
from touchline.domain.conditions.storage import from_json
from touchline.domain.conditions.tree import Condition
from touchline.domain.kernel.db import fetch


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage; those with a greater ``place`` are later in the journey.

    The next condition is that of a journey that is being worked out.
    """

    id: int
    name: str
    place: int
    condition: Condition | None
    affected_by: frozenset[str]
    is_leaving: bool
    next_condition: Condition | None


async def all_stages() -> list[Stage]:
    """The stages in the order of the journey."""
    rows = await fetch(
        "SELECT id, name, place, condition, is_leaving, next_condition FROM stage"
        " ORDER BY place, id"
    )
    found = []
    for row in rows:
        condition, affected = _read(row["condition"]) if row["condition"] else (None, frozenset())
        later, _ = _read(row["next_condition"]) if row["next_condition"] else (None, frozenset())
        found.append(
            Stage(
                *(row["id"], row["name"], row["place"], condition, affected),
                *(bool(row["is_leaving"]), later),
            )
        )
    return found


def conditions_of(stages: Iterable[Stage]) -> list[Condition]:
    """Those that hold, and those that will."""
    return [
        condition
        for stage in stages
        for condition in (stage.condition, stage.next_condition)
        if condition is not None
    ]


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[Condition, frozenset[str]]:
    condition = from_json(text)
    return condition, affected_by(condition)
