"""Making a forecast: read who bought, have the models fitted, write what is to be expected.

Nothing is kept between: after a kill it is begun anew. Before all of the past is used, the models
are fitted on the first half of it, and what they expect of the second is held against what
happened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import orjson

from touchline.domain.forecasts.histories import WEEK, History, bought_between, question
from touchline.domain.forecasts.question import Answer, CannotForecast, Forecast
from touchline.domain.forecasts.reading import FEWEST_REPEATERS, bought, check
from touchline.domain.kernel.clock import DAY, Moment, format_moment, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.tasks import service as tasks

MICRO = 1_000_000
_CHECKED, _FITTED = 40, 80


@dataclass(frozen=True, slots=True)
class _Wished:
    """Which forecast, in which currency, for how long (ms)."""

    id: int
    currency: str
    horizon: Moment


async def go_on(task_id: int, forecast: Forecast) -> None:
    """Do the task to its end; ``forecast`` answers what is to be expected."""
    wished = await _wished(task_id)
    if wished is None:
        return
    at = now()
    today = at // DAY
    try:
        known = await bought(wished.currency, at)
        check(known, today)
        held_out = await _held_out(known, today, forecast)
        await tasks.reach(task_id, _CHECKED)
        ahead = wished.horizon / DAY / WEEK
        answer = await forecast(question(known, today, ahead))
        await tasks.reach(task_id, _FITTED)
    except (Refused, CannotForecast) as error:
        await tasks.give_up(task_id, str(error))
        return
    await _write(task_id, wished, known, answer, held_out, at)


async def _held_out(
    known: Sequence[History], today: int, forecast: Forecast
) -> dict[str, Any] | None:
    """What was expected of the second half, and what came; nothing where the first is too thin."""
    first = min(one.days[0] for one in known)
    middle = (first + today) // 2
    before = [one for one in (each.until(middle) for each in known) if one.days]
    if sum(one.repeats > 0 for one in before) < FEWEST_REPEATERS:
        return None
    answer = await forecast(question(before, middle, (today - middle) / WEEK))
    there = {one.customer_id for one in before}
    same = [one for one in known if one.customer_id in there]
    return {
        "since": format_moment(middle * DAY),
        "customers": len(before),
        "expected": round(sum(answer.purchases), 3),
        "actual": bought_between(same, middle, today + 1),
    }


@transactional
async def _write(
    task_id: int,
    wished: _Wished,
    known: Sequence[History],
    answer: Answer,
    held_out: dict[str, Any] | None,
    at: Moment,
) -> None:
    """Put it in the place of the one before it."""
    task = await tasks.find(task_id)
    if task is None or not task.is_open:
        return
    gone = "SELECT id FROM lifetime_forecast WHERE currency = ?"
    await execute(
        f"DELETE FROM customer_forecast WHERE forecast_id IN ({gone})", (wished.currency,)
    )
    sql = "UPDATE lifetime_forecast SET is_current = FALSE WHERE currency = ?"
    await execute(sql, (wished.currency,))
    rows = [
        (
            *(wished.id, one.customer_id, wished.currency, round(purchases * MICRO)),
            *(round(alive * MICRO), round(spend)),
        )
        for one, purchases, alive, spend in zip(
            known, answer.purchases, answer.alive, answer.spend, strict=True
        )
    ]
    await insert_rows(
        "customer_forecast",
        [
            *("forecast_id", "customer_id", "currency", "purchases_micro"),
            *("active_micro", "value_minor"),
        ],
        rows,
    )
    crashpoint("forecasts.written")
    parameters = msgspec.to_builtins(answer.buying) | msgspec.to_builtins(answer.spending)
    await execute(
        "UPDATE lifetime_forecast SET is_current = TRUE, parameters = ?, fitted_on = ?,"
        " held_out = ?, expected_minor = ?, computed_at = ? WHERE id = ?",
        (
            _json(parameters),
            _json(_fitted_on(known)),
            None if held_out is None else _json(held_out),
            sum(row[-1] for row in rows),
            at,
            wished.id,
        ),
    )
    await tasks.end(task)


def _fitted_on(known: Sequence[History]) -> dict[str, Any]:
    return {
        "customers": len(known),
        "repeatBuyers": sum(one.repeats > 0 for one in known),
        "purchases": sum(len(one.days) for one in known),
        "since": format_moment(min(one.days[0] for one in known) * DAY),
    }


@transactional
async def _wished(task_id: int) -> _Wished | None:
    """What the task is to forecast; ``None`` when it is over."""
    row = await fetch_one("SELECT * FROM lifetime_forecast WHERE task_id = ?", (task_id,))
    task = await tasks.find(task_id)
    if row is None or task is None or not task.is_open:
        return None
    return _Wished(row["id"], row["currency"], row["horizon"])


def _json(value: dict[str, Any]) -> str:
    return orjson.dumps(value).decode()
