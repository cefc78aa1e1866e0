"""Root fields that read attribution."""

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from touchline.domain.attribution.queries import (
    Dimension,
    Earned,
    Earnings,
    Sums,
    earnings,
    settings_in_force,
)
from touchline.domain.attribution.shares import WHOLE
from touchline.domain.attribution.weights import AttributionModel as Model
from touchline.graphql.attribution.enums import AttributionDimension, AttributionModel
from touchline.graphql.attribution.types import (
    AttributionFit,
    AttributionReport,
    AttributionRow,
    AttributionSettings,
)
from touchline.graphql.base.errors import bad_input, read_id
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import found, resolved, rows
from touchline.graphql.base.made import made_id
from touchline.graphql.base.money import made_money
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.ranges import read_range
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.channels.queries import Range

MOST_ROWS = 500

ByModel = Annotated[AttributionModel, strawberry.argument(description="By what credit is shared.")]
By = Annotated[AttributionDimension, strawberry.argument(description="By what it is summed.")]
Goals = Annotated[
    list[strawberry.ID] | None,
    strawberry.argument(description="Only for the goals with these ids; all by default."),
]
Most = Annotated[int, strawberry.argument(description="How many rows at most, up to 500.")]


@strawberry.type(description="Reads of attribution.")
class AttributionQuery:
    """Part of the query root."""

    attribution_settings: AttributionSettings | None = found(
        settings_in_force, {}, permission=READ, description="The settings in force."
    )
    attribution_fits: list[AttributionFit] | None = rows(
        {},
        order=Order(("goal_id",)),
        limit=500,
        permission=READ,
        description="The Markov chains of journeys, one for each goal.",
    )

    @resolved(
        permission=READ,
        cost=20,
        description=(
            "What earned the conversions of some days, by channel, campaign, content or family."
        ),
    )
    async def attribution(
        self,
        within: Range,
        model: ByModel,
        by: By = AttributionDimension.CHANNEL,
        goals: Goals = None,
        limit: Most = 100,
    ) -> AttributionReport | None:
        begin, end = read_range(within)
        if not 1 <= limit <= MOST_ROWS:
            raise bad_input(f"`limit` is from 1 to {MOST_ROWS}.", "limit")
        only = None if goals is None else [read_id(one, "goals", "ConversionGoal") for one in goals]
        dimension = Dimension(by.name)
        told = await earnings(dimension, Model(model.name), begin, end, only)
        about = (model.name, by.name, begin, end, *(only or ()))
        return _report(told, dimension, limit, about)


def _report(
    told: Earnings, dimension: Dimension, limit: int, about: tuple[str | int, ...]
) -> AttributionReport:
    credited = sum(one.weight_micro for one in told.rows)
    return AttributionReport(
        id=made_id("attribution", *about),
        rows=[_row(one, dimension, about) for one in told.rows[:limit]],
        has_more=len(told.rows) > limit,
        conversions=told.conversions,
        values=_money(told.values),
        credit=credited / WHOLE,
        uncredited=(told.conversions * WHOLE - credited) / WHOLE,
        computed_at=None if told.computed_at is None else DateTime(told.computed_at),
        is_behind=told.is_behind,
    )


def _row(one: Earned, dimension: Dimension, about: tuple[str | int, ...]) -> AttributionRow:
    shown: dict[str, Any] = {_SHOWN[dimension]: one.key}
    return AttributionRow(
        id=made_id("credit", *about, one.key or ""),
        credit=one.weight_micro / WHOLE,
        values=_money(one.values),
        **shown,
    )


def _money(sums: Sums) -> list[Any]:
    return [made_money(minor, currency) for currency, minor in sorted(sums.items())]


_SHOWN: Mapping[Dimension, str] = {
    Dimension.CHANNEL: "channel_key",
    Dimension.CAMPAIGN: "campaign",
    Dimension.ASSET: "asset_key",
    Dimension.FAMILY: "family_key",
}
