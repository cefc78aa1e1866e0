"""The score of a customer, and how it came to be."""

import strawberry

from touchline.domain.kernel.clock import as_of
from touchline.domain.kernel.db import Row
from touchline.domain.scoring.decay import MICRO, faded
from touchline.domain.scoring.relations import CUSTOMER_SCORE, SCORE_CHANGE, SCORE_LINE, WORTH
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import (
    column,
    connection,
    expression,
    global_id,
    related,
    rows,
    same_row,
)
from touchline.graphql.base.node import Node
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.scoring.enums import ScoreCause, ScoreLineKind
from touchline.graphql.scoring.models import ScoreBand, ScoringModel, ScoringRule, points
from touchline.graphql.timeline.types import Touchpoint

_ID = "The global id; to be kept and compared, not taken apart."
_KEPT = ("fading", "steady", "landmark", "half_life")


def _points_sql(micro: str) -> str:
    return f"CAST({micro} AS DOUBLE PRECISION) / {MICRO}"


_VALUE_SQL = _points_sql(f"{{steady}} + {WORTH}")
_VALUED = (*_KEPT, "build_id")


def _value(row: Row) -> float:
    """What the sums are worth at the instant of the answer."""
    worth = faded(row["fading"], as_of(), row["landmark"], row["half_life"])
    return points(worth + row["steady"])


def _part(row: Row) -> float:
    """What a line adds; all lines of an answer are of one instant, so they sum to the total."""
    at, landmark, half_life = as_of(), row["landmark"], row["half_life"]
    with_it = faded(row["before"] + row["fading"], at, landmark, half_life)
    return points(with_it - faded(row["before"], at, landmark, half_life) + row["steady"])


def _changed(row: Row) -> float:
    return points(row["value"])


def _instant(_row: Row) -> DateTime:
    return DateTime(as_of())


@entity(SCORE_LINE, permission=READ, description="What one rule or colleague adds to a score.")
class ScoreLine:
    """One line of an explanation."""

    id: strawberry.ID = global_id(description=_ID)
    label: str = column(description="The name of the rule, or the reason of the adjustment.")
    kind: ScoreLineKind = column(description="What it comes from.")
    points: float = expression(
        _part,
        needs=("before", *_KEPT),
        description="What it adds now. The lines sum to the total to the last millionth.",
    )
    occurrences: int = column(description="How many occurrences counted.")
    rule: ScoringRule | None = related({"rule_id": "id"}, description="The rule.")
    latest_touchpoint: Touchpoint | None = related(
        {"touchpoint_id": "id"}, description="The latest occurrence that counted."
    )
    actor_name: str | None = column(description="Who gave or took the points by hand.")
    expires_at: DateTime | None = column(description="When an adjustment lapses.")


@entity(CUSTOMER_SCORE, permission=READ, description="Why a score is what it is.")
class ScoreExplanation:
    """The lines of a score."""

    id: strawberry.ID = global_id(description=_ID)
    total: float = expression(
        _value, needs=_VALUED, sql=_VALUE_SQL, description="The score: the sum of the lines."
    )
    lines: list[ScoreLine] = rows(
        {"customer_id": "customer_id", "build_id": "build_id"},
        order=Order(("place",)),
        limit=200,
        description="What adds up to it.",
    )


@entity(SCORE_CHANGE, permission=READ, description="A score that moved.")
class ScoreChange(Node):
    """An entry of a score's history."""

    at: DateTime = column(description="When it moved.")
    value: float = expression(
        _changed,
        needs=("value",),
        sql=_points_sql("{value}"),
        description="What it was from then on.",
    )
    version: int = column(description="The version of the model by which it was made.")
    band: ScoreBand | None = same_row("band_name", description="The band in which it lay.")
    cause: ScoreCause = column(description="Why it moved.")


@entity(CUSTOMER_SCORE, permission=READ, description="The score of a customer by one model.")
class CustomerScore:
    """As it is at the instant of the answer: what fades has faded until then."""

    id: strawberry.ID = global_id(description=_ID)
    model: ScoringModel = related({"model_id": "id"}, description="The model that makes it.")
    value: float = expression(
        _value, needs=_VALUED, sql=_VALUE_SQL, description="The score, in points."
    )
    band: ScoreBand | None = same_row("band_name", description="The band in which it lies.")
    computed_at: DateTime = expression(
        _instant, needs=("id",), description="For which instant the value is worked out."
    )
    next_band_change_at: DateTime | None = column(
        "next_band_at",
        description="When it comes into another band by time alone; null when never.",
    )
    explanation: ScoreExplanation = same_row(description="Why it is what it is.")
    history: Connection[ScoreChange] = connection(
        "CustomerScore.history",
        on={"customer_id": "customer_id", "model_id": "model_id"},
        order=Order(("at",), descending=True),
        description="How it moved, the latest first.",
    )
