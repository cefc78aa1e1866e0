"""Reads of backlogs."""

from touchline.domain.backlog.advising import FORMULAS, Disagreement, Figures, disagreements
from touchline.domain.backlog.items import Item, as_item
from touchline.domain.backlog.ordering import BEHIND
from touchline.domain.backlog.types import Formula
from touchline.domain.kernel.db import fetch
from touchline.domain.segments.queries import sizes_of


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


def _figures(item: Item, reach: int | None) -> Figures:
    return Figures(
        *(item.effort, item.customer_level, item.business_level),
        *(item.urgency, item.confidence, reach),
    )
