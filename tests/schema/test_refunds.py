"""Refunds of conversions: by events, and by what colleagues say."""

from typing import Any

import pytest

from tests.support.conversions import (
    GOALS,
    OF_CUSTOMER,
    ORDERS,
    REFUND,
    brought_in,
    converted,
    does,
    goal,
    stored,
)
from tests.support.operations import ask
from touchline.domain.conversions.upkeep import differences
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings


async def test_refunds_are_taken_off_in_part_and_never_more_than_there_is(db: Settings) -> None:
    await goal(ORDERS)
    ada = await does(db, "ada", "Order Completed", total=100, order_id=7, ago=5)
    await does(db, "ada", "Order Completed", 2, total=50, order_id="8", ago=4)
    await does(db, "ada", "Order Refunded", order_id="7", amount=30.5)
    assert await converted(ada) == [
        ("Orders", "50.00 EUR", "50.00"),
        ("Orders", "100.00 EUR", "69.50"),
    ]
    await does(db, "ada", "Order Refunded", 2, order_id="7", amount=500)
    await does(db, "ada", "Order Refunded", 3, order_id="7", amount=1, currency="USD")
    await does(db, "ada", "Order Refunded", 4, order_id="9", amount=1)
    assert await converted(ada) == [
        ("Orders", "50.00 EUR", "50.00"),
        ("Orders", "100.00 EUR", "0.00"),
    ]
    assert await brought_in(ada) == [("EUR", "50.00")]
    (shown,) = (await ask(GOALS))["conversionGoals"]
    assert shown["totals"] == [
        {
            "currency": "EUR",
            "conversions": 2,
            "value": {"amount": "150.00"},
            "refunded": {"amount": "100.00"},
            "netValue": {"amount": "50.00"},
        }
    ]


async def test_no_number_that_anybody_sends_stops_judging(db: Settings) -> None:
    await goal(ORDERS)
    for number, total in enumerate(("1e9999999", "-1e9999999", "1e-9999999", "1e29", "NaN", 1e300)):
        await does(db, "eve", "Order Completed", number, 9 - number, total=total, order_id="p")
    eve = await does(db, "eve", "Order Completed", 7, 1, total=10, order_id="p")
    assert await converted(eve) == [
        ("Orders", "10.00 EUR", "10.00"),
        *[("Orders", None, None)] * 3,
        ("Orders", "0.00 EUR", "0.00"),
        *[("Orders", None, None)] * 2,
    ]
    await does(db, "eve", "Order Refunded", order_id="p", amount="-1e-9999999")
    assert await brought_in(eve) == [("EUR", "10.00")]
    await does(db, "eve", "Order Refunded", 2, order_id="p", amount="1e9999999")
    assert await brought_in(eve) == [("EUR", "0.00")]


async def test_refunds_of_one_order_go_on_where_the_one_before_ended(db: Settings) -> None:
    await goal(ORDERS)
    for number, total in enumerate((30, 0, 20)):
        await does(db, "ada", "Order Completed", number, 9 - number, total=total, order_id="7")
    for number, amount in enumerate((10, 25, 5)):
        await does(db, "ada", "Order Refunded", number, 3 - number, order_id="7", amount=amount)
    ada = await does(db, "ada", "Order Refunded", 5, order_id=None, amount=5)
    assert [net for _, _, net in await converted(ada)] == ["10.00", "0.00", "0.00"]


async def test_a_refund_without_an_amount_takes_all_and_may_come_first(db: Settings) -> None:
    await goal(ORDERS)
    await does(db, "ada", "Order Cancelled", order_id="7")
    ada = await does(db, "ada", "Order Completed", total=100, order_id="7", ago=3)
    assert await converted(ada) == [("Orders", "100.00 EUR", "0.00")]


async def test_what_a_colleague_says_is_refunded_outranks_what_events_say(db: Settings) -> None:
    await goal(ORDERS)
    ada = await does(db, "ada", "Order Completed", total=100, order_id="7", ago=3)
    await does(db, "ada", "Order Refunded", order_id="7", amount=80)
    (conversion,) = (await ask(OF_CUSTOMER, id=ada))["customer"]["conversions"]["nodes"]
    assert conversion["refund"] == {"amount": {"amount": "80.00"}, "setBy": "RULE"}
    given = {
        "conversionId": conversion["id"],
        "amount": {"amount": "20.5", "currency": "EUR"},
        "reason": "Kept one of them",
    }
    said = (await ask(REFUND, input=given))["conversionRefund"]
    assert said == {
        "conversion": {
            "netValue": {"amount": "79.50"},
            "refund": {
                "amount": {"amount": "20.50", "currency": "EUR"},
                "setBy": "PERSON",
                "actorName": "Ada",
                "reason": "Kept one of them",
            },
        },
        "userErrors": [],
    }
    await does(db, "ada", "Order Refunded", 2, order_id="7", amount=90)
    assert await converted(ada) == [("Orders", "100.00 EUR", "79.50")]
    whole = {"conversionId": conversion["id"], "reason": "All of it"}
    assert (await ask(REFUND, input=whole))["conversionRefund"]["conversion"]["netValue"] == {
        "amount": "0.00"
    }
    told = await fetch("SELECT type, summary FROM touchpoint WHERE type = 'REFUNDED' ORDER BY id")
    assert [tuple(row) for row in told] == [
        ("REFUNDED", "Refunded 20.50 EUR of Orders: Kept one of them"),
        ("REFUNDED", "Refunded 100.00 EUR of Orders: All of it"),
    ]
    assert await differences() == []


@pytest.mark.parametrize(
    "given, code, field",
    [
        ({"reason": " "}, "REASON_INVALID", ["input", "reason"]),
        (
            {"amount": {"amount": "100.01", "currency": "EUR"}},
            "REFUND_TOO_LARGE",
            ["input", "amount", "amount"],
        ),
        (
            {"amount": {"amount": "-1", "currency": "EUR"}},
            "AMOUNT_INVALID",
            ["input", "amount", "amount"],
        ),
        (
            {"amount": {"amount": "1.005", "currency": "EUR"}},
            "AMOUNT_INVALID",
            ["input", "amount", "amount"],
        ),
        (
            {"amount": {"amount": "1", "currency": "USD"}},
            "CURRENCY_INVALID",
            ["input", "amount", "currency"],
        ),
        (
            {"conversionId": global_id("Conversion", 999_999)},
            "CONVERSION_NOT_FOUND",
            ["input", "conversionId"],
        ),
    ],
)
async def test_a_refund_that_makes_no_sense_changes_nothing(
    db: Settings, given: dict[str, Any], code: str, field: list[str]
) -> None:
    await goal(ORDERS)
    ada = await does(db, "ada", "Order Completed", total=100)
    (conversion,) = (await ask(OF_CUSTOMER, id=ada))["customer"]["conversions"]["nodes"]
    before = await stored()
    asked = {"conversionId": conversion["id"], "reason": "Why not", **given}
    answer = (await ask(REFUND, input=asked))["conversionRefund"]
    assert [(one["code"], one["field"]) for one in answer["userErrors"]] == [(code, field)]
    assert await stored() == before
    assert await fetch("SELECT 1 FROM refund_word") == []
