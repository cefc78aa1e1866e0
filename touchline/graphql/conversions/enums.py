"""The words of conversions."""

from enum import Enum

import strawberry

from touchline.domain.conversions.definition import Counting
from touchline.domain.conversions.errors import ConversionErrorCode as Code
from touchline.domain.kernel.errors import CommonCode
from touchline.graphql.conditions import codes


@strawberry.enum(description="How often a goal counts for one customer.")
class ConversionCounting(Enum):
    """The ways, described."""

    ONCE = strawberry.enum_value(
        Counting.ONCE.value,
        description="The first such touchpoint of a customer is the conversion.",
    )
    EACH = strawberry.enum_value(
        Counting.EACH.value, description="Each such touchpoint is a conversion."
    )


@strawberry.enum(description="What became of a conversion.")
class ConversionChange(Enum):
    """The ways, described."""

    CAME = strawberry.enum_value("CAME", description="A touchpoint converts now.")
    CHANGED = strawberry.enum_value(
        "CHANGED", description="It is worth something else, or another customer's."
    )
    WENT = strawberry.enum_value("WENT", description="The touchpoint converts no more.")


@strawberry.enum(description="Why a change of goals or conversions is refused.")
class ConversionErrorCode(Enum):
    """The codes of the capability, and those of conditions."""

    GOAL_NOT_FOUND = strawberry.enum_value(
        Code.GOAL_NOT_FOUND, description="There is no goal with this id."
    )
    GOAL_ARCHIVED = strawberry.enum_value(Code.GOAL_ARCHIVED, description="The goal is archived.")
    GOAL_NAME_INVALID = strawberry.enum_value(
        Code.GOAL_NAME_INVALID, description="The goal's name is empty or too long."
    )
    NAME_TAKEN = strawberry.enum_value(
        Code.NAME_TAKEN, description="There is a goal of this name already."
    )
    DESCRIPTION_INVALID = strawberry.enum_value(
        Code.DESCRIPTION_INVALID, description="The description is too long."
    )
    TOO_MANY_GOALS = strawberry.enum_value(
        Code.TOO_MANY_GOALS, description="There are as many goals as there can be."
    )
    AMOUNT_INVALID = strawberry.enum_value(
        Code.AMOUNT_INVALID,
        description="The amount is below nothing, too large, or has too many decimals.",
    )
    CURRENCY_INVALID = strawberry.enum_value(
        Code.CURRENCY_INVALID, description="That is no currency, or not the one that is meant."
    )
    CURRENCY_MISSING = strawberry.enum_value(
        Code.CURRENCY_MISSING, description="Nothing says in which currency the value is."
    )
    REFUND_EVENTS_INVALID = strawberry.enum_value(
        Code.REFUND_EVENTS_INVALID,
        description="There are none, too many, or the same twice, or one that converts.",
    )
    CONVERSION_NOT_FOUND = strawberry.enum_value(
        Code.CONVERSION_NOT_FOUND, description="There is no conversion with this id."
    )
    CONVERSION_WITHOUT_VALUE = strawberry.enum_value(
        Code.CONVERSION_WITHOUT_VALUE, description="There is nothing that could be refunded."
    )
    REFUND_TOO_LARGE = strawberry.enum_value(
        Code.REFUND_TOO_LARGE, description="It is more than the conversion is worth."
    )
    REASON_INVALID = strawberry.enum_value(
        Code.REASON_INVALID, description="The reason is empty or too long."
    )
    CONFLICT = strawberry.enum_value(
        CommonCode.CONFLICT, description="The goal has another version by now."
    )
    CONDITION_TOO_LARGE = codes.TOO_LARGE
    NAME_INVALID = codes.NAME_INVALID
    VALUE_INVALID = codes.VALUE_INVALID
    EVENT_UNNAMED = codes.EVENT_UNNAMED
