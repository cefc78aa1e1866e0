"""Reads of backlogs."""

import asyncio

from touchline.domain.backlog.advising import FORMULAS, Disagreement, Figures, disagreements
from touchline.domain.backlog.forecasting import MOST_WEEKS, Forecast, forecast
from touchline.domain.backlog.items import Item, as_item
from touchline.domain.backlog.logbook import whole_weeks
from touchline.domain.backlog.ordering import BEHIND
from touchline.domain.backlog.types import ORDERED, UNDER_WAY, Formula, ItemState
from touchline.domain.kernel.clock import DAY, now
from touchline.domain.kernel.db import fetch
from touchline.domain.segments.queries import sizes_of


async def is_item(item_id: int) -> bool:
    """Whether there is such an item, in any backlog."""
    return bool(await fetch("SELECT 1 FROM backlog_item WHERE id = ?", (item_id,)))


async def ordered_items(backlog_id: int) -> list[Item]:
    """All items of the ordered list, from its top."""
    rows = await fetch(
        "SELECT * FROM backlog_item WHERE backlog_id = ? AND rank < ? ORDER BY rank",
        (backlog_id, BEHIND),
    )
    return [as_item(row) for row in rows]


async def disagreements_of(backlog_id: int, formula: Formula) -> list[Disagreement]:
    """Which items of a backlog a formula would have elsewhere, the farthest first."""
    items = await ordered_items(backlog_id)
    return disagreements(await scored(items, formula))


async def scored(items: list[Item], formula: Formula) -> list[tuple[int, float | None]]:
    """The score of each item by a formula, in the same order."""
    reach = await sizes_of(sorted({one.segment_id for one in items if one.segment_id is not None}))
    score = FORMULAS[formula]
    return [(one.id, score(_figures(one, reach.get(one.segment_id or 0)))) for one in items]


async def forecast_of(backlog_id: int) -> Forecast:
    """How long what stands in a backlog or is under way takes, from its last whole weeks.

    What was launched is what was done, what was accepted is what came.
    """
    moment = now()
    weeks = await whole_weeks(backlog_id, moment, most=MOST_WEEKS)
    rows = await fetch(
        "SELECT to_value, logged_at FROM backlog_log WHERE backlog_id = ? AND kind = 'STATE'"
        " AND logged_at >= ? AND (to_value = ? OR (from_value = ? AND to_value = ?))",
        (backlog_id, moment - weeks * _WEEK, ItemState.LAUNCHED, ItemState.PROPOSED, _CAME),
    )
    done, came = [0] * weeks, [0] * weeks
    for row in rows:
        counted = came if row["to_value"] == _CAME else done
        counted[min(weeks - 1, (moment - row["logged_at"]) // _WEEK)] += 1
    states = (*ORDERED, *UNDER_WAY)
    items = await fetch(
        "SELECT count(*) AS n FROM backlog_item WHERE backlog_id = ? AND state IN (?, ?, ?, ?)",
        (backlog_id, *states),
    )
    return await asyncio.to_thread(forecast, items[0]["n"], done, came)


_WEEK = 7 * DAY
_CAME = ItemState.BACKLOG


def _figures(item: Item, reach: int | None) -> Figures:
    return Figures(
        *(item.effort, item.customer_level, item.business_level),
        *(item.urgency, item.confidence, reach),
    )
