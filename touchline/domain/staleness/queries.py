"""Reads of what waits to be judged."""

from collections.abc import Collection
from dataclasses import dataclass

from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import fetch, fetch_one
from touchline.domain.kernel.rows import in_list


@dataclass(frozen=True, slots=True)
class Aside:
    """How many customers are set aside, and whom it befell last, by which error."""

    customers: int
    last: int
    error: str


async def aside() -> Aside | None:
    """The customers who could not be judged; ``None`` where there are none."""
    row = await fetch_one(
        "SELECT customer_id, error, (SELECT count(*) FROM set_aside) AS customers"
        " FROM set_aside ORDER BY failed_at DESC, customer_id DESC LIMIT 1"
    )
    return Aside(row["customers"], row["customer_id"], row["error"]) if row else None


async def waiting() -> int:
    """How many rows wait to be judged because of facts."""
    row = await fetch_one("SELECT count(*) AS waiting FROM stale")
    return int(row["waiting"]) if row else 0


async def waiting_among(customer_ids: Collection[int]) -> set[int]:
    """Which of the customers wait to be judged, because of facts or of time."""
    if not customer_ids:
        return set()
    condition, params = in_list("customer_id", customer_ids)
    rows = await fetch(
        f"SELECT customer_id FROM stale WHERE {condition}"
        f" UNION SELECT customer_id FROM wake WHERE wake_at <= ? AND {condition}",
        [*params, now(), *params],
    )
    return {row[0] for row in rows}
