"""Reads of the event log."""

from collections.abc import Iterable

from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import Row, fetch, fetch_one
from touchline.domain.kernel.rows import in_list


async def spans(customer_ids: Iterable[int]) -> dict[int, tuple[Moment, Moment]]:
    """First and last instant at which a source told of each customer; entries do not count."""
    condition, params = in_list("customer_id", customer_ids)
    rows = await fetch(
        "SELECT customer_id, min(occurred_at) AS first, max(occurred_at) AS last"
        f" FROM touchpoint WHERE source_id IS NOT NULL AND {condition} GROUP BY customer_id",
        params,
    )
    return {row["customer_id"]: (row["first"], row["last"]) for row in rows}


async def without_origin(after: int, limit: int) -> list[Row]:
    """Touchpoints of sources of which it was never said where they came from, by id."""
    return await fetch(
        "SELECT id, type, name, occurred_at, properties, context FROM touchpoint"
        " WHERE id > ? AND origin_id IS NULL AND source_id IS NOT NULL ORDER BY id LIMIT ?",
        (after, limit),
    )


async def without_asset(after: int, limit: int) -> list[Row]:
    """Touchpoints of sources of which no content is known that they speak of, by id."""
    return await fetch(
        "SELECT id, type, properties, context FROM touchpoint"
        " WHERE id > ? AND asset_id IS NULL AND source_id IS NOT NULL ORDER BY id LIMIT ?",
        (after, limit),
    )


async def newest_id() -> int:
    """The id of the touchpoint stored last, 0 when there is none."""
    row = await fetch_one("SELECT max(id) AS newest FROM touchpoint")
    return int(row["newest"] or 0) if row else 0


async def count_after(touchpoint_id: int, source_ids: Iterable[int]) -> int:
    """How many touchpoints of some sources were stored after one."""
    condition, params = in_list("source_id", source_ids)
    sql = f"SELECT count(*) AS found FROM touchpoint WHERE id > ? AND {condition}"
    row = await fetch_one(sql, [touchpoint_id, *params])
    return int(row["found"]) if row else 0


async def count(customer_ids: Iterable[int]) -> int:
    """How many touchpoints some customers have together."""
    condition, params = in_list("customer_id", customer_ids)
    rows = await fetch(f"SELECT count(*) AS found FROM touchpoint WHERE {condition}", params)
    return int(rows[0]["found"])
