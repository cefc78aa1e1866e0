"""An item of a backlog, as cards and pages show it."""

import strawberry

from touchline.domain.backlog.flow import blocked_days_of
from touchline.domain.backlog.learned import suggestions_of
from touchline.domain.backlog.relations import (
    BACKLOG_COMMENT,
    BACKLOG_ITEM,
    BACKLOG_LOG,
    BACKLOG_VOTE,
)
from touchline.domain.kernel.clock import DAY, as_of
from touchline.domain.kernel.db import Row
from touchline.graphql.backlog.enums import (
    BacklogItemKind,
    BacklogItemState,
    BacklogLogKind,
    BacklogMandateKind,
)
from touchline.graphql.backlog.flows import BacklogAgeWarning, age_warnings
from touchline.graphql.backlog.measurements import BacklogMeasurement
from touchline.graphql.backlog.parts import (
    BacklogBlock,
    BacklogExperiment,
    BacklogReadiness,
    BacklogScores,
    BusinessValue,
    CustomerValue,
)
from touchline.graphql.backlog.result_enums import BacklogSuggestionKind
from touchline.graphql.base.answering import answered
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import (
    attribute,
    column,
    connection,
    expression,
    global_id,
    kept,
    listed,
    related,
    resolved,
    rows,
    same_row,
)
from touchline.graphql.base.made import MADE_ID, made_id
from touchline.graphql.base.node import Node
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.campaigns.types import Campaign
from touchline.graphql.channels.types import Channel
from touchline.graphql.content.types import ContentAsset
from touchline.graphql.members.types import Member
from touchline.graphql.segments.types import Segment

_ID = "The global id; to be kept and compared, not taken apart."
_MOST = 500


def _age(row: Row) -> int:
    until = as_of() if row["closed_at"] is None else row["closed_at"]
    return max(0, int((until - row["created_at"]) // DAY))


_AGE_SQL = (
    "CASE WHEN coalesce({closed_at}, {now}) > {created_at}"
    f" THEN (coalesce({{closed_at}}, {{now}}) - {{created_at}}) / {DAY} ELSE 0 END"
)


@entity(BACKLOG_LOG, permission=READ, description="A line of an item's history.")
class BacklogHistoryEntry:
    """Written once, and never changed."""

    id: strawberry.ID = global_id(description=_ID)
    kind: BacklogLogKind = column(description="What it tells of.")
    at: DateTime = column("logged_at", description="When it was done.")
    actor_name: str = column(description="Who did it, as they were called then.")
    mandate: BacklogMandateKind | None = column(
        description="By what right they acted in the Owner's place; null for their own."
    )
    from_: str | None = column("from_value", shown_as="from", description="What was before.")
    to: str | None = column("to_value", description="What is since.")
    reason: str | None = column(description="Why, or of what the line tells.")


@entity(BACKLOG_COMMENT, permission=READ, description="What somebody said about an item.")
class BacklogComment(Node):
    """It moves nothing."""

    text: str = column(description="What was said.")
    actor_name: str = column(description="Who said it.")
    created_at: DateTime = column(description="When it was said.")


@entity(BACKLOG_VOTE, permission=READ, description="That a member is for an item.")
class BacklogVote:
    """It moves nothing."""

    id: strawberry.ID = global_id(description=_ID)
    member: Member | None = related({"member_id": "id"}, description="Who is for it.")
    voted_at: DateTime = column(description="Since when.")


@entity(permission=READ, description="What could be done next after an item was measured.")
class BacklogSuggestion:
    """Worked out from the figures of now; it moves nothing."""

    id: strawberry.ID = attribute(description=MADE_ID)
    key: str = attribute(
        description="By which it is taken up or turned down; the same whenever one asks."
    )
    kind: BacklogSuggestionKind = attribute(description="What sort of next step it is.")
    title: str = attribute(description="What could be done.")
    reason: str = attribute(description="Why, in plain sentences with the figures.")
    base_key: strawberry.Private[int]
    based_on: "BacklogItem" = kept("base_key", description="The item from which it follows.")
    channel_key: strawberry.Private[int | None]
    channel: Channel | None = kept("channel_key", description="The channel it is for.")
    segment_key: strawberry.Private[int | None]
    segment: Segment | None = kept("segment_key", description="The customers it is for.")
    asset_key: strawberry.Private[int | None]
    content_asset: ContentAsset | None = kept("asset_key", description="Content to go by.")


@entity(BACKLOG_ITEM, permission=READ, description="A piece of work in a backlog.")
class BacklogItem(Node):
    """Nobody is given it: members pull it."""

    title: str = column(description="What is to be done.")
    description: str | None = column(description="What more there is to say.")
    kind: BacklogItemKind = column(description="What sort of work it is.")
    state: BacklogItemState = column(description="Where it stands.")
    position: int | None = column(
        description="Its place in the ordered list, from 1; null outside of it."
    )
    effort: int | None = column(description="Its size: 1, 2, 3, 5, 8 or 13; null if unknown.")
    customer_value: CustomerValue | None = same_row(
        "customer_level", description="What it is to customers."
    )
    business_value: BusinessValue | None = same_row(
        "business_level", description="What it is to the business."
    )
    urgency: int | None = column(description="What waiting costs, from 1 to 5.")
    confidence: int | None = column(description="How sure its figures are, in percent.")
    reach: int | None = column(description="How many customers its segment holds now.")
    scores: BacklogScores = same_row(description="Scores that advise.")
    readiness: BacklogReadiness = same_row(description="Whether it may be pulled.")
    experiment: BacklogExperiment = same_row(description="What is expected of it, and what came.")
    blocked: BacklogBlock | None = same_row(
        "blocked_since", description="What stands in its way; null when nothing does."
    )
    proposed_by: Member | None = related(
        {"proposed_by_id": "id"}, description="Who proposed it; null for a program."
    )
    pulled_by: Member | None = related(
        {"pulled_by_id": "id"}, description="Who took it to work on it."
    )
    duplicate_of: "BacklogItem | None" = related(
        {"duplicate_of_id": "id"}, description="The item that it is the same as."
    )
    based_on: "BacklogItem | None" = related(
        {"based_on_id": "id"}, description="The item of which something came that suggested it."
    )
    led_to: list["BacklogItem"] = rows(
        {"id": "based_on_id"},
        order=Order(("created_at",)),
        limit=_MOST,
        description="What was proposed because of what came of it, the first 500.",
    )
    depends_on: list["BacklogItem"] = listed("depends_on", description="What it waits for.")
    content_assets: list[ContentAsset] = listed("asset_ids", description="The content it makes.")
    campaign: Campaign | None = related(
        {"campaign_id": "id"}, description="The campaign that it is part of."
    )
    segment: Segment | None = related(
        {"segment_id": "id"}, description="The customers that it is to reach."
    )
    vote_count: int = column(description="How many members are for it.")
    votes: list[BacklogVote] = rows(
        {"id": "item_id"},
        order=Order(("voted_at",)),
        limit=_MOST,
        description="Who is for it, the first 500.",
    )
    comments: Connection[BacklogComment] = connection(
        "backlogItemComments",
        on={"id": "item_id"},
        order=Order(("created_at",)),
        description="What was said about it, the oldest first.",
    )
    history: list[BacklogHistoryEntry] = rows(
        {"id": "item_id"},
        order=Order(("logged_at",)),
        limit=_MOST,
        description="What was done with it, the oldest first, the first 500.",
    )
    age_days: int = expression(
        _age,
        needs=("created_at", "closed_at"),
        sql=_AGE_SQL,
        description="How many whole days ago it was proposed, until it is closed.",
    )
    created_at: DateTime = column(description="When it was proposed.")
    state_at: DateTime = column(description="Since when it stands where it does.")
    launched_at: DateTime | None = column(description="When it was launched.")
    age_warning: BacklogAgeWarning | None = answered(
        age_warnings,
        {},
        description="How old it is beside what the team usually needs; null if not under way.",
    )
    blocked_days: float = answered(
        blocked_days_of,
        {},
        description="For how many days it has been blocked so far, weekends with them.",
    )
    measurement: BacklogMeasurement | None = related(
        {"id": "item_id"}, description="What came of it, as it was measured; null before."
    )

    @resolved(
        permission=READ,
        cost=20,
        description=(
            "What could be done next, by what came of it: at most five proposals, without those "
            "that were taken up or turned down. Empty before it is measured."
        ),
    )
    async def suggested_next(self) -> list[BacklogSuggestion]:
        row: Row = self  # type: ignore[assignment]
        return [
            BacklogSuggestion(
                id=made_id("suggestion", row["id"], one.key),
                key=one.key,
                kind=BacklogSuggestionKind(one.kind.value),
                title=one.title,
                reason=one.reason,
                base_key=row["id"],
                channel_key=one.channel_id,
                segment_key=one.segment_id,
                asset_key=one.asset_id,
            )
            for one in await suggestions_of(row["id"])
        ]
