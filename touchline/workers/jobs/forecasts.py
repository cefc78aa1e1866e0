"""Jobs of forecasts: each calls one function of the domain."""

from typing import Any

from touchline.domain.forecasts import working
from touchline.workers.forecasting_apart import forecast_apart


async def forecast_lifetime_values(payload: dict[str, Any]) -> None:
    """Forecast what customers will bring in."""
    await working.go_on(payload["task"], forecast_apart)
