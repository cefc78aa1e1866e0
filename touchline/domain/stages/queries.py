"""Reads of stages."""

from dataclasses import dataclass
from functools import lru_cache

from touchline.domain.conditions.influence import affected_by
from touchline.domain.conditions.storage import from_json
from touchline.domain.conditions.tree import Condition
from touchline.domain.kernel.db import fetch


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage; those with a greater ``place`` are later in the journey."""

    id: int
    name: str
    place: int
    condition: Condition | None
    affected_by: frozenset[str]


async def all_stages() -> list[Stage]:
    """The stages in the order of the journey."""
    rows = await fetch("SELECT id, name, place, condition FROM stage ORDER BY place, id")
    found = []
    for row in rows:
        condition, affected = _read(row["condition"]) if row["condition"] else (None, frozenset())
        found.append(Stage(row["id"], row["name"], row["place"], condition, affected))
    return found


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[Condition, frozenset[str]]:
    condition = from_json(text)
    return condition, affected_by(condition)
