"""The words of forecasts."""

from enum import Enum

import strawberry

from touchline.domain.forecasts.errors import ForecastErrorCode as Code


@strawberry.enum(description="Why nothing is forecast.")
class LifetimeForecastErrorCode(Enum):
    """The codes of the capability, described."""

    CURRENCY_UNKNOWN = strawberry.enum_value(
        Code.CURRENCY_UNKNOWN, description="The currency is not in ISO 4217."
    )
    HORIZON_INVALID = strawberry.enum_value(
        Code.HORIZON_INVALID, description="It looks less than a week or more than five years ahead."
    )
    BUYERS_TOO_FEW = strawberry.enum_value(
        Code.BUYERS_TOO_FEW, description="Fewer than 100 customers bought again."
    )
    HISTORY_TOO_SHORT = strawberry.enum_value(
        Code.HISTORY_TOO_SHORT, description="Purchases go back less than twelve weeks."
    )
