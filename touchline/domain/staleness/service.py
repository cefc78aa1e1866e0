"""Noting what changed, in the transaction that changes it, and when time will."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import orjson

from touchline.domain.kernel import doorbell
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.db import after_commit, dialect, execute, fetch
from touchline.domain.kernel.rows import in_list, insert_later
from touchline.domain.kernel.transaction import gathered, ungathered

_LOCK = 7_305_441_020_882
_GATHERED = "stale customers"
_JSON = {"sqlite": "?", "postgres": "CAST(? AS JSON)"}

Facts = dict[int, set[str]]


def mark(changed: Mapping[int, Iterable[str]]) -> None:
    """Note that facts of customers changed (see ``facts``), in the surrounding transaction.

    All that one transaction notes becomes one row for each customer, written before the commit.
    """
    if not changed:
        return
    noted = gathered(_GATHERED, Facts, _write)
    for customer_id, facts in changed.items():
        noted.setdefault(customer_id, set()).update(facts)


def unmarked() -> Facts:
    """What the surrounding transaction has noted by now: the caller sees to it, it is not kept."""
    return ungathered(_GATHERED) or {}


async def mark_found(fact: str, query: str, params: Iterable[object]) -> int:
    """The same fact for all that SQL yields as ``customer_id``; written at once, not gathered."""
    marked = await execute(
        "INSERT INTO stale (customer_id, facts, marked_at)"
        f" SELECT found.customer_id, {_JSON[dialect()]}, CAST(? AS BIGINT) FROM ({query}) found",
        [orjson.dumps([fact]).decode(), now(), *params],
    )
    if marked:
        after_commit(partial(doorbell.ring, doorbell.STALE))
    return marked


async def hold_judgement() -> None:
    """Let one transaction at a time judge or rebuild; SQLite has one writer anyhow.

    Whoever judges reads facts and writes an answer: of two at once the slower one could put an
    older answer in the place of a newer.
    """
    if dialect() == "postgres":
        await fetch("SELECT pg_advisory_xact_lock(?)", (_LOCK,))


def set_wakes(owner: str, wakes: Mapping[int, Moment | None] | Mapping[int, Moment]) -> None:
    """Say for each customer when ``owner`` is to judge it again; ``None`` asks for nothing.

    It is written in the surrounding transaction before its next statement.

    ``owner`` is a text of its own choice, such as ``segment:3``; it finds ``facts.due(owner)``
    among the facts of a customer whose instant has come. An earlier instant that it asked for
    before stays in its place: being woken too early costs one look, writing this anew with every
    touchpoint costs a write each.
    """
    rows = [(owner, customer, moment) for customer, moment in wakes.items() if moment is not None]
    insert_later(
        "wake",
        ["owner", "customer_id", "wake_at"],
        rows,
        on_conflict="ON CONFLICT (owner, customer_id) DO UPDATE SET wake_at = excluded.wake_at"
        " WHERE excluded.wake_at < wake.wake_at",
    )


async def add_wakes_found(owner: str, query: str, params: Iterable[object]) -> None:
    """``set_wakes`` for all that SQL yields as ``customer_id`` and ``wake_at``."""
    await execute(
        "INSERT INTO wake (owner, customer_id, wake_at)"
        f" SELECT CAST(? AS VARCHAR(60)), found.customer_id, found.wake_at FROM ({query}) found"
        " WHERE NOT EXISTS (SELECT 1 FROM wake w WHERE w.owner = ?"
        " AND w.customer_id = found.customer_id AND w.wake_at <= found.wake_at)"
        " ON CONFLICT (owner, customer_id) DO UPDATE SET wake_at = excluded.wake_at",
        [owner, *params, owner],
    )


async def set_all_wakes(owner: str, query: str, params: Iterable[object]) -> None:
    """The same for all customers at once: SQL that yields ``customer_id`` and ``wake_at``."""
    await clear_wakes(owner)
    await add_wakes(owner, query, params)


async def add_wakes(owner: str, query: str, params: Iterable[object]) -> None:
    """The same for some who were not to be woken by ``owner`` before."""
    await execute(
        "INSERT INTO wake (owner, customer_id, wake_at)"
        f" SELECT CAST(? AS VARCHAR(60)), found.customer_id, found.wake_at FROM ({query}) found",
        [owner, *params],
    )


async def hand_wakes(owner: str, to: str) -> None:
    """Whom ``owner`` was to be woken for, ``to`` is woken for, and for nobody else."""
    await clear_wakes(to)
    await execute("UPDATE wake SET owner = ? WHERE owner = ?", (to, owner))


async def unite_wakes(owners: Sequence[str], to: str) -> None:
    """``to`` is woken when the first of the owners was to be, and they are not any more."""
    await clear_wakes(to)
    condition, params = in_list("owner", owners)
    first = f"SELECT customer_id, min(wake_at) AS wake_at FROM wake WHERE {condition}"
    await add_wakes(to, f"{first} GROUP BY customer_id", params)
    await execute(f"DELETE FROM wake WHERE {condition}", params)


async def clear_wakes(owner: str) -> None:
    """``owner`` is not to be woken any more."""
    await execute("DELETE FROM wake WHERE owner = ?", (owner,))


async def clear_wakes_among(owner: str, after: int, up_to: int) -> None:
    """``owner`` is not to be woken any more for the customers of a range."""
    await execute(
        "DELETE FROM wake WHERE owner = ? AND customer_id > ? AND customer_id <= ?",
        (owner, after, up_to),
    )


async def _write(noted: Facts) -> None:
    moment = now()
    rows = [
        (customer, orjson.dumps(sorted(facts)).decode(), moment)
        for customer, facts in noted.items()
    ]
    insert_later("stale", ["customer_id", "facts", "marked_at"], rows)
    after_commit(partial(doorbell.ring, doorbell.STALE))
