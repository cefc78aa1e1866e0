"""Having stale customers judged, batch by batch."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import Row, execute, fetch, fetch_one, in_transaction
from touchline.domain.kernel.rows import in_list, plan_by_key
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import Facts, hold_judgement

BATCH = 500
"""Rows judged in one transaction: few enough that others get their turn soon."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Customers whose facts changed, what changed of each, and the instant of the judgement."""

    facts: Mapping[int, frozenset[str]]
    at: Moment

    def touched(self, by: frozenset[str]) -> list[int]:
        """The customers of whom something changed that is among ``by``, or everything."""
        return [
            customer
            for customer, changed in self.facts.items()
            if facts.EVERYTHING in changed or not by.isdisjoint(changed)
        ]


Judge = Callable[[Judged], Awaitable[None]]
"""Brings what one capability says of customers up to date, in the transaction of the caller.

A customer that was merged into another is judged too: nothing is to be said of it any more.
"""


async def drain(judges: Sequence[Judge], *, limit: int = BATCH) -> int:
    """Judge the customers that have waited longest; returns how many rows were worked off.

    One transaction: a crash at any point leaves them stale. What judges change of a customer may
    make it stale again for others; that is found by the next call.
    """
    if not await waits():
        return 0
    return await in_transaction(lambda: _drain(judges, limit))


async def waits() -> bool:
    """Whether anything is to be judged now; reads only."""
    stale = await fetch_one("SELECT 1 AS found FROM stale LIMIT 1")
    return stale is not None or await _due(1) != []


async def _drain(judges: Sequence[Judge], limit: int) -> int:
    await hold_judgement()
    await plan_by_key(small_sets=True)
    noted = await _wake(limit)
    woken = len(noted)
    rows = await fetch("SELECT id, customer_id, facts FROM stale ORDER BY id LIMIT ?", (limit,))
    for row in rows:
        noted.setdefault(row["customer_id"], set()).update(orjson.loads(row["facts"]))
    if noted:
        judged = Judged({one: frozenset(changed) for one, changed in noted.items()}, now())
        for judge in judges:
            await judge(judged)
            crashpoint("judging.judged")
    condition, params = in_list("id", [row["id"] for row in rows])
    await execute(f"DELETE FROM stale WHERE {condition}", params)
    return len(rows) + woken


async def _wake(limit: int) -> Facts:
    """Take the instants that have come."""
    due = await _due(limit)
    if not due:
        return {}
    condition, params = in_list("id", [row["id"] for row in due])
    await execute(f"DELETE FROM wake WHERE {condition}", params)
    noted: Facts = {}
    for row in due:
        noted.setdefault(row["customer_id"], set()).add(facts.due(row["owner"]))
    return noted


async def _due(limit: int) -> list[Row]:
    sql = "SELECT id, owner, customer_id FROM wake WHERE wake_at <= ? ORDER BY wake_at, id LIMIT ?"
    return await fetch(sql, (now(), limit))
