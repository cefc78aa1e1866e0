"""What a caller wrote of an item, as the domain takes it."""

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite
from typing import TypeVar

import strawberry

from touchline.domain.backlog.types import CustomerValueKind, ItemKind, Metric
from touchline.domain.backlog.words import MOST_TARGET, ItemText
from touchline.graphql.backlog.item_inputs import (
    BacklogItemProposeInput,
    BacklogItemUpdateInput,
    BusinessValueInput,
    CustomerValueInput,
)
from touchline.graphql.base.errors import read_id

T = TypeVar("T")


def item_id(given: strawberry.ID, argument: str = "input.itemId") -> int:
    """The key of an item."""
    return read_id(given, argument, "BacklogItem")


def backlog_id(given: strawberry.ID) -> int:
    """The key of a backlog."""
    return read_id(given, "input.backlogId", "Backlog")


def member_id(given: strawberry.ID, argument: str) -> int:
    """The key of a member."""
    return read_id(given, argument, "Member")


def asset_ids(given: Sequence[strawberry.ID] | None) -> list[int]:
    """The keys of assets."""
    return [read_id(one, "input.contentAssetIds", "ContentAsset") for one in given or ()]


def read_proposal(given: BacklogItemProposeInput) -> ItemText:
    """A new item."""
    text = ItemText(
        given.title,
        ItemKind(str(given.kind.value)),
        given.description,
        given.effort,
        urgency=given.urgency,
        confidence=given.confidence,
        hypothesis=given.hypothesis,
        metric=None if given.metric is None else Metric(str(given.metric.value)),
        target_milli=_milli(given.target),
        window_days=given.window_days,
        segment_id=_segment(given.segment_id),
        campaign_id=_campaign(given.campaign_id),
        asset_ids=asset_ids(given.content_asset_ids),
        depends_on=_items(given.depends_on_ids),
    )
    return _worth(text, given.customer_value, given.business_value)


def read_change(known: ItemText, given: BacklogItemUpdateInput) -> ItemText:
    """What is known of an item with what is given in its place."""
    text = replace(
        known,
        title=_told(given.title, known.title),
        description=_told(given.description, known.description),
        effort=_told(given.effort, known.effort),
        urgency=_told(given.urgency, known.urgency),
        confidence=_told(given.confidence, known.confidence),
        hypothesis=_told(given.hypothesis, known.hypothesis),
        window_days=_told(given.window_days, known.window_days),
    )
    if given.kind is not None:
        text = replace(text, kind=ItemKind(str(given.kind.value.value)))
    if given.metric is not None:
        metric = given.metric.value
        text = replace(text, metric=None if metric is None else Metric(str(metric.value)))
    if given.target is not None:
        text = replace(text, target_milli=_milli(given.target.value))
    if given.segment_id is not None:
        text = replace(text, segment_id=_segment(given.segment_id.value))
    if given.campaign_id is not None:
        text = replace(text, campaign_id=_campaign(given.campaign_id.value))
    if given.content_asset_ids is not None:
        text = replace(text, asset_ids=asset_ids(given.content_asset_ids.value))
    if given.depends_on_ids is not None:
        text = replace(text, depends_on=_items(given.depends_on_ids.value))
    if given.customer_value is not None:
        text = _worth(
            replace(text, customer_kind=None, customer_level=None), given.customer_value.value, None
        )
    if given.business_value is not None:
        text = _worth(
            replace(text, goal_id=None, business_level=None), None, given.business_value.value
        )
    return text


def _worth(
    text: ItemText, customer: CustomerValueInput | None, business: BusinessValueInput | None
) -> ItemText:
    if customer is not None:
        kind = CustomerValueKind(str(customer.kind.value))
        text = replace(text, customer_kind=kind, customer_level=customer.level)
    if business is not None:
        goal = business.goal_id
        key = None if goal is None else read_id(goal, "input.businessValue.goalId", "BusinessGoal")
        text = replace(text, goal_id=key, business_level=business.level)
    return text


def _told(given: strawberry.Maybe[T], known: T) -> T:
    return known if given is None else given.value


def _milli(target: float | None) -> int | None:
    """Thousandths; what no database holds becomes what is refused as too much."""
    if target is None:
        return None
    return round(target * 1000) if isfinite(target * 1000) else MOST_TARGET + 1


def _segment(given: strawberry.ID | None) -> int | None:
    return None if given is None else read_id(given, "input.segmentId", "Segment")


def _campaign(given: strawberry.ID | None) -> int | None:
    return None if given is None else read_id(given, "input.campaignId", "Campaign")


def _items(given: Sequence[strawberry.ID] | None) -> list[int] | None:
    return None if given is None else [item_id(one, "input.dependsOnIds") for one in given]
