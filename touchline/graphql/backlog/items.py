"""An item of a backlog, as cards and pages show it."""

import strawberry

from touchline.domain.backlog import advising
from touchline.domain.backlog.relations import (
    BACKLOG_COMMENT,
    BACKLOG_ITEM,
    BACKLOG_LOG,
    BACKLOG_VOTE,
    BUSINESS_GOAL,
)
from touchline.domain.kernel.clock import DAY, as_of
from touchline.domain.kernel.db import Row
from touchline.graphql.backlog.enums import (
    BacklogItemKind,
    BacklogItemState,
    BacklogLogKind,
    BacklogMandateKind,
    BacklogMetric,
    BacklogQuestion,
    BacklogVerdict,
    BusinessGoalKind,
    CustomerValueKind,
)
from touchline.graphql.backlog.measurements import BacklogMeasurement
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import (
    column,
    connection,
    document,
    expression,
    global_id,
    listed,
    related,
    rows,
    same_row,
)
from touchline.graphql.base.node import Node
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.campaigns.types import Campaign
from touchline.graphql.content.types import ContentAsset
from touchline.graphql.experiments.types import Experiment, ExperimentArm, ExperimentHealth
from touchline.graphql.members.types import Member
from touchline.graphql.segments.types import Segment

_ID = "The global id; to be kept and compared, not taken apart."
_MOST = 500
_SCORED = ("effort", "customer_level", "business_level", "urgency", "confidence", "reach")


def _figures(row: Row) -> advising.Figures:
    return advising.Figures(*(row[name] for name in _SCORED))


def _age(row: Row) -> int:
    until = as_of() if row["closed_at"] is None else row["closed_at"]
    return max(0, int((until - row["created_at"]) // DAY))


def _target(row: Row) -> float | None:
    return None if row["target_milli"] is None else row["target_milli"] / 1000


@entity(BUSINESS_GOAL, permission=READ, description="What the team is after.")
class BusinessGoal(Node):
    """Items are done for its sake."""

    name: str = column(description="What people call it.")
    kind: BusinessGoalKind = column(description="Whether it is a goal, a figure or revenue.")
    created_at: DateTime = column(description="When it was named.")


@entity(BACKLOG_ITEM, permission=READ, description="What an item is to customers.")
class CustomerValue:
    """Shown of the item."""

    id: strawberry.ID = global_id(description=_ID)
    kind: CustomerValueKind | None = column("customer_kind", description="In which way.")
    level: int | None = column("customer_level", description="How much, from 1 to 5.")


@entity(BACKLOG_ITEM, permission=READ, description="What an item is to the business.")
class BusinessValue:
    """Shown of the item."""

    id: strawberry.ID = global_id(description=_ID)
    goal: BusinessGoal | None = related(
        {"goal_id": "id"}, description="The goal, figure or revenue that it is for."
    )
    level: int | None = column("business_level", description="How much, from 1 to 5.")


@entity(BACKLOG_ITEM, permission=READ, description="Scores that advise and move nothing.")
class BacklogScores:
    """Null where the item lacks something that the score is made of."""

    id: strawberry.ID = global_id(description=_ID)
    wsjf: float | None = expression(
        lambda row: advising.wsjf(_figures(row)),
        needs=_SCORED,
        description="Weighted shortest job first: cost of delay by effort.",
    )
    rice: float | None = expression(
        lambda row: advising.rice(_figures(row)),
        needs=_SCORED,
        description="Reach, impact and confidence by effort; reach is the segment's size now.",
    )
    ice: float | None = expression(
        lambda row: advising.ice(_figures(row)),
        needs=_SCORED,
        description="Impact, confidence and ease.",
    )
    value_per_effort: float | None = expression(
        lambda row: advising.value_per_effort(_figures(row)),
        needs=_SCORED,
        description="Value to customers and to the business by effort.",
    )


@entity(BACKLOG_ITEM, permission=READ, description="Whether an item may be pulled.")
class BacklogReadiness:
    """Five questions, answered by what is written of it."""

    id: strawberry.ID = global_id(description=_ID)
    ready: bool = column("is_ready", description="Whether all five are answered.")
    missing: list[BacklogQuestion] = column(description="The questions that are open.")


@entity(BACKLOG_ITEM, permission=READ, description="That something stands in an item's way.")
class BacklogBlock:
    """Shown of the item while it lasts."""

    id: strawberry.ID = global_id(description=_ID)
    since: DateTime = column("blocked_since", description="Since when.")
    reason: str | None = column("blocked_reason", description="What it is.")


@entity(BACKLOG_ITEM, permission=READ, description="How long an item is watched once it is out.")
class BacklogWindow:
    """It begins with the launch."""

    id: strawberry.ID = global_id(description=_ID)
    from_: DateTime | None = column(
        "launched_at", shown_as="from", description="When it was launched; null before that."
    )
    to: DateTime | None = column("window_to", description="When it ends; null before the launch.")
    days: int | None = column("window_days", description="How many days it has.")


@entity(BACKLOG_ITEM, permission=READ, description="What is expected of an item, and what came.")
class BacklogExperiment:
    """Shown of the item."""

    id: strawberry.ID = global_id(description=_ID)
    hypothesis: str | None = column(description="What is expected, and why.")
    metric: BacklogMetric | None = column(description="By what it is measured.")
    target: float | None = expression(
        _target, needs=("target_milli",), description="What the metric is to reach."
    )
    window: BacklogWindow | None = same_row(
        "window_days", description="How long it is watched once it is out."
    )
    verdict: BacklogVerdict | None = column(
        description="What came of it, as it was measured or overruled; null before."
    )
    trial: Experiment | None = related(
        {"experiment_id": "id"}, description="The latest experiment that was planned for it."
    )
    arms: list[ExperimentArm] = rows(
        {"experiment_id": "experiment_id"},
        order=Order(("place",)),
        limit=10,
        description="What the experiment compares; empty where none was planned.",
    )
    verdict_sentence: str | None = column(
        description="What was measured or the experiment has shown, in one plain sentence."
    )
    health: list[ExperimentHealth] | None = document(
        "health", description="What stands in the way of a verdict of the experiment."
    )
    frozen_at: DateTime | None = column(description="Since when the figures stay as they are.")


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
        description="How many whole days ago it was proposed, until it is closed.",
    )
    created_at: DateTime = column(description="When it was proposed.")
    state_at: DateTime = column(description="Since when it stands where it does.")
    launched_at: DateTime | None = column(description="When it was launched.")
    measurement: BacklogMeasurement | None = related(
        {"id": "item_id"}, description="What came of it, as it was measured; null before."
    )
