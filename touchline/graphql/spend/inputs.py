"""What mutations of spend are given."""

import strawberry

from touchline.graphql.base.money import MoneyInput
from touchline.graphql.base.ranges import DateRangeInput
from touchline.graphql.base.scalars import Date


@strawberry.input(description="What was spent on a channel on a day.")
class ChannelSpendInput:
    """A figure."""

    channel_id: strawberry.ID = strawberry.field(description="On which channel.")
    day: Date = strawberry.field(description="On which day, in UTC.")
    spend: MoneyInput = strawberry.field(description="How much; nothing or more.")
    campaign: str | None = strawberry.field(
        default=None, description="On which campaign, by its name; without one, on none."
    )


@strawberry.input(
    description=(
        "Figures of spend. Each takes the place of what the same source said of the same channel, "
        "campaign and day before; all are recorded, or none."
    )
)
class ChannelSpendRecordInput:
    """What `channelSpendRecord` is given."""

    figures: list[ChannelSpendInput] = strawberry.field(description="At most 1,000.")
    source: str | None = strawberry.field(
        default=None,
        description="Who says so, such as `Google Ads`; figures of several sources add up.",
    )


@strawberry.input(
    description="A budget of a period, for a channel, a campaign, both, or all there is."
)
class BudgetCreateInput:
    """What `budgetCreate` is given."""

    period: DateRangeInput = strawberry.field(description="On which days it holds.")
    amount: MoneyInput = strawberry.field(description="How much may be spent.")
    channel_id: strawberry.ID | None = strawberry.field(
        default=None, description="On which channel; without one, on all."
    )
    campaign: str | None = strawberry.field(
        default=None, description="On which campaign, by its name; without one, on all."
    )
