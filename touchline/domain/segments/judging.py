"""Keeping segments up to date, customer by customer, as facts and time change."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from touchline.domain.conditions import queries
from touchline.domain.conditions.influence import Index
from touchline.domain.identity.queries import absorbed_by
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import in_list, insert_rows
from touchline.domain.segments.building import members_query
from touchline.domain.segments.definitions import Definition, all_definitions
from touchline.domain.segments.events import SEGMENT_MEMBERS_CHANGED
from touchline.domain.staleness import facts
from touchline.domain.staleness.draining import Judged
from touchline.domain.staleness.service import mark, set_wakes

Pair = tuple[int, int]
"""A segment and a customer."""


@dataclass(slots=True)
class _Moves:
    """Who came and who went."""

    entered: list[Pair] = field(default_factory=list)
    left: list[Pair] = field(default_factory=list)

    def note(self, segment: int, present: set[int], meant: set[int]) -> None:
        """Who is in a segment of those in question, and who is to be."""
        self.entered += [(segment, customer) for customer in sorted(meant - present)]
        self.left += [(segment, customer) for customer in sorted(present - meant)]


async def judge(judged: Judged) -> None:
    """Look anew at the customers whose facts changed, in the segments which that can change."""
    segments = await all_definitions()
    if not segments:
        return
    touched = _touched(segments, judged)
    if not touched:
        return
    moves = _Moves()
    present = await _present({one for customers in touched.values() for one in customers})
    for segment in segments:
        customers = touched.get(segment.id)
        if customers:
            meant = await _meant(segment, customers, judged.at)
            moves.note(segment.id, present.get(segment.id, set()).intersection(customers), meant)
            if not segment.is_static:
                await _wake(segment, customers, judged.at)
    await _write(moves, judged.at)


def _touched(segments: Collection[Definition], judged: Judged) -> Mapping[int, list[int]]:
    index = Index({segment.id: segment.affected_by for segment in segments})
    by_due = {facts.due(segment.owner): segment.id for segment in segments}
    touched: dict[int, list[int]] = {}
    for customer, changed in judged.facts.items():
        found = index.touched(changed)
        found |= {by_due[fact] for fact in changed if fact in by_due}
        for segment in found:
            touched.setdefault(segment, []).append(customer)
    return touched


async def _meant(segment: Definition, customers: list[int], at: Moment) -> set[int]:
    if not segment.is_static:
        return await queries.matches(segment.condition, at=at, only=customers)
    query = members_query(segment, at, await _origins(customers))
    rows = await fetch(query.text, query.params)
    return {row[0] for row in rows} & set(customers)


async def _origins(customers: Collection[int]) -> list[int]:
    """The customers themselves and all that were ever merged into them and still are."""
    found = set(customers)
    latest = found
    while latest:
        latest = await absorbed_by(latest) - found
        found = found | latest
    return sorted(found)


async def _present(customers: Collection[int]) -> Mapping[int, set[int]]:
    """Who of the customers is in which segment, as it is stored."""
    condition, params = in_list("customer_id", customers)
    rows = await fetch(
        f"SELECT segment_id, customer_id FROM segment_member WHERE {condition}", params
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row["segment_id"], set()).add(row["customer_id"])
    return found


async def _wake(segment: Definition, customers: Collection[int], at: Moment) -> None:
    woken = await queries.wakes(segment.condition, at=at, only=customers)
    await set_wakes(segment.owner, {customer: woken.get(customer) for customer in customers})


async def _write(moves: _Moves, at: Moment) -> None:
    if not moves.entered and not moves.left:
        return
    await insert_rows(
        "segment_member",
        ["segment_id", "customer_id", "entered_at"],
        [(segment, customer, at) for segment, customer in moves.entered],
    )
    changes: dict[int, int] = {}
    for segment, _ in moves.entered:
        changes[segment] = changes.get(segment, 0) + 1
    leaving: dict[int, list[int]] = {}
    for segment, customer in moves.left:
        leaving.setdefault(segment, []).append(customer)
    for segment, customers in leaving.items():
        condition, params = in_list("customer_id", customers)
        await execute(
            f"DELETE FROM segment_member WHERE segment_id = ? AND {condition}", [segment, *params]
        )
        changes[segment] = changes.get(segment, 0) - len(customers)
    for segment, change in changes.items():
        await execute(
            "UPDATE segment SET member_count = member_count + ?, computed_at = ? WHERE id = ?",
            (change, at, segment),
        )
    for segment, customer in (*moves.entered, *moves.left):
        mark({customer: (facts.segment(segment),)})
    await emit(SEGMENT_MEMBERS_CHANGED, {"entered": moves.entered, "left": moves.left})
