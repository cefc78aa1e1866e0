"""What came by which channel, as it is stored."""

from collections import Counter

from touchline.domain.channels.rollups import roll
from touchline.domain.kernel.clock import DAY, format_moment
from touchline.domain.kernel.db import fetch


async def roll_all() -> None:
    """Add up all that waits."""
    while await roll():
        pass


async def stored_days() -> Counter[tuple[str, str]]:
    """Touchpoints by day and channel, from the daily counts."""
    rows = await fetch(
        "SELECT d.day, c.name, d.touchpoints FROM channel_day d"
        " LEFT JOIN channel c ON c.id = d.channel_id"
    )
    return Counter(
        {
            (format_moment(row["day"] * DAY)[:10], row["name"] or ""): row["touchpoints"]
            for row in rows
        }
    )


async def by_channel() -> dict[str, int]:
    """Touchpoints by channel on all days."""
    found: Counter[str] = Counter()
    for (_, name), count in (await stored_days()).items():
        found[name] += count
    return dict(found)
