"""Reads of channels."""

from collections.abc import Collection
from dataclasses import dataclass

from touchline.domain.channels.listing import IN_FORCE
from touchline.domain.channels.origins import plain
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import fetch, fetch_one
from touchline.domain.kernel.rows import in_list


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


async def events_by_channel(
    events: Collection[str], first: int, last: int
) -> list[tuple[str, int, int, int]]:
    """How often each event came by each channel (0: none) on each day, from the daily counts.

    Gives events as they were asked for; case and blanks do not tell them apart.
    """
    asked = {plain(event): event for event in events}
    if not asked:
        return []
    condition, params = in_list("o.event", asked)
    rows = await fetch(
        "SELECT o.event, d.day, COALESCE(o.channel_id, 0) AS channel_id,"
        " CAST(sum(d.touchpoints) AS BIGINT) AS n FROM touchpoint_origin o"
        " JOIN origin_day d ON d.origin_id = o.id"
        f" WHERE {condition} AND d.day >= ? AND d.day <= ? GROUP BY 1, 2, 3",
        (*params, first, last),
    )
    return [(asked[row["event"]], row["day"], row["channel_id"], row["n"]) for row in rows]


async def touchpoints_of_campaigns(names: Collection[str], first: int, last: int) -> int:
    """How many touchpoints named one of some campaigns, from the daily counts."""
    if not names:
        return 0
    condition, params = in_list("o.campaign", names)
    row = await fetch_one(
        "SELECT COALESCE(sum(d.touchpoints), 0) AS n FROM touchpoint_origin o"
        f" JOIN origin_day d ON d.origin_id = o.id WHERE {condition} AND d.day >= ? AND d.day <= ?",
        (*params, first, last),
    )
    return int(row["n"]) if row else 0
