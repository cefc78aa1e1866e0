"""What segments are now, and how they stand in the language of conditions."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from touchline.domain.conditions import registry
from touchline.domain.conditions.influence import affected_by
from touchline.domain.conditions.registry import LeafKind
from touchline.domain.conditions.retelling import retell_in
from touchline.domain.conditions.sql import Query, Scope
from touchline.domain.conditions.storage import from_json
from touchline.domain.conditions.tree import Condition, InSegment
from touchline.domain.kernel.db import Row, fetch, fetch_one
from touchline.domain.staleness import facts

WORD = "segment"
_COLUMNS = (
    "id, name, is_static, condition, version, building_version, building_condition, build_id,"
    " task_id"
)


@dataclass(frozen=True, slots=True)
class Building:
    """The version of a segment that is being worked out."""

    version: int
    condition: Condition
    build_id: int
    task_id: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A segment that stands. ``affected_by`` are the facts that can change who is in it."""

    id: int
    name: str
    is_static: bool
    condition: Condition
    version: int
    affected_by: frozenset[str]
    building: Building | None = None

    @property
    def is_new(self) -> bool:
        """Whether nobody is in it yet, for it was never worked out."""
        return self.building is not None and self.building.version == self.version

    @property
    def owner(self) -> str:
        """Under which name it asks to be woken."""
        return f"{WORD}:{self.id}"


async def all_definitions() -> list[Definition]:
    """Every segment that is not archived and was worked out."""
    return [one for one in await _all() if not one.is_new]


async def _all() -> list[Definition]:
    rows = await fetch(f"SELECT {_COLUMNS} FROM segment WHERE archived_at IS NULL ORDER BY id")
    return [_definition(row) for row in rows]


async def definition_of(segment_id: int) -> Definition | None:
    """One of them."""
    row = await fetch_one(
        f"SELECT {_COLUMNS} FROM segment WHERE archived_at IS NULL AND id = ?", (segment_id,)
    )
    return _definition(row) if row is not None else None


def _definition(row: Row) -> Definition:
    condition, affected = _read(row["condition"])
    if row["is_static"]:
        affected = frozenset()
    building = None
    if row["building_version"] is not None:
        meant, _ = _read(row["building_condition"])
        building = Building(row["building_version"], meant, row["build_id"], row["task_id"])
    return Definition(
        row["id"],
        row["name"],
        bool(row["is_static"]),
        condition,
        row["version"],
        affected,
        building,
    )


@lru_cache(maxsize=4_096)
def _read(text: str) -> tuple[Condition, frozenset[str]]:
    condition = from_json(text)
    return condition, affected_by(condition)


def _members(leaf: InSegment, scope: Scope) -> Query:
    return Query(
        "SELECT m.customer_id FROM segment_member m"
        f" WHERE m.segment_id = ?{scope.bound('m.customer_id')}",
        (leaf.segment,),
    )


async def _name(leaf: InSegment) -> str | None:
    found = await definition_of(leaf.segment)
    return found.name if found is not None else None


async def _uses(segment_id: int) -> Iterable[Condition]:
    found = await definition_of(segment_id)
    return _meant(found) if found is not None and not found.is_static else []


async def _users(reference: registry.Reference) -> Iterable[str]:
    """The segments whose condition names something."""
    return [
        f"the segment {one.name}"
        for one in await _all()
        if (not one.is_static or one.is_new)
        and any(reference in registry.references(meant) for meant in _meant(one))
    ]


def _meant(segment: Definition) -> list[Condition]:
    """The conditions by which it is made, or will be."""
    building = [segment.building.condition] if segment.building is not None else []
    return [segment.condition, *building]


async def _retell(reference: registry.Reference) -> None:
    await retell_in("segment", reference)
    await retell_in(
        "segment", reference, condition="building_condition", summary="building_summary"
    )


SEGMENT_LEAF = registry.contribute(
    LeafKind(
        node=InSegment,
        word=WORD,
        key=lambda leaf: int(leaf.segment),
        members=_members,
        facts=lambda leaf: [facts.segment(leaf.segment)],
        name=_name,
        uses=_uses,
        users=_users,
        retell=_retell,
    )
)
