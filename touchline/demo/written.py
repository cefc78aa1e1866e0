"""What the story says of an item, as the backlog keeps it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from touchline.domain.backlog.types import CustomerValueKind, ItemKind, Metric
from touchline.domain.backlog.words import ItemText
from touchline.domain.content.queries import find_published

_MEASURE: Final = re.compile(r"(?P<metric>[A-Z_]+) (?P<target>\d+) in (?P<days>\d+) days")


async def item_text(
    told: Mapping[str, Any],
    depends_on: Sequence[int],
    goals: Mapping[str, int],
    segments: Mapping[str, int],
    campaigns: Mapping[str, int],
) -> ItemText:
    """All of it. What the story does not say is not known; who gave a size knows what it waits
    for."""
    metric, target, days = _measured(told.get("measure"))
    customer, customer_level = _level(told.get("customer"))
    goal, business_level = _level(told.get("business"))
    assets = [await find_published(slug) for slug in told.get("assets", ())]
    return ItemText(
        title=told["title"],
        kind=ItemKind(told["kind"]),
        description=told.get("description"),
        effort=told.get("effort"),
        customer_kind=None if customer is None else CustomerValueKind(customer),
        customer_level=customer_level,
        goal_id=None if goal is None else goals[goal],
        business_level=business_level,
        urgency=told.get("urgency"),
        confidence=told.get("confidence"),
        hypothesis=told.get("hypothesis"),
        metric=metric,
        target_milli=target,
        window_days=days,
        segment_id=segments.get(told.get("segment", "")),
        campaign_id=campaigns.get(told.get("campaign", "")),
        asset_ids=[asset for asset in assets if asset is not None],
        depends_on=depends_on if "effort" in told else None,
    )


def _measured(written: str | None) -> tuple[Metric | None, int | None, int | None]:
    """Metric, target in thousandths, and days of ``READS 60 in 42 days``."""
    if written is None:
        return None, None, None
    match = _MEASURE.fullmatch(written)
    assert match is not None, written
    return Metric(match["metric"]), 1_000 * int(match["target"]), int(match["days"])


def _level(written: str | None) -> tuple[str | None, int | None]:
    """The word and the level of ``SATISFACTION 3``."""
    if written is None:
        return None, None
    word, level = written.split()
    return word, int(level)
