"""Asking the database of whom a condition holds."""

from touchline.domain.conditions.compiling import Only, matching, next_instants
from touchline.domain.conditions.tree import Condition
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import fetch


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
