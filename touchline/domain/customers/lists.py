"""Customers sorted by score: whole lists beside each other, one of which is shown.

A list that is made gets everybody some at a time. Showing it in the place of another is a change of
two rows.
"""

from collections.abc import Sequence
from typing import Any

from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.rows import insert_rows, values_table
from touchline.domain.kernel.statements import Statement
from touchline.domain.kernel.transaction import write_later

FORGOTTEN_AT_ONCE = 10_000
_INTO = "INSERT INTO customer_rank (list_id, customer_id, rank)"
_ON_CONFLICT = "ON CONFLICT (customer_id, list_id) DO UPDATE SET rank = excluded.rank"


async def make() -> int:
    """A list that nobody is shown yet; whoever is made from now on is in it. Returns its id."""
    rows = await insert_rows("customer_list", ["is_shown"], [(False,)], returning="id")
    return int(rows[0]["id"])


def enter(customer_ids: Sequence[int]) -> None:
    """New customers are in all lists, as those without a score."""
    if not customer_ids:
        return
    item, params = values_table(
        "made", [("customer_id", "bigint")], [(one,) for one in customer_ids]
    )
    sql = (
        f"WITH {item} {_INTO} SELECT l.id, made.customer_id, 0"
        " FROM customer_list l CROSS JOIN made WHERE TRUE"
        " ON CONFLICT (customer_id, list_id) DO NOTHING"
    )
    write_later(Statement(sql, params))


async def fill(list_id: int, after: int, up_to: int, query: str, params: Sequence[Any]) -> None:
    """Put the customers of a range into a list, by the ranks that a query yields.

    It is SQL that yields ``customer_id`` and ``rank``; others are sorted as without a score.
    """
    await execute(
        f"{_INTO} SELECT CAST(? AS BIGINT), c.id, coalesce(found.rank, 0) FROM customer c"
        f" LEFT JOIN ({query}) found ON found.customer_id = c.id"
        f" WHERE c.id > ? AND c.id <= ? {_ON_CONFLICT}",
        (list_id, *params, after, up_to),
    )


async def complete(list_id: int) -> None:
    """Put into a list who is not in it: who was being made when the list was."""
    await execute(
        f"{_INTO} SELECT CAST(? AS BIGINT), c.id, 0 FROM customer c WHERE NOT EXISTS (SELECT 1"
        " FROM customer_rank r WHERE r.customer_id = c.id AND r.list_id = ?)"
        " ON CONFLICT (customer_id, list_id) DO NOTHING",
        (list_id, list_id),
    )


async def rank(list_id: int, query: str, params: Sequence[Any]) -> None:
    """Say by which number customers stand in a list, the greatest first.

    ``query`` is SQL that yields ``customer_id`` and ``rank``.
    """
    await execute(
        f"{_INTO} SELECT CAST(? AS BIGINT), found.customer_id, found.rank FROM ({query}) found"
        f" WHERE TRUE {_ON_CONFLICT} WHERE customer_rank.rank <> excluded.rank",
        (list_id, *params),
    )


async def show(list_id: int) -> int | None:
    """Have a list be the one that is shown; returns which one was, if it was another."""
    rows = await fetch(
        "UPDATE customer_list SET is_shown = FALSE WHERE is_shown = TRUE AND id <> ? RETURNING id",
        (list_id,),
    )
    await execute("UPDATE customer_list SET is_shown = TRUE WHERE id = ?", (list_id,))
    return rows[0]["id"] if rows else None


async def is_shown(list_id: int) -> bool:
    """Whether lists of customers are sorted by it."""
    rows = await fetch("SELECT is_shown FROM customer_list WHERE id = ?", (list_id,))
    return bool(rows and rows[0]["is_shown"])


async def forget(list_id: int) -> bool:
    """Remove some of a list that is not shown any more; whether there may be more."""
    await execute("DELETE FROM customer_list WHERE id = ? AND is_shown = FALSE", (list_id,))
    removed = await execute(
        "DELETE FROM customer_rank WHERE id IN"
        f" (SELECT id FROM customer_rank WHERE list_id = ? LIMIT {FORGOTTEN_AT_ONCE})",
        (list_id,),
    )
    return removed > 0
