"""What mutations of exchange rates are given."""

import strawberry

from touchline.graphql.base.scalars import Date, Decimal


@strawberry.input(description="So many of an action are worth one of the reference action.")
class ValueExchangeRateInput:
    """A rate."""

    action: str = strawberry.field(description="The name of the event, such as `Followed`.")
    units_per_reference: Decimal = strawberry.field(
        description="How many of them are worth one of the reference action, such as `10`."
    )
    valid_from: Date = strawberry.field(description="On which day (UTC) it begins to hold.")
    valid_to: Date | None = strawberry.field(
        default=None,
        description=(
            "Its last day; without one it holds until the next rate of the action on the channel."
        ),
    )
    channel_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="On which channel alone; without one on all that have no rate of their own.",
    )


@strawberry.input(description="Rates that are added to those that stand: all of them, or none.")
class ValueExchangeRateSetInput:
    """What `valueExchangeRateSet` is given."""

    rates: list[ValueExchangeRateInput] = strawberry.field(description="At most 200.")
    reference_action: str | None = strawberry.field(
        default=None,
        description=(
            "The event that counts one, such as `Registered`; needed for the first rates, and the "
            "same for all."
        ),
    )
