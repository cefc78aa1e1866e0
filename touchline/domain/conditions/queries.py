"""Asking the database of whom a condition holds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from touchline.domain.conditions.compiling import Only, matching, next_instants
from touchline.domain.conditions.tree import Condition
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import fetch, fetch_together
from touchline.domain.kernel.rows import parts
from touchline.domain.kernel.statements import Statement

_ASKED_AT_ONCE = 40
"""Statements that go together; PostgreSQL plans them as one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Of whom of those in question a condition holds, and until when that is true (``wakes``)."""

    holds: set[int]
    wakes: Mapping[int, Moment]


async def ask_each(
    asked: Sequence[tuple[Condition, Collection[int]]], at: Moment
) -> Sequence[Answer]:
    """Several conditions, each of the customers in question with it: ``matches`` and ``wakes``.

    They go to the database together.
    """
    held = [matching(condition, at=at, only=only) for condition, only in asked]
    until = [next_instants(condition, at=at, only=only) for condition, only in asked]
    queries = [*held, *(one for one in until if one is not None)]
    found = [
        rows
        for some in parts([Statement(one.text, one.params) for one in queries], _ASKED_AT_ONCE)
        for rows in await fetch_together(*some)
    ]
    later = iter(found[len(held) :])
    return [
        Answer(
            {row["customer_id"] for row in rows},
            {row["customer_id"]: row["wake_at"] for row in next(later)} if one is not None else {},
        )
        for rows, one in zip(found, until, strict=False)
    ]


async def matches(condition: Condition, *, at: Moment, only: Only = None) -> set[int]:
    """The customers of whom it holds at ``at``; with ``only``, those among them."""
    if only is not None and not only:
        return set()
    query = matching(condition, at=at, only=only)
    return {row[0] for row in await fetch(query.text, query.params)}


async def wakes(condition: Condition, *, at: Moment, only: Only = None) -> dict[int, Moment]:
    """For each customer the instant until which the answer holds while no fact changes.

    Who is not among them is never changed by time alone.
    """
    if only is not None and not only:
        return {}
    query = next_instants(condition, at=at, only=only)
    if query is None:
        return {}
    return {row[0]: row[1] for row in await fetch(query.text, query.params)}


async def count(condition: Condition, *, at: Moment) -> int:
    """Of how many customers it holds."""
    query = matching(condition, at=at)
    (row,) = await fetch(f"SELECT count(*) AS found FROM ({query.text}) m", query.params)
    return int(row["found"])


async def sample(condition: Condition, *, at: Moment, limit: int) -> list[int]:
    """Some of the customers of whom it holds, the newest first."""
    query = matching(condition, at=at)
    rows = await fetch(
        f"SELECT customer_id FROM ({query.text}) m ORDER BY customer_id DESC LIMIT {limit}",
        query.params,
    )
    return [row[0] for row in rows]
