"""What mutations are given that write items, judge them and order them."""

import strawberry

from touchline.graphql.backlog.enums import BacklogItemKind, BacklogMetric, CustomerValueKind

_ITEM = "The item."
_REASON = "Why, at most 1,000 characters."
_LEVEL = "How much, from 1 to 5."
_VERSION = "Refuse it unless this is still the version of the order."
_TITLE = "What is to be done, at most 200 characters."
_EFFORT = "Its size: 1, 2, 3, 5, 8 or 13."
_URGENCY = "What waiting costs, from 1 to 5."
_CONFIDENCE = "How sure its figures are, in percent."
_TARGET = "What the metric is to reach, to three decimals; it needs a metric."
_WINDOW = "How many days it is watched once it is out, at most 366."
_SEGMENT = "The segment that it is to reach."
_CAMPAIGN = "The campaign that it is part of."
_ASSETS = "The content it makes, at most 50 assets."
_WAITS = "What it waits for, at most 50 items of its backlog; empty for nothing."


@strawberry.input(description="What an item is to customers.")
class CustomerValueInput:
    """Part of an item."""

    kind: CustomerValueKind = strawberry.field(description="In which way.")
    level: int = strawberry.field(description=_LEVEL)


@strawberry.input(description="What an item is to the business.")
class BusinessValueInput:
    """Part of an item."""

    level: int = strawberry.field(description=_LEVEL)
    goal_id: strawberry.ID | None = strawberry.field(
        default=None, description="The goal, figure or revenue that it is for."
    )


@strawberry.input(description="Something that the team could do.")
class BacklogItemProposeInput:
    """What `backlogItemPropose` is given."""

    backlog_id: strawberry.ID = strawberry.field(description="The backlog it is for.")
    title: str = strawberry.field(description=_TITLE)
    kind: BacklogItemKind = strawberry.field(
        default=BacklogItemKind.CONTENT, description="What sort of work it is."
    )
    description: str | None = strawberry.field(
        default=None, description="What more there is to say, at most 10,000 characters."
    )
    effort: int | None = strawberry.field(default=None, description=_EFFORT)
    customer_value: CustomerValueInput | None = strawberry.field(
        default=None, description="What it is to customers."
    )
    business_value: BusinessValueInput | None = strawberry.field(
        default=None, description="What it is to the business."
    )
    urgency: int | None = strawberry.field(default=None, description=_URGENCY)
    confidence: int | None = strawberry.field(default=None, description=_CONFIDENCE)
    hypothesis: str | None = strawberry.field(
        default=None, description="What is expected of it, and why."
    )
    metric: BacklogMetric | None = strawberry.field(
        default=None, description="By what it is measured."
    )
    target: float | None = strawberry.field(default=None, description=_TARGET)
    window_days: int | None = strawberry.field(default=None, description=_WINDOW)
    segment_id: strawberry.ID | None = strawberry.field(default=None, description=_SEGMENT)
    campaign_id: strawberry.ID | None = strawberry.field(default=None, description=_CAMPAIGN)
    content_asset_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description=_ASSETS
    )
    depends_on_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description=f"{_WAITS} Absent while that is not known."
    )


@strawberry.input(description="What changes of an item; what is absent stays.")
class BacklogItemUpdateInput:
    """What `backlogItemUpdate` is given."""

    title: strawberry.Maybe[str] = strawberry.field(description=_TITLE)
    kind: strawberry.Maybe[BacklogItemKind] = strawberry.field(
        description="What sort of work it is."
    )
    description: strawberry.Maybe[str | None] = strawberry.field(
        description="What more there is to say."
    )
    effort: strawberry.Maybe[int | None] = strawberry.field(description=_EFFORT)
    customer_value: strawberry.Maybe[CustomerValueInput | None] = strawberry.field(
        description="What it is to customers."
    )
    business_value: strawberry.Maybe[BusinessValueInput | None] = strawberry.field(
        description="What it is to the business."
    )
    urgency: strawberry.Maybe[int | None] = strawberry.field(description=_URGENCY)
    confidence: strawberry.Maybe[int | None] = strawberry.field(description=_CONFIDENCE)
    hypothesis: strawberry.Maybe[str | None] = strawberry.field(
        description="What is expected of it, and why."
    )
    metric: strawberry.Maybe[BacklogMetric | None] = strawberry.field(
        description="By what it is measured."
    )
    target: strawberry.Maybe[float | None] = strawberry.field(description=_TARGET)
    window_days: strawberry.Maybe[int | None] = strawberry.field(description=_WINDOW)
    segment_id: strawberry.Maybe[strawberry.ID | None] = strawberry.field(description=_SEGMENT)
    campaign_id: strawberry.Maybe[strawberry.ID | None] = strawberry.field(description=_CAMPAIGN)
    content_asset_ids: strawberry.Maybe[list[strawberry.ID]] = strawberry.field(
        description=f"{_ASSETS} All of them."
    )
    depends_on_ids: strawberry.Maybe[list[strawberry.ID] | None] = strawberry.field(
        description=f"{_WAITS} All of them; null while that is not known."
    )


@strawberry.input(description="How large an item is.")
class BacklogItemEstimateInput:
    """What `backlogItemEstimate` is given."""

    item_id: strawberry.ID = strawberry.field(description=_ITEM)
    effort: int = strawberry.field(description=_EFFORT)


@strawberry.input(description="Something said about an item.")
class BacklogItemCommentInput:
    """What `backlogItemComment` is given."""

    item_id: strawberry.ID = strawberry.field(description=_ITEM)
    text: str = strawberry.field(description="What is said, at most 10,000 characters.")


@strawberry.input(description="A proposal that is taken into the list.")
class BacklogItemAcceptInput:
    """What `backlogItemAccept` is given."""

    item_id: strawberry.ID = strawberry.field(description=_ITEM)
    after: strawberry.Maybe[strawberry.ID | None] = strawberry.field(
        description="The item behind which it is put; null for the top, absent for the end."
    )
    expected_order_version: int | None = strawberry.field(default=None, description=_VERSION)


@strawberry.input(description="A proposal that is turned down.")
class BacklogItemDeclineInput:
    """What `backlogItemDecline` is given."""

    item_id: strawberry.ID = strawberry.field(description=_ITEM)
    reason: str = strawberry.field(description=_REASON)


@strawberry.input(description="A proposal that is the same as another item.")
class BacklogItemMarkDuplicateInput:
    """What `backlogItemMarkDuplicate` is given."""

    item_id: strawberry.ID = strawberry.field(description=_ITEM)
    of_id: strawberry.ID = strawberry.field(description="The item that it is the same as.")


@strawberry.input(description="An item that is put elsewhere in the list.")
class BacklogItemMoveInput:
    """What `backlogItemMove` is given."""

    item_id: strawberry.ID = strawberry.field(description=_ITEM)
    after: strawberry.ID | None = strawberry.field(
        default=None, description="The item behind which it is put; null for the top."
    )
    expected_order_version: int | None = strawberry.field(default=None, description=_VERSION)
    reason: str | None = strawberry.field(default=None, description=_REASON)


@strawberry.input(description="An item that is given up.")
class BacklogItemDropInput:
    """What `backlogItemDrop` is given."""

    item_id: strawberry.ID = strawberry.field(description=_ITEM)
    reason: str = strawberry.field(description=_REASON)
