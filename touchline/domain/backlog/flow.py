"""How work flows: times and amounts, all from the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from touchline.domain.backlog.types import ItemState
from touchline.domain.kernel.clock import DAY, Moment, now
from touchline.domain.kernel.db import fetch

LOOKED_BACK = 6 * 7 * DAY
_WORKING_WEEK = 5


@dataclass(frozen=True, slots=True)
class Flow:
    """Of what was launched: days from the first pull and from the proposal, by nearest rank."""

    cycle_time_p50: float | None
    cycle_time_p85: float | None
    lead_time_p85: float | None
    throughput: int


async def flow_between(backlog_id: int, since: Moment, until: Moment) -> Flow:
    """The figures of what was launched from ``since`` on and before ``until``."""
    rows = await fetch(
        "SELECT l.logged_at AS launched, i.created_at AS proposed,"
        " (SELECT min(p.logged_at) FROM backlog_log p WHERE p.item_id = l.item_id"
        " AND p.kind = 'STATE' AND p.to_value = ?) AS pulled"
        " FROM backlog_log l JOIN backlog_item i ON i.id = l.item_id WHERE l.backlog_id = ?"
        " AND l.kind = 'STATE' AND l.to_value = ? AND l.logged_at >= ? AND l.logged_at < ?",
        (ItemState.IN_PROGRESS, backlog_id, ItemState.LAUNCHED, since, until),
    )
    worked = sorted((row["launched"] - row["pulled"]) / DAY for row in rows)
    waited = sorted((row["launched"] - row["proposed"]) / DAY for row in rows)
    return Flow(percentile(worked, 50), percentile(worked, 85), percentile(waited, 85), len(rows))


async def points_per_cycle(backlog_id: int, working_days: int) -> int | None:
    """What was launched in the last six weeks, as points of so many working days."""
    rows = await fetch(
        "SELECT min(launched_at) AS first, sum(effort) AS points FROM backlog_item"
        " WHERE backlog_id = ? AND launched_at >= ?",
        (backlog_id, now() - LOOKED_BACK),
    )
    first, points = rows[0]["first"], int(rows[0]["points"] or 0)
    if first is None or not points:
        return None
    weeks = max(1.0, (now() - first) / (7 * DAY))
    return max(1, int(points / weeks * working_days / _WORKING_WEEK + 0.5))


def percentile(values: Sequence[float], share: int) -> float | None:
    """The value that ``share`` of 100 do not exceed; ``values`` ascend."""
    if not values:
        return None
    return round(values[ceil(len(values) * share / 100) - 1], 3)
