"""A scoring model and what it is made of."""

import strawberry

from touchline.domain.kernel.db import Row
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.relations import (
    IS_WRITTEN,
    SCORE_BAND,
    SCORE_BAND_COUNT,
    SCORING_MODEL,
    SCORING_RULE,
)
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import (
    column,
    document,
    expression,
    global_id,
    key,
    related,
    rows,
    same_row,
)
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime, Duration
from touchline.graphql.base.types import entity
from touchline.graphql.conditions.types import Condition
from touchline.graphql.tags.rules import PublishingStatus
from touchline.graphql.tasks.types import Task

_ID = "The global id; to be kept and compared, not taken apart."


def points(value: int) -> float:
    """Micro-points as points."""
    return value / MICRO


def _points(row: Row) -> float:
    return points(row["points"])


def _minimum(row: Row) -> float:
    return points(row["band_minimum"])


def _cap(row: Row) -> float | None:
    return None if row["cap_per_day"] is None else points(row["cap_per_day"])


@entity(SCORE_BAND, permission=READ, description="The band in which a score lies.")
class ScoreBand:
    """Shown of the row that names it."""

    id: strawberry.ID = global_id("band_id", description=_ID)
    name: str = column("band_name", description="What it is called, such as `Hot`.")
    minimum: float = expression(
        _minimum, needs=("band_minimum",), description="The least score that lies in it."
    )


@entity(permission=READ, description="A band of a scoring model.")
class ScoringBand:
    """Kept with the model."""

    id: strawberry.ID = global_id(description=_ID)
    name: str = key(description="What it is called, such as `Hot`.")
    minimum: float = key(description="The least score that lies in it.")


@entity(SCORE_BAND_COUNT, permission=READ, description="How many customers lie in a band.")
class ScoreBandCount:
    """One bar of the distribution of scores."""

    id: strawberry.ID = global_id(description=_ID)
    band: ScoreBand | None = same_row(
        "band_name", description="The band; null for scores below the lowest."
    )
    count: int = column("customers", description="How many customers lie in it.")


@entity(SCORING_RULE, permission=READ, description="A rule of a scoring model.")
class ScoringRule(Node):
    """Points for each occurrence of an event, or while a condition holds."""

    name: str = column(description="What it is called in explanations.")
    points: float = expression(_points, needs=("points",), description="What it gives, or takes.")
    dimension: str | None = column(description="What it speaks of, such as `engagement` or `fit`.")
    once: bool = column(description="Whether only the first occurrence counts.")
    cap_per_day: float | None = expression(
        _cap, needs=("cap_per_day",), description="The most it gives on one day (UTC)."
    )
    group: str | None = column(
        "group_name", description="The group of rules whose points of a day are capped together."
    )
    condition: Condition = same_row(
        description=(
            "A plain `did` counts at each occurrence, everything else counts while it holds."
        )
    )


@entity(SCORING_MODEL, permission=READ, description="A way to add up what customers do and are.")
class ScoringModel(Node):
    """As it is written now; `publishedVersion` is the version by which scores are made."""

    name: str = column(description="What people call it.")
    status: PublishingStatus = column(description="Whether it is in force as it is written.")
    version: int = column(description="Which version is written here, counted from 1.")
    published_version: int | None = column(description="Which version is in force.")
    recompute: Task | None = related(
        {"task_id": "id"},
        description="The work that makes its scores, or did so last.",
    )
    is_primary: bool = column(
        description="Whether lists of customers are filtered and sorted by its scores."
    )
    half_life: Duration | None = column(
        description="How long points take to halve; null when they do not fade so."
    )
    window: Duration | None = column(
        "time_window", description="For how long points count; null when for ever."
    )
    conversion: str | None = column(description="The event by which back-tests try it.")
    bands: list[ScoringBand] = document("bands", description="Its bands, the lowest first.")
    rules: list[ScoringRule] = rows(
        {"id": "model_id"},
        order=Order(("place",)),
        where=IS_WRITTEN,
        limit=100,
        description="Its rules.",
    )
    distribution: list[ScoreBandCount] = rows(
        {"id": "model_id"},
        order=Order(("band_order",)),
        limit=21,
        description="How many customers lie in each band now, the lowest first.",
    )
    created_at: DateTime = column(description="When it was first written.")
    updated_at: DateTime = column(description="When it was last written.")
