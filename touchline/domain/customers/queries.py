"""Reads of customers that other capabilities need."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import Row, fetch, fetch_one
from touchline.domain.kernel.rows import in_list, values_table
from touchline.domain.kernel.statements import Statement


async def count_present() -> int:
    """How many customers there are; those that were merged into others do not count."""
    row = await fetch_one("SELECT count(*) AS found FROM customer WHERE merged_into_id IS NULL")
    return int(row["found"]) if row else 0


async def count_merged() -> int:
    """How many customers turned out to be somebody known already."""
    row = await fetch_one("SELECT count(*) AS found FROM customer WHERE merged_into_id IS NOT NULL")
    return int(row["found"]) if row else 0


async def present_id(customer_id: int) -> int | None:
    """The customer that ``customer_id`` is now: itself, or whom it was merged into."""
    seen: set[int] = set()
    while customer_id not in seen:
        seen.add(customer_id)
        row = await fetch_one("SELECT merged_into_id FROM customer WHERE id = ?", (customer_id,))
        if row is None:
            return None
        if row["merged_into_id"] is None:
            return customer_id
        customer_id = row["merged_into_id"]
    return None


async def members_of(customer_ids: Iterable[int]) -> dict[int, list[int]]:
    """Customers that stand, each with itself and all that were merged into it.

    Who was merged into another, or is unknown, is left out.
    """
    item, params = members_table(customer_ids)
    rows = await fetch(
        f"WITH RECURSIVE {item} SELECT root, id FROM member ORDER BY root, id", params
    )
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(row["root"], []).append(row["id"])
    return found


def members_table(customer_ids: Iterable[int]) -> tuple[str, list[Any]]:
    """The same as a ``WITH RECURSIVE`` item ``member(root, id, hops)``, and its parameters."""
    condition, params = in_list("id", customer_ids)
    return (
        "member(root, id, hops) AS ("
        f"SELECT id, id, 0 FROM customer WHERE merged_into_id IS NULL AND {condition}"
        " UNION ALL SELECT member.root, c.id, member.hops + 1"
        " FROM member JOIN customer c ON c.merged_into_id = member.id WHERE member.hops < 100)"
    ), params


async def standing_for(customer_ids: Iterable[int]) -> dict[int, int]:
    """Whom each customer has become: itself, or the one that it was merged into at last."""
    condition, params = in_list("id", customer_ids)
    rows = await fetch(f"WITH RECURSIVE {heirs_table(condition)} SELECT id, now FROM heir", params)
    return {row["id"]: row["now"] for row in rows}


def heirs_table(condition: str) -> str:
    """The same for all customers of whom SQL holds, as ``WITH RECURSIVE`` items, the last of them
    ``heir(id, now)``.
    """
    return (
        "path(id, now, next, hops) AS ("
        f"SELECT id, id, merged_into_id, 0 FROM customer WHERE {condition}"
        " UNION ALL SELECT path.id, c.id, c.merged_into_id, path.hops + 1"
        " FROM path JOIN customer c ON c.id = path.next WHERE path.hops < 100"
        "), heir AS (SELECT id, now FROM path WHERE next IS NULL)"
    )


async def merged_among(after: int, up_to: int) -> list[int]:
    """The customers of a range of ids that were merged into others."""
    rows = await fetch(
        "SELECT id FROM customer WHERE merged_into_id IS NOT NULL AND id > ? AND id <= ?",
        (after, up_to),
    )
    return [row["id"] for row in rows]


async def standing_after(customer_id: int, limit: int) -> list[int]:
    """The next customers that stand, by id."""
    rows = await fetch(
        "SELECT id FROM customer WHERE merged_into_id IS NULL AND id > ? ORDER BY id LIMIT ?",
        (customer_id, limit),
    )
    return [row["id"] for row in rows]


async def seen_before(moment: Moment, customer_id: int, limit: int) -> list[int]:
    """The next customers, by id, with whom something happened before an instant."""
    rows = await fetch(
        "SELECT id FROM customer WHERE merged_into_id IS NULL AND id > ? AND first_seen_at < ?"
        " ORDER BY id LIMIT ?",
        (customer_id, moment, limit),
    )
    return [row["id"] for row in rows]


async def first_seen_of(customer_ids: Iterable[int]) -> dict[int, Moment]:
    """When first something happened with each customer."""
    condition, params = in_list("id", customer_ids)
    rows = await fetch(f"SELECT id, first_seen_at FROM customer WHERE {condition}", params)
    return {row["id"]: row["first_seen_at"] for row in rows}


async def last_after(customer_id: int, limit: int) -> int | None:
    """The last of the next so many customers by id, standing or not; ``None`` after all."""
    row = await fetch_one(
        "SELECT max(id) AS last FROM"
        " (SELECT id FROM customer WHERE id > ? ORDER BY id LIMIT ?) following",
        (customer_id, limit),
    )
    return row["last"] if row else None


def standing_of(customer_ids: Iterable[int]) -> Statement:
    """Reads ``id`` of those customers that stand."""
    condition, params = in_list("id", customer_ids)
    sql = f"SELECT id FROM customer WHERE merged_into_id IS NULL AND {condition}"
    return Statement(sql, params)


async def last_told(name: str, customer_ids: Iterable[int]) -> list[Row]:
    """The last that each source said of a trait of each customer, unless it took it back.

    Columns ``customer_id``, ``source_id``, ``value`` (JSON text) and ``touchpoint_id``.
    """
    condition, params = in_list("customer_id", customer_ids)
    return await fetch(
        "SELECT customer_id, source_id, CAST(value AS TEXT) AS value, touchpoint_id FROM ("
        "SELECT customer_id, source_id, value, touchpoint_id, row_number() OVER ("
        "PARTITION BY customer_id, source_id"
        " ORDER BY last_observed_at DESC, CAST(value AS TEXT) DESC, digest) AS place"
        f" FROM trait_assertion WHERE name = ? AND source_id IS NOT NULL AND {condition}"
        ") ranked WHERE place = 1 AND value IS NOT NULL",
        [name, *params],
    )


async def traits_of(customer_ids: Iterable[int]) -> Mapping[int, dict[str, Any]]:
    """The traits that hold now, by customer."""
    condition, params = in_list("customer_id", customer_ids)
    rows = await fetch(f"SELECT customer_id, name, value FROM trait WHERE {condition}", params)
    return _traits(rows)


async def traits_until(
    instants: Sequence[tuple[int, Moment]],
) -> Mapping[int, dict[str, Any]]:
    """The traits as they would have been elected at an instant, each customer at its own.

    What was said again later is not known by how late it was said until then: it counts as said
    at the instant itself.
    """
    if not instants:
        return {}
    item, params = values_table("v", [("customer_id", "bigint"), ("at", "bigint")], instants)
    rows = await fetch(
        f"WITH {item} SELECT customer_id, name, value FROM ("
        "SELECT a.customer_id, a.name, a.value, row_number() OVER ("
        "PARTITION BY a.customer_id, a.name ORDER BY a.level DESC,"
        " CASE WHEN a.last_observed_at < v.at THEN a.last_observed_at ELSE v.at END DESC,"
        " CAST(a.value AS TEXT) DESC, a.digest) AS place"
        " FROM v JOIN trait_assertion a ON a.customer_id = v.customer_id"
        " WHERE a.first_observed_at <= v.at) ranked WHERE place = 1 AND value IS NOT NULL",
        params,
    )
    return _traits(rows)


def _traits(rows: Iterable[Row]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(row["customer_id"], {})[row["name"]] = orjson.loads(row["value"])
    return found
