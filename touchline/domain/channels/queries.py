"""Reads of channels."""

from dataclasses import dataclass

from touchline.domain.channels.listing import IN_FORCE
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import fetch, fetch_one


@dataclass(frozen=True, slots=True)
class Series:
    """How many touchpoints came by a channel (``None``: by none) on each day of a range."""

    channel: int | None
    touchpoints: list[int]


@dataclass(frozen=True, slots=True)
class Activity:
    """Touchpoints by channel and day, those of most touchpoints first.

    ``computed_at`` is when last a day of the range was counted, ``is_behind`` whether something
    was appended since.
    """

    series: list[Series]
    computed_at: Moment | None
    is_behind: bool


async def activity(first: int, last: int) -> Activity:
    """What came by each channel from one day to another, both included, from the rollup."""
    rows = await fetch(
        "SELECT day, channel_id, touchpoints, computed_at FROM channel_day"
        " WHERE day >= ? AND day <= ?",
        (first, last),
    )
    found: dict[int, list[int]] = {}
    for row in rows:
        days = found.setdefault(row["channel_id"], [0] * (last - first + 1))
        days[row["day"] - first] = row["touchpoints"]
    series = [Series(channel or None, days) for channel, days in found.items()]
    series.sort(key=lambda one: (-sum(one.touchpoints), one.channel or 0))
    marked = await fetch_one(
        "SELECT 1 AS found FROM origin_delta WHERE day >= ? AND day <= ? LIMIT 1",
        (first, last),
    )
    computed = max((row["computed_at"] for row in rows), default=None)
    return Activity(series, computed, marked is not None)


async def channel_name(channel_id: int) -> str | None:
    """What a channel is called; ``None`` when there is none of this id."""
    row = await fetch_one("SELECT name FROM channel WHERE id = ?", (channel_id,))
    return str(row["name"]) if row else None


async def run_in_force() -> int | None:
    """The run whose list is in force."""
    row = await fetch_one("SELECT id FROM channel_run WHERE status = ?", (IN_FORCE,))
    return int(row["id"]) if row else None
