"""Wishing for a forecast of what customers will bring in."""

from touchline.domain.forecasts.errors import ForecastErrorCode as Code
from touchline.domain.forecasts.histories import WEEK
from touchline.domain.forecasts.reading import bought, check
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import DAY, Moment, now
from touchline.domain.kernel.db import transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.money import checked_currency
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.tasks import service as tasks

FORECAST = "forecast_lifetime_values"
STEPS = 100
"""Of a task: its share in percent."""
LONGEST = 260 * WEEK * DAY


async def wish(actor: Actor, currency: str, horizon: Moment) -> int:
    """Have it forecast in the background what each customer will bring in; returns the forecast.

    ``horizon`` is for how long (ms). Refused where there is too little to forecast from.
    """
    actor.require(Scope.WRITE)
    code = checked_currency(currency, Code.CURRENCY_UNKNOWN, ("currency",))
    if not WEEK * DAY <= horizon <= LONGEST:
        message = "A forecast looks one week to five years ahead."
        raise Refused(Code.HORIZON_INVALID, message, ("horizon",))
    moment = now()
    check(await bought(code, moment), moment // DAY)
    return await _begin(actor, code, horizon)


@transactional
async def _begin(actor: Actor, currency: str, horizon: Moment) -> int:
    task = await tasks.begin(actor, FORECAST, STEPS, {})
    rows = await insert_rows(
        "lifetime_forecast",
        ["task_id", "currency", "horizon", "is_current", "actor_name", "created_at"],
        [(task, currency, horizon, False, actor.name, now())],
        returning="id",
    )
    return int(rows[0]["id"])
