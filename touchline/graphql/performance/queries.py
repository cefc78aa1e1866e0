"""Root fields that read performance."""

from typing import Annotated

import strawberry

from touchline.domain.attribution.weights import AttributionModel as Model
from touchline.domain.kernel.money import checked_currency
from touchline.domain.performance.errors import PerformanceErrorCode as Code
from touchline.domain.performance.reporting import ChannelLine, ChannelReport, channel_report
from touchline.domain.rates.exchanging import as_decimal
from touchline.graphql.attribution.enums import AttributionModel
from touchline.graphql.base.errors import bad_input
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.money import made_money
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.ranges import RANGE, DateRangeInput, read_range
from touchline.graphql.base.scalars import DateTime, Decimal
from touchline.graphql.performance.channels import (
    ChannelPerformance,
    ChannelPerformanceRow,
    ChannelPerformanceTotal,
    ChannelPerformanceUncredited,
    ChannelSuggestion,
)

_PER = 1_000
_MOST_DAYS = 800
"""Customers are counted in the log of the range."""

Range = Annotated[
    DateRangeInput, strawberry.argument(name=RANGE, description="Which days, at most 800.")
]
ByModel = Annotated[AttributionModel, strawberry.argument(description="By what credit is shared.")]
Currency = Annotated[
    str | None,
    strawberry.argument(
        description="Count only money of this currency; needed where there are several."
    ),
]


@strawberry.type(description="Reads of performance.")
class PerformanceQuery:
    """Part of the query root."""

    @resolved(
        permission=READ,
        cost=100,
        description=(
            "What channels cost and brought in at most 800 days, and a suggested split of budget."
        ),
    )
    async def channel_performance(
        self, within: Range, model: ByModel, currency: Currency = None
    ) -> ChannelPerformance | None:
        first, last = read_range(within)
        if last - first >= _MOST_DAYS:
            raise bad_input(f"`{RANGE}` has at most {_MOST_DAYS:,} days here.", RANGE)
        chosen = None
        if currency is not None:
            chosen = checked_currency(currency, Code.CURRENCY_UNKNOWN, ("currency",))
        told = await channel_report(Model(model.name), first, last, chosen)
        return ChannelPerformance(
            rows=[_row(one, told) for one in told.lines],
            uncredited=ChannelPerformanceUncredited(
                conversions=told.uncredited,
                value=made_money(told.uncredited_value, told.currency),
            ),
            total=ChannelPerformanceTotal(
                conversions=told.conversions,
                value=made_money(told.value, told.currency),
                spend=made_money(told.spend, told.currency),
            ),
            computed_at=None if told.computed_at is None else DateTime(told.computed_at),
            is_behind=told.is_behind,
        )


def _row(one: ChannelLine, told: ChannelReport) -> ChannelPerformanceRow:
    currency = told.currency
    return ChannelPerformanceRow(
        channel_key=one.channel or None,
        touchpoints=one.touchpoints,
        customers=one.customers,
        new_customers=one.new_customers,
        conversions=one.conversions,
        credit=one.credit,
        value=made_money(one.value, currency),
        value_units=Decimal(f"{as_decimal(one.units):.2f}"),
        spend=made_money(one.spend, currency),
        cost_per_conversion=made_money(one.cost_per_conversion, currency),
        return_on_spend=one.return_on_spend,
        lifetime_value=made_money(one.lifetime_value, currency),
        suggested_share=one.suggestion.share if one.suggestion else None,
        suggestion=_suggestion(one, currency or ""),
    )


def _suggestion(one: ChannelLine, currency: str) -> ChannelSuggestion | None:
    found = one.suggestion
    if found is None:
        return None
    low, expected, high = (_PER * each for each in (found.low, found.expected, found.high))
    reason = (
        f"After {one.credit:.1f} credited conversions it brings {low:.2f} to {high:.2f} for 1,000"
        f" {currency} (90 % sure), and is the best of all channels in {found.share:.0%} of what"
        " these figures allow."
    )
    return ChannelSuggestion(
        share=found.share, low=low, expected=expected, high=high, reason=reason
    )
