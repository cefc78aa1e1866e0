"""Goals and conversions: what counts, what it is worth, and who has it."""

from contextlib import aclosing
from typing import Any

import pytest

from tests.support.conversions import (
    ARCHIVE,
    CREATE,
    GOALS,
    OF_CUSTOMER,
    ORDERS,
    PREVIEW,
    SIGN_UP,
    UPDATE,
    brought_in,
    converted,
    does,
    goal,
)
from tests.support.events import customer_of
from tests.support.judging import judge_all
from tests.support.operations import ask, watch
from touchline.domain.conversions.events import CONVERSIONS_CHANGED
from touchline.domain.conversions.upkeep import differences
from touchline.domain.identity import service as identity
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, format_moment, now
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.live import publish
from touchline.settings import Settings


async def test_a_goal_counts_the_past_at_once_and_says_what_it_is_worth(db: Settings) -> None:
    await does(db, "ada", "Order Completed", total=12.5, currency="eur", ago=3)
    await does(db, "ada", "Order Completed", 2, total="7.25", ago=2)
    await does(db, "bob", "Order Completed", total=100, currency="JPY")
    made = (await ask(CREATE, input=ORDERS))["conversionGoalCreate"]
    assert made["recompute"] == {"status": "DONE"}
    assert made["conversionGoal"]["conversionCount"] == 3
    assert made["conversionGoal"]["totals"] == [
        {"currency": "EUR", "value": {"amount": "19.75"}},
        {"currency": "JPY", "value": {"amount": "100"}},
    ]


async def test_what_happens_later_counts_when_it_is_judged(db: Settings) -> None:
    await goal(ORDERS)
    ada = await does(db, "ada", "Order Completed", total=12.5)
    assert await converted(ada) == [("Orders", "12.50 EUR", "12.50")]
    (shown,) = (await ask(GOALS))["conversionGoals"]
    assert shown["conversionCount"] == 1
    assert shown["refunds"]["events"] == ["Order Refunded", "Order Cancelled"]
    assert shown["value"] == {
        "fixed": None,
        "property": "total",
        "currencyProperty": "currency",
        "currency": "EUR",
    }
    assert shown["condition"]["summary"] == "did “Order Completed”"


async def test_the_touchpoint_on_the_timeline_tells_that_it_converted(db: Settings) -> None:
    await goal(ORDERS)
    ada = await does(db, "ada", "Order Completed", total=3)
    document = """query ($id: ID!) { customer(id: $id) { timeline(first: 5) { nodes {
      name conversions { goalName value { amount currency } netValue { amount } } } } } }"""
    (shown,) = (await ask(document, id=ada))["customer"]["timeline"]["nodes"]
    assert shown["conversions"] == [
        {
            "goalName": "Orders",
            "value": {"amount": "3.00", "currency": "EUR"},
            "netValue": {"amount": "3.00"},
        }
    ]


@pytest.mark.parametrize(
    "said",
    [{}, {"total": "much"}, {"total": -5}, {"total": True}, {"total": None}, {"total": 1e300}],
)
async def test_without_a_sensible_amount_it_converts_without_a_value(
    db: Settings, said: dict[str, Any]
) -> None:
    await goal(ORDERS)
    ada = await does(db, "ada", "Order Completed", **said)
    assert await converted(ada) == [("Orders", None, None)]
    assert await brought_in(ada) == []


async def test_properties_may_lie_deep_and_have_tests_to_meet(db: Settings) -> None:
    where = [{"property": "cart.kind", "is": {"equals": "new"}}]
    value = {"property": {"name": "cart.total", "currency": "USD"}}
    await goal({"name": "New", "event": "Paid", "where": where, "value": value})
    ada = await does(db, "ada", "Paid", cart={"kind": "new", "total": 5})
    await does(db, "ada", "Paid", 2, cart={"kind": "old", "total": 7})
    assert await converted(ada) == [("New", "5.00 USD", "5.00")]


async def test_a_goal_that_counts_once_keeps_to_the_first_whenever_it_is_told(
    db: Settings,
) -> None:
    await goal(SIGN_UP)
    ada = await does(db, "ada", "Signed Up", 2, ago=1)
    before = (await ask(OF_CUSTOMER, id=ada))["customer"]["conversions"]["nodes"]
    await does(db, "ada", "Signed Up", 1, ago=5)
    after = (await ask(OF_CUSTOMER, id=ada))["customer"]["conversions"]["nodes"]
    assert [len(before), len(after)] == [1, 1]
    assert before[0]["id"] != after[0]["id"]
    (row,) = await fetch("SELECT occurred_at FROM conversion")
    assert row[0] <= now() - 4 * DAY
    assert await brought_in(ada) == []


@pytest.mark.parametrize(
    "change, code, field",
    [
        ({"name": " "}, "GOAL_NAME_INVALID", ["name"]),
        ({"event": ""}, "NAME_INVALID", ["event"]),
        (
            {"where": [{"property": "a..b", "is": {"exists": True}}]},
            "NAME_INVALID",
            ["where", "0", "property"],
        ),
        (
            {"value": {"fixed": {"amount": "1.001", "currency": "EUR"}}},
            "AMOUNT_INVALID",
            ["value", "fixed", "amount"],
        ),
        (
            {"value": {"fixed": {"amount": "-1", "currency": "EUR"}}},
            "AMOUNT_INVALID",
            ["value", "fixed", "amount"],
        ),
        (
            {"value": {"fixed": {"amount": "1", "currency": "EURO"}}},
            "CURRENCY_INVALID",
            ["value", "fixed", "currency"],
        ),
        (
            {"value": {"property": {"name": "total"}}},
            "CURRENCY_MISSING",
            ["value", "property", "currency"],
        ),
        (
            {"refunds": {"events": ["Order Completed"], "orderProperty": "order_id"}},
            "REFUND_EVENTS_INVALID",
            ["refunds", "events", "0"],
        ),
        (
            {"refunds": {"events": [], "orderProperty": "order_id"}},
            "REFUND_EVENTS_INVALID",
            ["refunds", "events"],
        ),
        (
            {"refunds": {"events": ["x"], "orderProperty": "a."}},
            "NAME_INVALID",
            ["refunds", "orderProperty"],
        ),
    ],
)
async def test_a_goal_that_says_nothing_countable_is_refused(
    db: Settings, change: dict[str, Any], code: str, field: list[str]
) -> None:
    answer = (await ask(CREATE, input={**ORDERS, **change}))["conversionGoalCreate"]
    assert [(one["code"], one["field"]) for one in answer["userErrors"]] == [
        (code, ["input", *field])
    ]
    assert answer["conversionGoal"] is None
    assert await fetch("SELECT 1 FROM conversion_goal") == []


async def test_names_are_taken_once_whatever_their_case(db: Settings) -> None:
    await goal(ORDERS)
    answer = (await ask(CREATE, input={**ORDERS, "name": "ORDERS "}))["conversionGoalCreate"]
    assert [one["code"] for one in answer["userErrors"]] == ["NAME_TAKEN"]


async def test_another_version_counts_the_past_anew_and_keeps_what_stays(db: Settings) -> None:
    orders = await goal(ORDERS)
    ada = await does(db, "ada", "Order Completed", total=5, ago=2)
    await does(db, "ada", "Order Completed", 2, total=9, ago=1)
    before = (await ask(OF_CUSTOMER, id=ada))["customer"]["conversions"]["nodes"]
    change = {"counting": "ONCE", "expectedVersion": 1}
    answer = (await ask(UPDATE, id=orders, input=change))["conversionGoalUpdate"]
    assert answer["userErrors"] == []
    assert answer["conversionGoal"]["version"] == 2
    assert answer["conversionGoal"]["conversionCount"] == 1
    assert answer["conversionGoal"]["versions"] == [{"version": 2}, {"version": 1}]
    after = (await ask(OF_CUSTOMER, id=ada))["customer"]["conversions"]["nodes"]
    assert [one["id"] for one in after] == [before[-1]["id"]]
    assert await brought_in(ada) == [("EUR", "5.00")]
    fixed = {"value": {"fixed": {"amount": "42", "currency": "USD"}}}
    answer = (await ask(UPDATE, id=orders, input=fixed))["conversionGoalUpdate"]
    assert answer["conversionGoal"]["value"] == {"fixed": {"amount": "42.00", "currency": "USD"}}
    assert await brought_in(ada) == [("USD", "42.00")]
    await judge_all()
    assert await differences() == []


async def test_a_goal_that_was_changed_meanwhile_is_not_changed_again(db: Settings) -> None:
    orders = await goal(ORDERS)
    await ask(UPDATE, id=orders, input={"counting": "ONCE"})
    change = {"counting": "EACH", "expectedVersion": 1}
    answer = (await ask(UPDATE, id=orders, input=change))["conversionGoalUpdate"]
    assert [(one["code"], one["field"]) for one in answer["userErrors"]] == [
        ("CONFLICT", ["input", "expectedVersion"])
    ]
    assert (await ask(GOALS))["conversionGoals"][0]["counting"] == "ONCE"


async def test_an_archived_goal_keeps_what_occurred_before(db: Settings) -> None:
    orders = await goal(ORDERS)
    ada = await does(db, "ada", "Order Completed", total=5, order_id="1", ago=2)
    await ask(ARCHIVE, id=orders)
    await does(db, "ada", "Order Completed", 2, total=9)
    await does(db, "ada", "Order Refunded", order_id="1", amount=1)
    assert await converted(ada) == [("Orders", "5.00 EUR", "4.00")]
    assert (await ask(GOALS))["conversionGoals"] == []
    assert await differences() == []
    await goal(ORDERS)  # the name is free again
    answer = (await ask(UPDATE, id=orders, input={"name": "x"}))["conversionGoalUpdate"]
    assert [one["code"] for one in answer["userErrors"]] == ["GOAL_ARCHIVED"]


async def test_conversions_follow_merges_and_what_undoes_them(db: Settings) -> None:
    await goal(SIGN_UP)
    await goal(ORDERS)
    ada = await does(db, "ada", "Signed Up", ago=4)
    bob = await does(db, "bob", "Signed Up", ago=2)
    await does(db, "bob", "Order Completed", total=3, ago=1)
    kept, gone = [await customer_of("user_id", who) for who in ("ada", "bob")]
    ids = [row[0] for row in await fetch("SELECT id FROM conversion ORDER BY occurred_at")]
    merged = await identity.merge(SYSTEM, survivor_id=kept, absorbed_id=gone)
    assert merged.merge_id is not None
    await judge_all()
    assert await converted(ada) == [
        ("Orders", "3.00 EUR", "3.00"),
        ("Sign-ups", "10.00 EUR", "10.00"),
    ]
    assert await brought_in(ada) == [("EUR", "3.00")]
    left = [row[0] for row in await fetch("SELECT id FROM conversion ORDER BY occurred_at")]
    assert left == [ids[0], ids[2]]
    assert await differences() == []
    await identity.unmerge(SYSTEM, merge_id=merged.merge_id)
    await judge_all()
    assert await converted(ada) == [("Sign-ups", "10.00 EUR", "10.00")]
    assert len(await converted(bob)) == 2
    assert await differences() == []


async def test_a_preview_tells_what_would_count_and_changes_nothing(db: Settings) -> None:
    await does(db, "ada", "Order Completed", total=5, order_id="1", ago=2)
    await does(db, "ada", "Order Refunded", order_id="1", amount=2)
    await does(db, "bob", "Order Completed")
    tried = {key: ORDERS[key] for key in ("event", "value", "refunds")}
    assert (await ask(PREVIEW, input=tried))["conversionGoalPreview"] == {
        "lookedAt": 2,
        "isWhole": True,
        "customers": 2,
        "conversions": 2,
        "withoutValue": 1,
        "totals": [
            {
                "currency": "EUR",
                "conversions": 1,
                "value": {"amount": "5.00", "currency": "EUR"},
                "refunded": {"amount": "2.00"},
            }
        ],
        "userErrors": [],
    }
    assert await fetch("SELECT 1 FROM conversion_goal") == []


async def test_conversions_are_listed_by_goal_and_time(db: Settings) -> None:
    orders = await goal(ORDERS)
    await goal(SIGN_UP)
    await does(db, "ada", "Order Completed", total=5, ago=9)
    await does(db, "ada", "Order Completed", 2, total=6, ago=1)
    await does(db, "ada", "Signed Up")
    document = """query ($filter: ConversionFilter) { conversions(first: 10, filter: $filter) {
      nodes { value { amount } subject { id } } } }"""
    since = format_moment(now() - 5 * DAY)
    found = await ask(document, filter={"goals": [orders], "from": since})
    ada = global_id("Customer", await customer_of("user_id", "ada"))
    assert found["conversions"]["nodes"] == [{"value": {"amount": "6.00"}, "subject": {"id": ada}}]


async def test_a_watcher_hears_of_the_conversions_of_its_goal(db: Settings) -> None:
    orders = await goal(ORDERS)
    await goal(SIGN_UP)
    document = """subscription ($goalId: ID) { conversionChanged(goalId: $goalId, atMost: 1) {
      change goal { id conversionCount } customer { id } touchpoint { name } } }"""
    async with aclosing(await watch(document, goalId=orders)) as messages:
        ada = await does(db, "ada", "Order Completed", total=5)
        touchpoint = (await fetch("SELECT max(touchpoint_id) FROM conversion"))[0][0]
        key, of = (int(one.rsplit("_", 1)[1]) for one in (ada, orders))
        changes = [[key, of + 1, touchpoint, "CAME"], [key, of, touchpoint, "CAME"]]
        publish(CONVERSIONS_CHANGED, {"changes": changes})
        body = (await anext(messages)).body
    assert body["data"]["conversionChanged"] == {
        "change": "CAME",
        "goal": {"id": orders, "conversionCount": 1},
        "customer": {"id": ada},
        "touchpoint": {"name": "Order Completed"},
    }
