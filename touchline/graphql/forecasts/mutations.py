"""Having it forecast what customers will bring in."""

import strawberry

from touchline.domain.forecasts.service import wish
from touchline.domain.kernel.clock import DAY
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import WRITE
from touchline.graphql.forecasts.inputs import LifetimeForecastCreateInput
from touchline.graphql.forecasts.payloads import LifetimeForecastCreatePayload

_YEAR = 364 * DAY


@strawberry.type(description="Forecasts.")
class ForecastMutation:
    """Part of the mutation root."""

    @resolved(
        permission=WRITE,
        cost=200,
        description=(
            "Have it forecast what each customer will bring in, from who bought how often and for "
            "how much; in the background."
        ),
    )
    async def lifetime_forecast_create(
        self, info: strawberry.Info, given: Given[LifetimeForecastCreateInput]
    ) -> LifetimeForecastCreatePayload | None:
        horizon = _YEAR if given.horizon is None else int(given.horizon)
        forecast = await wish(info.context.actor, given.currency, horizon)
        return LifetimeForecastCreatePayload(forecast_key=forecast)
