"""Keeping segments up to date, customer by customer, as facts and time change."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from touchline.domain.conditions.influence import Index
from touchline.domain.conditions.queries import ask_each
from touchline.domain.identity.queries import absorbed_by
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import in_list, insert_later
from touchline.domain.kernel.statements import Statement
from touchline.domain.kernel.transaction import write_later
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
    segments = await judged.once(all_definitions)
    if not segments:
        return
    touched = _touched(segments, judged)
    if not touched:
        return
    moves = _Moves()
    present = await _present({one for customers in touched.values() for one in customers})
    asked = [one for one in segments if one.id in touched and not one.is_static]
    answers = await ask_each([(one.condition, touched[one.id]) for one in asked], judged.at)
    meant = {one.id: answer.holds for one, answer in zip(asked, answers, strict=True)}
    for segment in segments:
        customers = touched.get(segment.id)
        if customers and segment.is_static:
            meant[segment.id] = await _of_static(segment, customers, judged.at)
        if customers:
            stood = present.get(segment.id, set()).intersection(customers)
            moves.note(segment.id, stood, meant[segment.id])
    for segment, answer in zip(asked, answers, strict=True):
        set_wakes(segment.owner, answer.wakes)
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


async def _of_static(segment: Definition, customers: list[int], at: Moment) -> set[int]:
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


async def _write(moves: _Moves, at: Moment) -> None:
    if not moves.entered and not moves.left:
        return
    insert_later(
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
        sql = f"DELETE FROM segment_member WHERE segment_id = ? AND {condition}"
        write_later(Statement(sql, [segment, *params]))
        changes[segment] = changes.get(segment, 0) - len(customers)
    for segment, change in changes.items():
        sql = "UPDATE segment SET member_count = member_count + ?, computed_at = ? WHERE id = ?"
        write_later(Statement(sql, (change, at, segment)))
    for segment, customer in (*moves.entered, *moves.left):
        mark({customer: (facts.segment(segment),)})
    await emit(SEGMENT_MEMBERS_CHANGED, {"entered": moves.entered, "left": moves.left})
