"""Removing what was kept for people to look at and has grown old: rejected events, warnings."""

from touchline.domain.kernel import clock
from touchline.domain.kernel.db import execute

AT_ONCE = 5_000


async def forget_old(days: int) -> int:
    """Remove what came more than ``days`` ago; returns how many rows that were.

    A few thousand at a time, each a transaction of its own, so that collecting never waits long.
    """
    before = clock.now() - days * clock.DAY
    rejected = await _remove("rejected_event", "received_at", before)
    return rejected + await _remove("ingestion_warning", "occurred_at", before)


async def _remove(table: str, column: str, before: clock.Moment) -> int:
    removed = 0
    while True:
        some = await execute(
            f"DELETE FROM {table} WHERE id IN"
            f" (SELECT id FROM {table} WHERE {column} < ? ORDER BY {column}, id LIMIT {AT_ONCE})",
            (before,),
        )
        removed += some
        if some < AT_ONCE:
            return removed
