"""Customers by tag, sorted by score: a part of each list of customers for each tag they have."""

from collections.abc import Collection, Sequence
from typing import Any

from touchline.domain.customers.relations import CUSTOMER_RANK
from touchline.domain.kernel.db import execute
from touchline.domain.kernel.rows import values_table
from touchline.domain.kernel.statements import Statement
from touchline.domain.kernel.transaction import write_later
from touchline.domain.kernel.turns import Turn, take_all_turns
from touchline.domain.tags.sayings import Place

FORGOTTEN_AT_ONCE = 10_000
_INTO = "INSERT INTO tag_rank (list_id, tag_id, customer_id, rank)"
_ON_CONFLICT = "ON CONFLICT (customer_id, tag_id, list_id) DO UPDATE SET rank = excluded.rank"
_PLACES = (("customer_id", "bigint"), ("tag_id", "bigint"))
_ONE = "(customer_id, tag_id) AS (SELECT CAST(? AS BIGINT), CAST(? AS BIGINT))"


def enter(places: Collection[Place]) -> None:
    """Customers have tags from now on: they are among those of the tag, in all lists."""
    if places:
        item, params = _table("came", places)
        sql = (
            f"WITH {item} {_INTO} SELECT r.list_id, came.tag_id, r.customer_id, r.rank"
            f" FROM came JOIN {CUSTOMER_RANK.table} r ON r.customer_id = came.customer_id"
            f" WHERE TRUE {_ON_CONFLICT}"
        )
        write_later(Statement(sql, params))


def leave(places: Collection[Place]) -> None:
    """Customers have tags no more."""
    if places:
        item, params = _table("went", places)
        sql = (
            f"WITH {item} DELETE FROM tag_rank WHERE (customer_id, tag_id) IN"
            " (SELECT customer_id, tag_id FROM went)"
        )
        write_later(Statement(sql, params))


async def settle(tag_id: int) -> None:
    """Have those be among the customers of a tag who have it, in all lists."""
    await execute(
        "DELETE FROM tag_rank WHERE tag_id = ? AND NOT EXISTS (SELECT 1 FROM customer_tag t"
        " WHERE t.customer_id = tag_rank.customer_id AND t.tag_id = tag_rank.tag_id"
        " AND t.is_on = TRUE)",
        (tag_id,),
    )
    await execute(
        f"{_INTO} SELECT r.list_id, t.tag_id, t.customer_id, r.rank FROM customer_tag t"
        f" JOIN {CUSTOMER_RANK.table} r ON r.customer_id = t.customer_id"
        " WHERE t.tag_id = ? AND t.is_on = TRUE"
        " ON CONFLICT (customer_id, tag_id, list_id) DO NOTHING",
        (tag_id,),
    )


async def fill(list_id: int, after: int, up_to: int) -> None:
    """Put the customers of a range, who are in the list already, among those of their tags."""
    await take_all_turns(Turn.TAGS)
    await execute(
        f"{_INTO} SELECT r.list_id, t.tag_id, t.customer_id, r.rank FROM customer_tag t"
        f" JOIN {CUSTOMER_RANK.table} r ON r.customer_id = t.customer_id AND r.list_id = ?"
        f" WHERE t.customer_id > ? AND t.customer_id <= ? AND t.is_on = TRUE {_ON_CONFLICT}",
        (list_id, after, up_to),
    )


async def rank(list_id: int, query: str, params: Sequence[Any]) -> None:
    """Say by which number customers stand among those of their tags, as in the whole list.

    ``query`` is SQL that yields ``customer_id`` and ``rank``.
    """
    await execute(
        f"{_INTO} SELECT CAST(? AS BIGINT), t.tag_id, t.customer_id, found.rank"
        f" FROM ({query}) found JOIN customer_tag t ON t.customer_id = found.customer_id"
        f" WHERE t.is_on = TRUE {_ON_CONFLICT} WHERE tag_rank.rank <> excluded.rank",
        (list_id, *params),
    )


async def forget(list_id: int) -> bool:
    """Remove some of a list that is not shown any more; whether there may be more."""
    removed = await execute(
        "DELETE FROM tag_rank WHERE id IN"
        f" (SELECT id FROM tag_rank WHERE list_id = ? LIMIT {FORGOTTEN_AT_ONCE})",
        (list_id,),
    )
    return removed > 0


def _table(name: str, places: Collection[Place]) -> tuple[str, list[int]]:
    """Places as a ``WITH`` item; without a list of them, one can be written with the commit."""
    if len(places) == 1:
        return name + _ONE, [key for place in places for key in place]
    return values_table(name, _PLACES, [*places])
