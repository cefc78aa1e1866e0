"""What an item of a backlog is made of: values, scores, readiness, what is expected of it."""

from operator import itemgetter

import strawberry

from touchline.domain.backlog import advising
from touchline.domain.backlog.relations import (
    BACKLOG_ITEM,
    BUSINESS_GOAL,
)
from touchline.domain.kernel.db import Row
from touchline.graphql.backlog.enums import (
    BacklogMetric,
    BacklogQuestion,
    BusinessGoalKind,
    CustomerValueKind,
)
from touchline.graphql.backlog.result_enums import BacklogVerdict
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import (
    column,
    document,
    expression,
    global_id,
    related,
    rows,
    same_row,
)
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.experiments.types import Experiment, ExperimentArm, ExperimentHealth

_ID = "The global id; to be kept and compared, not taken apart."
_SCORED = ("effort", "customer_level", "business_level", "urgency", "confidence", "reach")

_taken = itemgetter(*_SCORED)


def _figures(row: Row) -> advising.Figures:
    return advising.Figures._make(_taken(row))


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
        sql=advising.WSJF_SQL,
        description="Weighted shortest job first: cost of delay by effort.",
    )
    rice: float | None = expression(
        lambda row: advising.rice(_figures(row)),
        needs=_SCORED,
        sql=advising.RICE_SQL,
        description="Reach, impact and confidence by effort; reach is the segment's size now.",
    )
    ice: float | None = expression(
        lambda row: advising.ice(_figures(row)),
        needs=_SCORED,
        sql=advising.ICE_SQL,
        description="Impact, confidence and ease.",
    )
    value_per_effort: float | None = expression(
        lambda row: advising.value_per_effort(_figures(row)),
        needs=_SCORED,
        sql=advising.VALUE_PER_EFFORT_SQL,
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
        _target,
        needs=("target_milli",),
        sql="CAST({target_milli} AS DOUBLE PRECISION) / 1000",
        description="What the metric is to reach.",
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
