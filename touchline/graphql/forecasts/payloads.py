"""Answers to wishes for forecasts."""

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.forecasts.enums import LifetimeForecastErrorCode
from touchline.graphql.forecasts.types import LifetimeForecast
from touchline.graphql.payload import Answer


@mendable("a wish for a forecast")
class LifetimeForecastUserError(UserError):
    """The user error of the capability."""

    code: LifetimeForecastErrorCode = attribute(description="What is wrong.")


@answer_to("lifetimeForecastCreate")
class LifetimeForecastCreatePayload(Answer):
    """The forecast, whose task goes on in the background."""

    user_errors: list[LifetimeForecastUserError] = refusals()
    forecast_key: strawberry.Private[int | None] = None
    lifetime_forecast: LifetimeForecast | None = kept("forecast_key", description="The forecast.")
