"""Reading what has not come to the timeline yet."""

from touchline.domain.kernel.db import fetch_one


async def count_landed() -> int:
    """How many accepted events wait for the timeline."""
    row = await fetch_one("SELECT COALESCE(SUM(event_count), 0) AS waiting FROM landing")
    return int(row["waiting"]) if row else 0
