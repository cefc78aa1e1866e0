"""Root fields that read forecasts."""

import strawberry

from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import rows
from touchline.graphql.base.permissions import READ
from touchline.graphql.forecasts.types import LifetimeForecast


@strawberry.type(description="Reads of forecasts.")
class ForecastQuery:
    """Part of the query root."""

    lifetime_forecasts: list[LifetimeForecast] | None = rows(
        {},
        order=Order(("created_at",), descending=True),
        limit=50,
        permission=READ,
        description="The latest forecasts of what customers will bring in, the newest first.",
    )
