"""Rows for tests of reading: written straight into the tables, a few at a time."""

from itertools import count
from typing import Any

from touchline.domain.kernel.db import execute
from touchline.domain.kernel.rows import insert_rows

_numbers = count(1)


async def a_customer(**columns: Any) -> int:
    """A customer; returns the id."""
    number = next(_numbers)
    customer = await _insert(
        "customer",
        {
            "display_name": f"Customer {number}",
            "known_as": "",
            "is_identified": True,
            "first_seen_at": 1_000,
            "last_seen_at": 2_000,
            "created_at": 3_000,
            **columns,
        },
    )
    await execute(
        "INSERT INTO customer_rank (list_id, customer_id, rank) SELECT id, ?, 0 FROM customer_list",
        (customer,),
    )
    return customer


async def a_touchpoint(customer_id: int, **columns: Any) -> int:
    """A touchpoint; returns the id."""
    number = next(_numbers)
    return await _insert(
        "touchpoint",
        {
            "customer_id": customer_id,
            "message_id": f"m{number}",
            "type": "TRACK",
            "name": "Signed Up",
            "summary": "Signed up",
            "occurred_at": 1_000,
            "received_at": 1_000,
            "clock": "ORIGINAL",
            "properties": "{}",
            "context": "{}",
            **columns,
        },
    )


async def a_source(**columns: Any) -> int:
    """A source; returns the id."""
    number = next(_numbers)
    values = {"name": f"Source {number}", "kind": "website", "created_at": 1_000, **columns}
    counters = {"accepted_count": 0, "rejected_count": 0}
    return await _insert("source", {**counters, **values})


async def a_trait(customer_id: int, name: str, value: str, **columns: Any) -> int:
    """A trait that holds; ``value`` is JSON text. Returns the id."""
    values = {"level": 20, "touchpoint_id": 0, "observed_at": 1_000, **columns}
    return await _insert(
        "trait", {"customer_id": customer_id, "name": name, "value": value, **values}
    )


async def _insert(table: str, values: dict[str, Any]) -> int:
    (row,) = await insert_rows(table, list(values), [tuple(values.values())], returning="id")
    return int(row["id"])
