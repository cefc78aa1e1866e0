"""What conditions name exists, and nothing depends on itself."""

from collections.abc import Iterable

from touchline.domain.conditions.errors import ConditionCode as Code
from touchline.domain.conditions.registry import LeafKind, Reference, kind_of
from touchline.domain.conditions.tree import (
    Condition,
    HasTag,
    InSegment,
    InStage,
    Score,
    parts,
)
from touchline.domain.kernel.errors import PathStep, Refused

_MOST_HOPS = 5_000

Place = tuple[Condition, tuple[PathStep, ...]]


async def check_references(leaves: Iterable[Place], owner: Reference | None) -> None:
    """Raise ``Refused`` where a leaf names what does not exist, or what depends on ``owner``."""
    for leaf, at in leaves:
        kind = kind_of(leaf)
        if kind is None and isinstance(leaf, HasTag | Score | InStage | InSegment):
            raise Refused(Code.UNKNOWN_REFERENCE, "There is no such thing here.", at)
        if kind is None:
            continue
        name = await kind.name(leaf)
        if name is None:
            message = f"There is no {kind.word} with this id."
            raise Refused(Code.UNKNOWN_REFERENCE, message, at)
        if owner is not None:
            way = await _way_back(kind, leaf, owner)
            if way is not None:
                told = " → ".join(way)
                message = f"It would depend on itself: {told}."
                raise Refused(Code.CONDITION_CYCLE, message, at)


async def _way_back(kind: LeafKind, leaf: Condition, owner: Reference) -> list[str] | None:
    """The names on the way from a leaf to ``owner``, the leaf's first; ``None``: there is none."""
    seen: set[Reference] = set()
    waiting: list[tuple[LeafKind, Condition, list[str]]] = [(kind, leaf, [])]
    while waiting and len(seen) < _MOST_HOPS:
        kind, leaf, way = waiting.pop()
        reference = kind.reference(leaf)
        here = [*way, await kind.name(leaf) or f"{reference[0]} {reference[1]}"]
        if reference == owner:
            return here
        if reference in seen:
            continue
        seen.add(reference)
        for used in await kind.uses(reference[1]):
            waiting += [(found, named, here) for found, named in _named(used)]
    return None


def _named(condition: Condition) -> Iterable[tuple[LeafKind, Condition]]:
    kind = kind_of(condition)
    if kind is not None:
        yield kind, condition
    for part in parts(condition):
        yield from _named(part)
