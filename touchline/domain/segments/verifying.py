"""Whether what is stored of a segment is what a rebuild would make of it."""

from dataclasses import dataclass

from touchline.domain.conditions.queries import matches
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import fetch
from touchline.domain.segments.building import member_ids, members_query
from touchline.domain.segments.definitions import Definition, all_definitions
from touchline.domain.staleness.queries import waiting_among

_LOOKS = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """How many customers a segment lacks, and how many it has too many."""

    name: str
    missing: int
    surplus: int


async def differences() -> list[Difference]:
    """The segments that are not what their condition says.

    Customers that wait to be judged are left out, and what differs is looked at again, since all
    may change meanwhile.
    """
    found = []
    for segment in await all_definitions():
        different = await _different(segment, None)
        for _ in range(_LOOKS - 1):
            if different:
                different = await _different(segment, different)
        if different:
            present = await member_ids(segment.id)
            surplus = len(different & present)
            found.append(Difference(segment.name, len(different) - surplus, surplus))
    return found


async def _different(segment: Definition, among: set[int] | None) -> set[int]:
    present = await member_ids(segment.id)
    meant = await _meant(segment, among)
    if among is not None:
        present &= among
        meant &= among
    different = present ^ meant
    return different - await waiting_among(different)


async def _meant(segment: Definition, among: set[int] | None) -> set[int]:
    if not segment.is_static:
        return await matches(segment.condition, at=now(), only=among)
    query = members_query(segment, now())
    return {row[0] for row in await fetch(query.text, query.params)}
