"""Forecasts of what customers will bring in: from enough, apart, and with what they rest on."""

from typing import Any

import pytest

from tests.support.conversions import ORDERS, goal
from tests.support.events import customer_of, land
from tests.support.judging import judge_all
from tests.support.operations import ask
from tests.support.waiting import until
from touchline.domain.forecasts import working as forecasts
from touchline.domain.forecasts.question import Answer, Buying, CannotForecast, Question, Spending
from touchline.domain.kernel.clock import DAY, format_moment, now
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id
from touchline.domain.pipeline.service import process_batch
from touchline.settings import Settings
from touchline.workers.embedded import working

CREATE = """mutation ($input: LifetimeForecastCreateInput!) {
  lifetimeForecastCreate(input: $input) {
    lifetimeForecast { id currency horizon task { status } }
    userErrors { code field message } } }"""
FORECASTS = """{ lifetimeForecasts { id isCurrent currency computedAt task { status error }
  parameters { r alpha a b p q gamma } fittedOn { customers repeatBuyers purchases }
  trial { customers expected actual } expectedValue { amount currency } } }"""
OF_CUSTOMER = """query ($id: ID!) { customer(id: $id) { lifetimeForecast { expectedPurchases
  activeProbability expectedValue { amount currency } computedAt forecast { id } } } }"""


def order(who: int, day: int, total: float) -> dict[str, Any]:
    return {
        "type": "track",
        "userId": f"u{who}",
        "event": "Order Completed",
        "properties": {"total": total, "order_id": f"{who}-{day}"},
        "messageId": f"{who}-{day}",
        "timestamp": format_moment(now() - day * DAY),
    }


async def bought(settings: Settings, buyers: int, once: int, weeks: int = 30) -> None:
    """So many who bought again, and so many who did not, over some weeks."""
    orders = []
    for who in range(buyers + once):
        first = weeks * 7 - who % 50
        orders.append(order(who, first, 20 + who % 7))
        if who < buyers:
            gap = 14 + who % 11
            orders += [
                order(who, first - gap * at, 25 + (who + at) % 9) for at in range(1, 2 + who % 3)
            ]
    for start in range(0, len(orders), 400):
        await land(*orders[start : start + 400])
        while await process_batch(settings):
            pass
    await goal(ORDERS)
    await judge_all()


async def wished(currency: str = "EUR", **more: Any) -> dict[str, Any]:
    answer = await ask(CREATE, input={"currency": currency, **more})
    made: dict[str, Any] = answer["lifetimeForecastCreate"]
    return made


async def test_a_forecast_says_what_each_will_bring_in_and_what_it_rests_on(db: Settings) -> None:
    await bought(db, 130, 40)
    made = await wished()
    assert made["userErrors"] == []
    assert made["lifetimeForecast"]["horizon"] == "P364D"
    async with working(db):
        await until(_is_over)
    (shown,) = (await ask(FORECASTS))["lifetimeForecasts"]
    assert shown["task"] == {"status": "DONE", "error": None}
    assert shown["isCurrent"] is True
    assert shown["fittedOn"] == {"customers": 170, "repeatBuyers": 130, "purchases": 429}
    assert min(shown["parameters"].values()) > 0
    rows = await fetch("SELECT value_minor, purchases_micro FROM customer_forecast")
    assert len(rows) == 170
    total = sum(row["value_minor"] for row in rows)
    assert shown["expectedValue"] == {"amount": f"{total / 100:.2f}", "currency": "EUR"}
    again = await of_customer(1)
    assert again["forecast"] == {"id": shown["id"]}
    assert 0 < again["activeProbability"] < 1
    assert float(again["expectedValue"]["amount"]) > 0
    assert (await of_customer(150))["activeProbability"] == 1.0


async def test_too_few_who_bought_again_are_refused_with_what_is_lacking(db: Settings) -> None:
    await bought(db, 5, 3)
    answer = await wished()
    assert answer["lifetimeForecast"] is None
    assert answer["userErrors"] == [
        {
            "code": "BUYERS_TOO_FEW",
            "field": ["input", "currency"],
            "message": "5 customers bought again; a forecast needs 100.",
        }
    ]
    assert await fetch("SELECT 1 FROM lifetime_forecast") == []
    assert await fetch("SELECT 1 FROM task WHERE kind = 'forecast_lifetime_values'") == []


@pytest.mark.parametrize(
    "given, code, field",
    [
        ({"currency": "EURO"}, "CURRENCY_UNKNOWN", "currency"),
        ({"currency": "EUR", "horizon": "P1D"}, "HORIZON_INVALID", "horizon"),
        ({"currency": "EUR", "horizon": "P3000D"}, "HORIZON_INVALID", "horizon"),
    ],
)
async def test_a_wish_that_makes_no_sense_is_refused(
    db: Settings, given: dict[str, Any], code: str, field: str
) -> None:
    answer = await wished(**given)
    assert [(one["code"], one["field"]) for one in answer["userErrors"]] == [
        (code, ["input", field])
    ]


async def test_the_latest_takes_the_place_and_a_failure_leaves_the_one_before(
    db: Settings,
) -> None:
    await bought(db, 100, 1, weeks=29)
    await wished()
    await forecasts.go_on(await open_task(), _ever_the_same)
    first = await of_customer(1)
    assert first["expectedPurchases"] == pytest.approx(1 / 3, abs=1e-6)
    assert first["expectedValue"] == {"amount": "3.33", "currency": "EUR"}
    await wished()
    await forecasts.go_on(await open_task(), _fails)
    shown = (await ask(FORECASTS))["lifetimeForecasts"]
    assert [(one["task"]["status"], one["isCurrent"]) for one in shown] == [
        ("FAILED", False),
        ("DONE", True),
    ]
    assert shown[0]["task"]["error"] == "It rained."
    assert await of_customer(1) == first
    await wished()
    await forecasts.go_on(await open_task(), _ever_the_same)
    shown = (await ask(FORECASTS))["lifetimeForecasts"]
    assert [one["isCurrent"] for one in shown] == [True, False, False]
    assert len(await fetch("SELECT 1 FROM customer_forecast")) == 101


async def of_customer(who: int) -> dict[str, Any]:
    key = global_id("Customer", await customer_of("user_id", f"u{who}"))
    (found,) = (await ask(OF_CUSTOMER, id=key))["customer"]["lifetimeForecast"]
    shown: dict[str, Any] = found
    return shown


async def open_task() -> int:
    (row,) = await fetch("SELECT id FROM task WHERE finished_at IS NULL")
    return int(row["id"])


async def _is_over() -> bool:
    rows = await fetch(
        "SELECT 1 FROM task WHERE kind = 'forecast_lifetime_values' AND finished_at IS NOT NULL"
    )
    return rows != []


async def _ever_the_same(question: Question) -> Answer:
    """A third of a purchase of 10.00 by everybody."""
    known = len(question.repeats)
    third, worth = [1 / 3] * known, [1_000 / 3] * known
    return Answer(Buying(1, 1, 1, 1), Spending(1, 2, 1), third, [0.5] * known, worth)


async def _fails(_question: Question) -> Answer:
    raise CannotForecast("It rained.")
