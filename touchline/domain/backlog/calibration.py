"""What a backlog tells of its team's estimates, read from its log."""

import asyncio
from decimal import Decimal

from touchline.domain.backlog.calibrating import Calibration, Done, calibrate
from touchline.domain.backlog.cycle_relations import CYCLE
from touchline.domain.backlog.forecasting import MOST_WEEKS
from touchline.domain.backlog.logbook import first_step, whole_weeks
from touchline.domain.backlog.types import ItemState, Measure, Verdict
from touchline.domain.kernel.clock import DAY, Moment, now
from touchline.domain.kernel.db import Row, fetch

LOOKED_BACK = 365 * DAY
_WEEK = 7 * DAY
_CLEAR = {Verdict.WORKED: True, Verdict.DID_NOT: False, Verdict.NO_DIFFERENCE: False}


async def calibration_of(backlog_id: int) -> Calibration:
    """How what was launched in the last 365 days compares with its estimates."""
    moment = now()
    items = [_done(row) for row in await _launched(backlog_id, moment - LOOKED_BACK)]
    cycles = [(row["committed_points"], row["done"]) for row in await _cycles(backlog_id, moment)]
    weeks = await _weeks(backlog_id, moment)
    return await asyncio.to_thread(calibrate, items, weeks, cycles)


async def _launched(backlog_id: int, since: Moment) -> list[Row]:
    return await fetch(
        "SELECT i.effort, i.customer_level, i.business_level, i.verdict, i.launched_at,"
        " m.source, m.value, m.target, m.verdict AS measured,"
        f" {first_step('i.id', ItemState.IN_PROGRESS)} AS pulled_at"
        " FROM backlog_item i LEFT JOIN backlog_measurement m ON m.item_id = i.id"
        " WHERE i.backlog_id = ? AND i.launched_at >= ? ORDER BY i.id",
        (backlog_id, since),
    )


async def _cycles(backlog_id: int, moment: Moment) -> list[Row]:
    done = CYCLE.column("done_points").read("c")
    return await fetch(
        f"SELECT c.committed_points, {done} AS done FROM {CYCLE.table} c"
        " WHERE c.backlog_id = ? AND c.closed_at >= ? ORDER BY c.id",
        (backlog_id, moment - LOOKED_BACK),
    )


async def _weeks(backlog_id: int, moment: Moment) -> list[int]:
    """How much was launched in each whole week there was, the latest first."""
    weeks = [0] * await whole_weeks(backlog_id, moment, most=2 * MOST_WEEKS)
    rows = await fetch(
        "SELECT logged_at FROM backlog_log WHERE backlog_id = ? AND kind = 'STATE'"
        " AND to_value = ? AND logged_at > ?",
        (backlog_id, ItemState.LAUNCHED, moment - len(weeks) * _WEEK),
    )
    for row in rows:
        weeks[(moment - row["logged_at"]) // _WEEK] += 1
    return weeks


def _done(row: Row) -> Done:
    pulled = row["pulled_at"]
    is_counted = row["source"] == Measure.METRIC and row["measured"] in _CLEAR
    return Done(
        effort=row["effort"],
        cycle_days=None if pulled is None else (row["launched_at"] - pulled) / DAY,
        customer_level=row["customer_level"],
        business_level=row["business_level"],
        worked=None if row["verdict"] is None else _CLEAR.get(Verdict(row["verdict"])),
        attained=float(Decimal(row["value"]) / Decimal(row["target"])) if is_counted else None,
    )
