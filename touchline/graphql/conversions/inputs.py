"""What mutations of goals and conversions are given."""

import strawberry

from touchline.graphql.base.money import MoneyInput
from touchline.graphql.conditions.inputs import PropertyConditionInput
from touchline.graphql.conversions.enums import ConversionCounting

_EVENT = "The name of the touchpoint that is a conversion, such as `Order Completed`."
_WHERE = "What all of its properties named here meet."
_COUNTING = "Whether each such touchpoint counts, or only the first of a customer."
_VALUE = "What a conversion is worth; null for conversions that are only counted."
_REFUNDS = "By which touchpoints a conversion is taken back; null for none."
_LIFETIME = (
    "Whether its value is part of what a customer has brought in. Say no where it stands for "
    "hopes, or for what another goal counts too."
)


@strawberry.input(description="A property of the touchpoint that says what it is worth.")
class ConversionPropertyValueInput:
    """Without a currency in the touchpoint, `currency` holds."""

    name: str = strawberry.field(
        description="The name of the property; dots lead into objects, as in `cart.total`."
    )
    currency_property: str | None = strawberry.field(
        default=None, description="The property that holds the code of the currency."
    )
    currency: str | None = strawberry.field(
        default=None, description="The currency where the touchpoint names none, such as `EUR`."
    )


@strawberry.input(
    one_of=True, description="What a conversion is worth; exactly one of them is given."
)
class ConversionValueInput:
    """Fixed, or as the touchpoint says."""

    fixed: strawberry.Maybe[MoneyInput] = strawberry.field(description="Always the same.")
    property: strawberry.Maybe[ConversionPropertyValueInput] = strawberry.field(
        description="What a property of the touchpoint says."
    )


@strawberry.input(description="By which touchpoints conversions are taken back.")
class ConversionRefundsInput:
    """They name the order that they mean, as the conversion does."""

    events: list[str] = strawberry.field(
        description="The names of such touchpoints, such as `Order Refunded`; one to ten."
    )
    order_property: str = strawberry.field(
        description="The property that holds the order on both, such as `order_id`."
    )
    value_property: str | None = strawberry.field(
        default=None,
        description=(
            "The property that says how much is refunded; without it, or where it holds no number, "
            "all of it is."
        ),
    )


@strawberry.input(description="A new goal.")
class ConversionGoalCreateInput:
    """What `conversionGoalCreate` is given."""

    name: str = strawberry.field(description="What to call it, at most 100 characters.")
    description: str | None = strawberry.field(
        default=None, description="What it means, at most 1,000 characters."
    )
    event: str = strawberry.field(description=_EVENT)
    where: list[PropertyConditionInput] | None = strawberry.field(default=None, description=_WHERE)
    counting: ConversionCounting = strawberry.field(
        default=ConversionCounting.EACH, description=_COUNTING
    )
    value: ConversionValueInput | None = strawberry.field(default=None, description=_VALUE)
    refunds: ConversionRefundsInput | None = strawberry.field(default=None, description=_REFUNDS)
    counts_to_lifetime_value: bool = strawberry.field(default=True, description=_LIFETIME)


@strawberry.input(description="A goal that is only tried.")
class ConversionGoalPreviewInput:
    """What `conversionGoalPreview` is given."""

    event: str = strawberry.field(description=_EVENT)
    where: list[PropertyConditionInput] | None = strawberry.field(default=None, description=_WHERE)
    counting: ConversionCounting = strawberry.field(
        default=ConversionCounting.EACH, description=_COUNTING
    )
    value: ConversionValueInput | None = strawberry.field(default=None, description=_VALUE)
    refunds: ConversionRefundsInput | None = strawberry.field(default=None, description=_REFUNDS)


@strawberry.input(description="Other words, or another way to count; what is absent stays.")
class ConversionGoalUpdateInput:
    """What `conversionGoalUpdate` is given."""

    name: strawberry.Maybe[str] = strawberry.field(description="What to call it.")
    description: strawberry.Maybe[str | None] = strawberry.field(description="What it means.")
    event: strawberry.Maybe[str] = strawberry.field(description=_EVENT)
    where: strawberry.Maybe[list[PropertyConditionInput] | None] = strawberry.field(
        description=_WHERE
    )
    counting: strawberry.Maybe[ConversionCounting] = strawberry.field(description=_COUNTING)
    value: strawberry.Maybe[ConversionValueInput | None] = strawberry.field(description=_VALUE)
    refunds: strawberry.Maybe[ConversionRefundsInput | None] = strawberry.field(
        description=_REFUNDS
    )
    counts_to_lifetime_value: strawberry.Maybe[bool] = strawberry.field(description=_LIFETIME)
    expected_version: int | None = strawberry.field(
        default=None, description="Refuse unless this is its latest version."
    )


@strawberry.input(description="What a colleague says is refunded of a conversion.")
class ConversionRefundInput:
    """What `conversionRefund` is given."""

    conversion_id: strawberry.ID = strawberry.field(description="The conversion.")
    amount: MoneyInput | None = strawberry.field(
        default=None,
        description=(
            "How much is refunded in all, whatever touchpoints say; null for all of it, an amount "
            "of 0 for nothing."
        ),
    )
    reason: str = strawberry.field(description="Why, for colleagues; at most 500 characters.")
