"""What channels cost and brought."""

import strawberry

from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.money import Money
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime, Decimal
from touchline.graphql.base.types import entity
from touchline.graphql.channels.types import Channel


@entity(
    permission=READ,
    description=(
        "A part of the budget that figures suggest for a channel: the probability that it brings "
        "the most conversions for its spend. It is never applied by itself."
    ),
)
class ChannelSuggestion:
    """With what is not sure of it."""

    share: float = attribute(description="The part of the budget; those of all channels sum to 1.")
    low: float = attribute(
        description="Conversions for 1,000 spent: nine in ten that they are not below it."
    )
    expected: float = attribute(description="Conversions for 1,000 spent that are to be expected.")
    high: float = attribute(description="The upper end of the same interval of 90 %.")
    reason: str = attribute(description="Why, in a sentence.")


@entity(permission=READ, description="What a channel cost and brought.")
class ChannelPerformanceRow:
    """Conversions and value are credited by the model."""

    channel_key: strawberry.Private[int | None] = None
    channel: Channel | None = kept("channel_key", description="The channel; null for none.")
    touchpoints: int = attribute(description="How many touchpoints came by it, but robots.")
    customers: int = attribute(description="How many different customers they are of.")
    new_customers: int = attribute(
        description="How many of them were first seen then, and by this channel."
    )
    conversions: int = attribute(description="How many conversions it has any credit for.")
    credit: float = attribute(description="Its credit for them: parts of conversions, summed.")
    value: Money | None = attribute(
        default=None, description="Its credit in money, refunds taken off; null when none is known."
    )
    value_units: Decimal = attribute(
        description="What came by it in units of the reference action, by the rates of each day."
    )
    spend: Money | None = attribute(
        default=None, description="What was spent on it; null when nothing is recorded."
    )
    cost_per_conversion: Money | None = attribute(
        default=None, description="Spend for each conversion of its credit."
    )
    return_on_spend: float | None = attribute(
        default=None, description="Value for each unit of spend: 2.5 is two and a half times it."
    )
    lifetime_value: Money | None = attribute(
        default=None, description="What its new customers have brought so far, on average."
    )
    suggested_share: float | None = attribute(
        default=None, description="The part of the budget that these figures suggest, up to 1."
    )
    suggestion: ChannelSuggestion | None = attribute(
        default=None, description="The same with its interval and its reason."
    )


@entity(
    permission=READ,
    description=(
        "Conversions that no channel earned, for no touch led to them. With the `credit` and the "
        "`value` of all rows they sum to exactly the total."
    ),
)
class ChannelPerformanceUncredited:
    """What attribution leaves over."""

    conversions: float = attribute(description="How many: parts of conversions, as in `credit`.")
    value: Money | None = attribute(
        default=None, description="What they are worth, refunds taken off."
    )


@entity(
    permission=READ,
    description=(
        "All there was: the rows together, and what is `uncredited`. A row counts each conversion "
        "that it has any credit for, so `credit` adds up and `conversions` of rows do not."
    ),
)
class ChannelPerformanceTotal:
    """Each conversion once."""

    conversions: int = attribute(description="How many conversions there were.")
    value: Money | None = attribute(
        default=None, description="What they are worth, refunds taken off."
    )
    spend: Money | None = attribute(default=None, description="What was spent.")


@entity(permission=READ, description="What channels cost and brought, side by side.")
class ChannelPerformance:
    """From daily figures; customers are counted in the log."""

    rows: list[ChannelPerformanceRow] = attribute(
        description="The channels, those of most credit first."
    )
    uncredited: ChannelPerformanceUncredited = attribute(
        description="What no channel earned: rows and this together are the total."
    )
    total: ChannelPerformanceTotal = attribute(
        description="All conversions and all spend of the range."
    )
    computed_at: DateTime | None = attribute(
        default=None, description="When last a day of the range was summed."
    )
    is_behind: bool = attribute(
        description="Whether something happened since that is not summed yet."
    )
