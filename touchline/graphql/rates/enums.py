"""The words of exchange rates."""

from enum import Enum

import strawberry

from touchline.domain.rates.errors import RateErrorCode as Code


@strawberry.enum(description="Why a change of value exchange rates is refused.")
class ValueExchangeRateErrorCode(Enum):
    """The codes of the capability, described."""

    NOTHING_TO_SET = strawberry.enum_value(
        Code.NOTHING_TO_SET, description="There are no rates in the input."
    )
    TOO_MANY_RATES = strawberry.enum_value(
        Code.TOO_MANY_RATES, description="There are too many rates."
    )
    ACTION_INVALID = strawberry.enum_value(
        Code.ACTION_INVALID, description="The name of an action is empty or too long."
    )
    UNITS_INVALID = strawberry.enum_value(
        Code.UNITS_INVALID, description="The units are nothing or less, or have too many decimals."
    )
    CHANNEL_NOT_FOUND = strawberry.enum_value(
        Code.CHANNEL_NOT_FOUND, description="There is no channel with this id."
    )
    PERIOD_EMPTY = strawberry.enum_value(
        Code.PERIOD_EMPTY, description="A rate ends before it begins."
    )
    RATES_OVERLAP = strawberry.enum_value(
        Code.RATES_OVERLAP,
        description="Two rates of the same action and channel hold on the same day.",
    )
    REFERENCE_MISSING = strawberry.enum_value(
        Code.REFERENCE_MISSING, description="Nothing says which action counts one."
    )
    REFERENCE_DIFFERS = strawberry.enum_value(
        Code.REFERENCE_DIFFERS, description="The rates that stand are measured by another action."
    )
    RATE_OF_REFERENCE = strawberry.enum_value(
        Code.RATE_OF_REFERENCE, description="The reference action always counts one."
    )
    RATE_NOT_FOUND = strawberry.enum_value(
        Code.RATE_NOT_FOUND, description="There is no rate with this id."
    )
