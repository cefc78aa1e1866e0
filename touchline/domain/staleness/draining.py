"""Having stale customers judged, batch by batch."""

import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import orjson
import structlog

from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import (
    execute,
    fetch,
    fetch_together,
    in_transaction,
    savepoint,
)
from touchline.domain.kernel.rows import in_list, plan_by_key
from touchline.domain.kernel.statements import Statement
from touchline.domain.kernel.transaction import write_later
from touchline.domain.kernel.transience import is_transient
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import Facts, hold_judgement, mark, unmarked
from touchline.domain.staleness.setting_aside import set_aside, take_back

T = TypeVar("T")

log = structlog.get_logger(__name__)

BATCH, FEWEST = 1_000, 50
"""Rows judged in one transaction: as many as the pipeline notes in one, or they would pile up."""
LONGEST_S = 0.2
"""How long it may take, so that others get their turn soon; what takes longer is done for fewer
the next time. The wait for the own turn is not part of it."""
_ROUNDS = 8
"""How often what judges change is judged in the same transaction, before others get their turn."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Customers whose facts changed, what changed of each, and the instant of the judgement."""

    facts: Mapping[int, frozenset[str]]
    at: Moment
    _read: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def touched(self, by: frozenset[str]) -> list[int]:
        """The customers of whom something changed that is among ``by``, or everything."""
        return [
            customer
            for customer, changed in self.facts.items()
            if facts.EVERYTHING in changed or not by.isdisjoint(changed)
        ]

    async def once(self, read: Callable[[], Awaitable[T]]) -> T:
        """What is read of rules: once in a transaction, since they change in no other meanwhile."""
        if read not in self._read:
            self._read[read] = await read()
        found: T = self._read[read]
        return found


Judge = Callable[[Judged], Awaitable[None]]
"""Brings what one capability says of customers up to date, in the transaction of the caller.

A customer that was merged into another is judged too: nothing is to be said of it any more.
"""


@dataclass(slots=True)
class _Pace:
    """How many rows are judged at once, by how long the last ones took."""

    rows: int = BATCH

    def took(self, seconds: float, rows: int) -> None:
        """Note how long some rows took."""
        if seconds > LONGEST_S:
            self.rows = max(FEWEST, int(min(rows, self.rows) * LONGEST_S / seconds))
        elif 2 * rows > self.rows:
            self.rows = min(BATCH, 2 * self.rows)


_pace = _Pace()


async def drain(judges: Sequence[Judge], *, limit: int | None = None) -> int:
    """Judge the customers that have waited longest; returns how many rows were worked off.

    One transaction: a crash at any point leaves them stale. What judges change of a customer may
    make it stale again for others; that is judged in the same transaction, or by the next call.
    A customer for whom a judge fails is set aside (see ``setting_aside``), so that others go on.
    """
    if not await waits():
        return 0
    try:
        return await in_transaction(lambda: _drain(judges, limit or _pace.rows))
    except Exception as error:
        if is_transient(error):
            raise
        log.warning("judging customers one by one, since some of them fail", error=str(error))
        few = min(limit or FEWEST, FEWEST)
        return await in_transaction(lambda: _drain(judges, few, one_by_one=True))


async def waits() -> bool:
    """Whether anything is to be judged now; reads only."""
    found = await fetch(
        "SELECT 1 AS found WHERE EXISTS (SELECT 1 FROM stale)"
        " OR EXISTS (SELECT 1 FROM wake WHERE wake_at <= ?)",
        (now(),),
    )
    return found != []


async def waits_since(moment: Moment) -> bool:
    """Whether something is to be judged that was noted up to an instant."""
    rows = await fetch("SELECT marked_at FROM stale ORDER BY id LIMIT 1")
    return any(row["marked_at"] <= moment for row in rows)


async def _drain(judges: Sequence[Judge], limit: int, *, one_by_one: bool = False) -> int:
    await hold_judgement()
    begun = time.perf_counter()
    await plan_by_key(small_sets=True)
    due, stale, failed = await fetch_together(_due(limit), _oldest(limit), _failed_before(limit))
    noted: Facts = {}
    for row in due:
        noted.setdefault(row["customer_id"], set()).add(facts.due(row["owner"]))
    for row in stale:
        noted.setdefault(row["customer_id"], set()).update(orjson.loads(row["facts"]))
    if due:  # at once, for judges ask to be woken again
        condition, params = in_list("id", [row["id"] for row in due])
        await execute(f"DELETE FROM wake WHERE {condition}", params)
    if stale:
        condition, params = in_list("id", [row["id"] for row in stale])
        write_later(Statement(f"DELETE FROM stale WHERE {condition}", params))
    aside = {row["customer_id"] for row in failed} & noted.keys()
    alone = {one: noted.pop(one) for one in (list(noted) if one_by_one else sorted(aside))}
    await _judge(judges, noted, _ROUNDS)
    await _judge_alone(judges, alone, aside)
    done = len(due) + len(stale)
    if not one_by_one:
        _pace.took(time.perf_counter() - begun, done)
    return done


async def _judge(judges: Sequence[Judge], noted: Facts, rounds: int) -> None:
    """What is left after so many rounds stays noted, for the next call."""
    at, read = now(), dict[Any, Any]()
    for _ in range(rounds):
        if not noted:
            return
        judged = Judged({one: frozenset(changed) for one, changed in noted.items()}, at, read)
        for judge in judges:
            await judge(judged)
            crashpoint("judging.judged")
        noted = unmarked()
    mark(noted)


async def _judge_alone(judges: Sequence[Judge], noted: Facts, aside: Collection[int]) -> None:
    """Each one undoes nothing but itself when it fails: one round, since others follow from it."""
    failed: dict[int, Exception] = {}
    for customer, changed in noted.items():
        told = changed | {facts.EVERYTHING} if customer in aside else changed
        try:
            async with savepoint():
                await _judge(judges, {customer: told}, 1)
        except Exception as error:
            if is_transient(error):
                raise
            failed[customer] = error
    await take_back([one for one in noted if one in aside and one not in failed])
    await set_aside(failed)


def _due(limit: int) -> Statement:
    """The instants that have come."""
    sql = "SELECT id, owner, customer_id FROM wake WHERE wake_at <= ? ORDER BY wake_at, id LIMIT ?"
    return Statement(sql, (now(), limit))


def _oldest(limit: int) -> Statement:
    sql = "SELECT id, customer_id, CAST(facts AS TEXT) AS facts FROM stale ORDER BY id LIMIT ?"
    return Statement(sql, (limit,))


def _failed_before(limit: int) -> Statement:
    """Who is set aside of those that ``_due`` and ``_oldest`` find."""
    sql = (
        "SELECT customer_id FROM set_aside WHERE customer_id IN (SELECT customer_id FROM"
        " (SELECT customer_id FROM stale ORDER BY id LIMIT ?) marked) OR customer_id IN"
        " (SELECT customer_id FROM (SELECT customer_id FROM wake WHERE wake_at <= ?"
        " ORDER BY wake_at, id LIMIT ?) woken)"
    )
    return Statement(sql, (limit, now(), limit))
