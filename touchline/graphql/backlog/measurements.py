"""What came of an item, as it was frozen."""

import strawberry

from touchline.domain.backlog.relations import BACKLOG_MEASUREMENT
from touchline.domain.kernel.db import Row
from touchline.graphql.backlog.enums import BacklogMetric
from touchline.graphql.backlog.result_enums import BacklogMeasure, BacklogVerdict
from touchline.graphql.base.fields import (
    column,
    expression,
    global_id,
    listed,
    related,
    same_row,
)
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.content.types import ContentAsset
from touchline.graphql.experiments.types import Experiment

_ID = "The global id; to be kept and compared, not taken apart."


def _value(row: Row) -> float | None:
    return None if row["value"] is None else float(row["value"])


def _target(row: Row) -> float | None:
    return None if row["target"] is None else float(row["target"])


@entity(BACKLOG_MEASUREMENT, permission=READ, description="In which time something was measured.")
class BacklogMeasuredWindow:
    """From the first instant on, and before the second."""

    id: strawberry.ID = global_id(description=_ID)
    from_: DateTime = column("began_at", shown_as="from", description="From when on.")
    to: DateTime = column("ended_at", description="Up to when.")


@entity(BACKLOG_MEASUREMENT, permission=READ, description="What came of an item, frozen.")
class BacklogMeasurement:
    """Written once, and never changed. Who overrules the verdict leaves the numbers."""

    id: strawberry.ID = global_id(description=_ID)
    source: BacklogMeasure = column(description="By what it was measured.")
    verdict: BacklogVerdict = column(
        description="The verdict as it was measured; what stands is `experiment.verdict`."
    )
    sentence: str = column(description="The same in one plain sentence.")
    metric: BacklogMetric | None = column(
        description="Which figure was counted; null for an experiment, which has its own."
    )
    value: float | None = expression(
        _value,
        needs=("value",),
        description="What it came to; of an experiment, the difference that was found.",
    )
    currency: str | None = column(description="In which currency, for what is money.")
    target: float | None = expression(
        _target,
        needs=("target",),
        description="What was hoped for; of an experiment, the least difference that mattered.",
    )
    window: BacklogMeasuredWindow = same_row(description="In which time.")
    reached: int | None = column(description="How many people were reached, or were in its arms.")
    needed: int | None = column(
        description=(
            "How many people it would have taken, of an experiment in each arm; null where there "
            "were enough."
        )
    )
    content_assets: list[ContentAsset] = listed(
        "asset_ids", description="The content whose figures they are."
    )
    experiment: Experiment | None = related(
        {"experiment_id": "id"}, description="The experiment whose figures they are."
    )
    measured_at: DateTime = column(description="Since when they are frozen.")
