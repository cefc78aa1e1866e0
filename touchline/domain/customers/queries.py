"""Reads of customers that other capabilities need."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from touchline.domain.kernel.db import fetch, fetch_one
from touchline.domain.kernel.rows import in_list


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


async def traits_of(customer_ids: Iterable[int]) -> Mapping[int, dict[str, Any]]:
    """The traits that hold now, by customer."""
    condition, params = in_list("customer_id", customer_ids)
    rows = await fetch(f"SELECT customer_id, name, value FROM trait WHERE {condition}", params)
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(row["customer_id"], {})[row["name"]] = orjson.loads(row["value"])
    return found
