"""How work flows: times and amounts, all from the log.

Times are in days of 24 hours, weekends with them: what waits over a weekend waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.domain.backlog.blocking import Flag, blocked_times
from touchline.domain.backlog.counting import Day, Steps, Week, cumulative, weekly
from touchline.domain.backlog.logbook import first_step
from touchline.domain.backlog.percentiles import percentile
from touchline.domain.backlog.types import CLOSED, ItemState, LogKind
from touchline.domain.kernel.clock import DAY, Moment, now
from touchline.domain.kernel.db import Row, fetch
from touchline.domain.kernel.rows import in_list

LOOKED_BACK = 6 * 7 * DAY
_WORKING_WEEK = 5


@dataclass(frozen=True, slots=True)
class Flow:
    """Of what was launched: days from the first pull and from the proposal, by nearest rank."""

    cycle_time_p50: float | None
    cycle_time_p85: float | None
    lead_time_p85: float | None
    throughput: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """How many items were blocked, and for how many days together."""

    items: int
    days: float


async def flow_between(backlog_id: int, since: Moment, until: Moment) -> Flow:
    """The figures of what was launched from ``since`` on and before ``until``.

    What was brought in from a table has its lead time from then on.
    """
    rows = await fetch(
        f"SELECT l.logged_at AS launched, {first_step('l.item_id')} AS begun,"
        f" {first_step('l.item_id', ItemState.IN_PROGRESS)} AS pulled"
        " FROM backlog_log l WHERE l.backlog_id = ?"
        " AND l.kind = 'STATE' AND l.to_value = ? AND l.logged_at >= ? AND l.logged_at < ?",
        (backlog_id, ItemState.LAUNCHED, since, until),
    )
    worked = sorted((row["launched"] - row["pulled"]) / DAY for row in rows)
    waited = sorted((row["launched"] - row["begun"]) / DAY for row in rows)
    return Flow(percentile(worked, 50), percentile(worked, 85), percentile(waited, 85), len(rows))


async def through_states(
    backlog_id: int, first_day: int, last_day: int
) -> tuple[list[Day], list[Week]]:
    """Where items stood at the end of each day, and what each week brought; no day yet to come."""
    begin, end = first_day * DAY, (last_day + 1) * DAY
    rows = await fetch(
        f"SELECT {_DAY_OF} AS day, from_value, to_value, count(*) AS n FROM backlog_log"
        " WHERE backlog_id = ? AND kind = 'STATE' AND logged_at < ? GROUP BY 1, 2, 3",
        (begin, first_day - 1, backlog_id, end),
    )
    steps = [
        Steps(
            row["day"],
            None if row["from_value"] is None else ItemState(row["from_value"]),
            ItemState(row["to_value"]),
            row["n"],
        )
        for row in rows
    ]
    seen = min(last_day, now() // DAY)
    return cumulative(steps, first_day, seen), weekly(steps, first_day, last_day)


async def blocked_between(backlog_id: int, since: Moment, until: Moment) -> Blocked:
    """For how long items were blocked from ``since`` on and before ``until``, at most to now."""
    closed, params = in_list("l.to_value", CLOSED)
    rows = await fetch(
        f"{_FLAGS} l.backlog_id = ? AND (l.kind IN (?, ?) OR (l.kind = ? AND {closed}"
        " AND EXISTS (SELECT 1 FROM backlog_log up WHERE up.item_id = l.item_id"
        " AND up.kind = ?))) AND l.logged_at < ? ORDER BY l.logged_at, l.id",
        (backlog_id, *_UP_AND_DOWN, LogKind.STATE, *params, LogKind.BLOCK, until),
    )
    times = blocked_times(map(_flag, rows), since, min(until, now()))
    return Blocked(len(times), _days(sum(times.values())))


async def blocked_days_of(item_ids: Sequence[int]) -> list[float]:
    """For how many days each item has been blocked so far."""
    wanted, keys = in_list("l.item_id", item_ids)
    closed, params = in_list("l.to_value", CLOSED)
    rows = await fetch(
        f"{_FLAGS} {wanted} AND (l.kind IN (?, ?) OR (l.kind = ? AND {closed}))"
        " ORDER BY l.logged_at, l.id",
        (*keys, *_UP_AND_DOWN, LogKind.STATE, *params),
    )
    times = blocked_times(map(_flag, rows), 0, now())
    return [_days(times.get(one, 0)) for one in item_ids]


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


_DAY_OF = f"CASE WHEN logged_at < ? THEN ? ELSE logged_at / {DAY} END"
_FLAGS = "SELECT l.item_id, l.logged_at, l.kind FROM backlog_log l WHERE"
_UP_AND_DOWN = (LogKind.BLOCK, LogKind.UNBLOCK)


def _flag(row: Row) -> Flag:
    return Flag(row["item_id"], row["logged_at"], row["kind"] == LogKind.BLOCK)


def _days(time: Moment) -> float:
    return round(time / DAY, 3)
