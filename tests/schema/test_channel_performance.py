"""What channels cost and brought, side by side."""

from decimal import Decimal
from typing import Any

import pytest

from tests.support.channels import roll_all
from tests.support.clock import SettableClock
from tests.support.conversions import ORDERS, goal
from tests.support.events import arrive
from tests.support.operations import ask, refusal
from tests.support.performance import figures_settled
from touchline.domain.attribution.rolling import roll as roll_credits
from touchline.domain.channels.rollups import rebuild as rebuild_channels
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, parse_moment
from touchline.domain.kernel.db import in_transaction
from touchline.domain.links.clicks import ROBOTS, UNKNOWN
from touchline.domain.spend.figures import Figure
from touchline.domain.spend.service import channels_by_name, record_spend
from touchline.settings import Settings

RANGE = {"from": "2026-02-01", "to": "2026-02-28"}
CHANNELS = """query Channels($range: DateRangeInput!, $model: AttributionModel!, $only: String) {
  channelPerformance(range: $range, model: $model, currency: $only) { computedAt isBehind
    rows { channel { name } touchpoints customers newCustomers conversions credit
      value { amount currency } valueUnits spend { amount } costPerConversion { amount }
      returnOnSpend lifetimeValue { amount } suggestedShare
      suggestion { share low expected high reason } }
    uncredited { conversions value { amount } }
    total { conversions value { amount } spend { amount } } } }"""
SET_RATE = """mutation ($input: ValueExchangeRateSetInput!) { valueExchangeRateSet(input: $input) {
  userErrors { code } } }"""


def visit(who: str, day: int, medium: str) -> dict[str, Any]:
    return {
        "type": "page",
        "name": "Home",
        "anonymousId": who,
        "timestamp": f"2026-02-{day:02}T10:00:00Z",
        "context": {"campaign": {"source": "s", "medium": medium}},
    }


def order(who: str, day: int, total: str, currency: str = "EUR") -> dict[str, Any]:
    return {
        "type": "track",
        "event": "Order Completed",
        "anonymousId": who,
        "timestamp": f"2026-02-{day:02}T20:00:00Z",
        "properties": {"total": total, "currency": currency, "order_id": f"{who}-{day}"},
    }


def click(who: str, day: int, **said: bool) -> dict[str, Any]:
    """As a tracked link tells of it."""
    return {
        "type": "track",
        "event": "Link Clicked",
        "anonymousId": who,
        "timestamp": f"2026-02-{day:02}T10:00:00Z",
        "properties": {"code": "abc", "channel": "Organic social", **said},
    }


async def spend(name: str, amount: str, currency: str = "EUR") -> None:
    channels = await in_transaction(channels_by_name)
    day = parse_moment("2026-02-10") // DAY
    await record_spend(SYSTEM, [Figure(channels[name.lower()], day, amount, currency)])


async def settled() -> None:
    await roll_all()
    await figures_settled()
    while await roll_credits():
        pass


@pytest.fixture
async def told(db: Settings, clock: SettableClock) -> Settings:
    """Mail brought two people and one order, search one person who bought twice."""
    await goal(ORDERS)
    await arrive(
        db,
        *(visit("a", 2, "email"), visit("b", 3, "email"), visit("c", 4, "cpc")),
        *(order("a", 5, "30"), order("c", 6, "10"), order("c", 7, "20")),
    )
    await spend("E-mail", "10")
    await spend("Paid search", "60")
    await settled()
    return db


async def report(**more: Any) -> dict[str, Any]:
    told: dict[str, Any] = (await ask(CHANNELS, range=RANGE, model="LAST", **more))[
        "channelPerformance"
    ]
    return told


@pytest.mark.usefixtures("told")
async def test_each_channel_shows_what_it_cost_and_brought() -> None:
    answer = await report()
    assert answer["total"] == {
        "conversions": 3,
        "value": {"amount": "60.00"},
        "spend": {"amount": "70.00"},
    }
    assert (answer["computedAt"], answer["isBehind"]) == ("2026-03-02T09:00:00.000Z", False)
    rows = {one["channel"]["name"]: one for one in answer["rows"]}
    suggestions = {name: one.pop("suggestion") for name, one in rows.items()}
    shares = {name: one.pop("suggestedShare") for name, one in rows.items()}
    assert rows["E-mail"] == {
        "channel": {"name": "E-mail"},
        "touchpoints": 2,
        "customers": 2,
        "newCustomers": 2,
        "conversions": 1,
        "credit": 1.0,
        "valueUnits": "0.00",
        "value": {"amount": "30.00", "currency": "EUR"},
        "spend": {"amount": "10.00"},
        "costPerConversion": {"amount": "10.00"},
        "returnOnSpend": 3.0,
        "lifetimeValue": {"amount": "15.00"},
    }
    assert rows["Paid search"]["costPerConversion"] == {"amount": "30.00"}
    assert rows["Paid search"]["returnOnSpend"] == 0.5
    assert shares["E-mail"] + shares["Paid search"] == pytest.approx(1)
    assert shares["E-mail"] > 0.5
    assert shares["No arrival"] is None
    assert suggestions["No arrival"] is None
    mail = suggestions["E-mail"]
    assert mail["share"] == shares["E-mail"]
    assert mail["expected"] == pytest.approx(1_000 * 2 / (70 / 3 + 10))
    assert mail["low"] < mail["expected"] < mail["high"]
    assert mail["reason"].startswith("After 1.0 credited conversions it brings ")
    assert await report() == answer | {"rows": (await report())["rows"]}, "again it is the same"


async def test_robots_are_no_customers_and_their_clicks_count_nowhere(
    db: Settings, clock: SettableClock
) -> None:
    rate = {"action": "Link Clicked", "unitsPerReference": "2", "validFrom": "2026-02-01"}
    asked = {"rates": [rate], "referenceAction": "Ordered"}
    assert (await ask(SET_RATE, input=asked))["valueExchangeRateSet"]["userErrors"] == []
    await arrive(db, *(click(ROBOTS, 3, isRobot=True) for _ in range(3)))
    await arrive(db, click(ROBOTS, 3, isRobot=False, isPrefetch=True))
    await settled()
    assert (await report())["rows"] == []
    await arrive(db, click("ann", 4, isRobot=False, isPrefetch=False), click(UNKNOWN, 4))
    await settled()
    live = await report()
    (row,) = live["rows"]
    assert (row["touchpoints"], row["customers"], row["newCustomers"]) == (2, 1, 1)
    assert row["valueUnits"] == "1.00"
    clock.advance(1_000)
    assert await rebuild_channels() == 2
    assert (await report())["rows"] == live["rows"]


async def test_what_no_channel_earned_and_the_rows_sum_to_the_total(told: Settings) -> None:
    await arrive(told, order("nobody-led-me", 9, "5.55"))
    await settled()
    answer = await report()
    assert answer["uncredited"] == {"conversions": 1.0, "value": {"amount": "5.55"}}
    credit = sum(one["credit"] for one in answer["rows"])
    assert credit + answer["uncredited"]["conversions"] == answer["total"]["conversions"] == 4
    worth = [one["value"] for one in answer["rows"] if one["value"]] + [{"amount": "5.55"}]
    assert sum(Decimal(one["amount"]) for one in worth) == Decimal("65.55")
    assert answer["total"]["value"] == {"amount": "65.55"}


async def test_money_of_several_currencies_needs_a_choice(told: Settings) -> None:
    await spend("Display", "5", "USD")
    error = await refusal(CHANNELS, range=RANGE, model="LAST")
    assert error["code"] == "BAD_USER_INPUT"
    assert error["message"] == "Money is in EUR, USD; say which `currency` is to count."
    in_dollars = await report(only="usd")
    rows = {one["channel"]["name"]: one for one in in_dollars["rows"]}
    assert rows["Display"]["spend"] == {"amount": "5.00"}
    assert (rows["E-mail"]["value"], rows["E-mail"]["credit"]) == (None, 1.0)
    error = await refusal(CHANNELS, range=RANGE, model="LAST", only="gold")
    assert error["code"] == "BAD_USER_INPUT"


@pytest.mark.usefixtures("db", "clock")
async def test_days_on_which_nothing_happened_show_nothing_and_empty_windows_are_refused() -> None:
    answer = await report()
    assert answer["rows"] == []
    assert answer["total"] == {"conversions": 0, "value": None, "spend": None}
    wrong = {"from": "2026-02-02", "to": "2026-02-01"}
    assert (await refusal(CHANNELS, range=wrong, model="LAST"))["argument"] == "range"
    long = {"from": "2024-01-01", "to": "2026-03-11"}
    error = await refusal(CHANNELS, range=long, model="LAST")
    assert (error["argument"], error["message"]) == (
        "range",
        "`range` has at most 800 days here.",
    )
    assert await ask(CHANNELS, range=long | {"to": "2026-03-10"}, model="LAST")
