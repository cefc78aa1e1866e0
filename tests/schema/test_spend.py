"""What was spent, recorded and read by callers."""

from typing import Any

import pytest

from tests.support.clock import SettableClock
from tests.support.operations import FIELD_BY_FIELD, answer_to, ask, caller
from touchline.domain.kernel.actor import Scope
from touchline.domain.kernel.db import fetch, in_transaction
from touchline.domain.kernel.ids import global_id
from touchline.domain.spend.service import channels_by_name

RECORD = """mutation ($input: ChannelSpendRecordInput!) { channelSpendRecord(input: $input)
  { recordedCount userErrors { code message field } } }"""
READ = """query ($filter: ChannelSpendFilter) { channelSpend(first: 10, filter: $filter) { nodes {
  channel { name } campaign day source spend { amount currency } actorName
  history { spend { amount currency } actorName } } } }"""
BUDGET = """mutation ($input: BudgetCreateInput!) { budgetCreate(input: $input) { budget { id
  channel { name } campaign firstDay lastDay amount { amount currency } }
  userErrors { code field } } }"""
BUDGETS = "{ budgets { id firstDay amount { amount } } }"
DELETE = """mutation ($id: ID!) { budgetDelete(id: $id) { deletedBudget
  userErrors { code field } } }"""


async def channel(name: str) -> str:
    found = await in_transaction(channels_by_name)
    return global_id("Channel", found[name.lower()])


async def figure(amount: str = "12.50", currency: str = "EUR", **more: Any) -> dict[str, Any]:
    spend = {"amount": amount, "currency": currency}
    return {"channelId": await channel("Paid search"), "day": "2026-02-01", "spend": spend, **more}


async def record(*figures: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = await ask(RECORD, input={"figures": list(figures), **more})
    told: dict[str, Any] = answer["channelSpendRecord"]
    return told


async def stored() -> list[tuple[Any, ...]]:
    rows = await fetch(
        "SELECT campaign, source, amount_minor, currency FROM channel_spend ORDER BY id"
    )
    return [tuple(row[at] for at in range(4)) for row in rows]


@pytest.mark.usefixtures("db", "clock")
async def test_the_last_word_of_a_source_stands_and_all_words_are_kept() -> None:
    first = await figure(campaign="Spring  Sale")
    assert await record(first, source="Google Ads") == {"recordedCount": 1, "userErrors": []}
    assert await record(first, source="Google Ads") == {"recordedCount": 0, "userErrors": []}
    again = await figure("13", campaign="spring sale")
    assert (await record(again, source="Google Ads"))["recordedCount"] == 1
    assert (await record(await figure("7", "JPY")))["recordedCount"] == 1
    (by_hand, by_google) = (await ask(READ))["channelSpend"]["nodes"]
    assert by_google == {
        "channel": {"name": "Paid search"},
        "campaign": "spring sale",
        "day": "2026-02-01",
        "source": "Google Ads",
        "spend": {"amount": "13.00", "currency": "EUR"},
        "actorName": "Ada",
        "history": [
            {"spend": {"amount": "12.50", "currency": "EUR"}, "actorName": "Ada"},
            {"spend": {"amount": "13.00", "currency": "EUR"}, "actorName": "Ada"},
        ],
    }
    assert by_hand["spend"] == {"amount": "7", "currency": "JPY"}
    assert by_hand["source"] == "by hand"
    nodes = [by_hand, by_google]
    assert (await ask(READ, engine=FIELD_BY_FIELD))["channelSpend"]["nodes"] == nodes
    only = await ask(READ, filter={"campaign": "SPRING SALE", "source": "Google Ads"})
    assert only["channelSpend"]["nodes"] == [by_google]


@pytest.mark.usefixtures("db", "clock")
async def test_a_bad_figure_costs_the_whole_call() -> None:
    good = await figure(campaign="b")
    bad = {
        ("SPEND_NEGATIVE", "spend", "amount"): await figure("-0.004"),
        ("CURRENCY_UNKNOWN", "spend", "currency"): await figure(currency="EURO"),
        ("AMOUNT_INVALID", "spend", "amount"): await figure("900000000000000"),
        ("AMOUNT_INVALID", "spend", "amount", ""): await figure("0.125"),
        ("CHANNEL_NOT_FOUND", "channelId"): await figure(channelId=global_id("Channel", 999)),
        ("CAMPAIGN_INVALID", "campaign"): await figure(campaign="x" * 201),
        ("FIGURE_TWICE",): await figure(campaign=" B"),
    }
    for (code, *path), one in bad.items():
        told = await record(good, one)
        assert told["recordedCount"] == 0
        assert [(one["code"], one["field"]) for one in told["userErrors"]] == [
            (code, ["input", "figures", "1", *filter(None, path)])
        ]
    assert (await record())["userErrors"][0]["code"] == "NOTHING_TO_RECORD"
    assert (await record(good, source="\x01"))["userErrors"][0]["field"] == ["input", "source"]
    assert await stored() == []


@pytest.mark.usefixtures("db", "clock")
async def test_who_may_only_read_records_nothing() -> None:
    body = await answer_to(RECORD, {"input": {"figures": [await figure()]}}, caller(Scope.READ))
    assert body["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert await stored() == []


@pytest.mark.usefixtures("db")
async def test_budgets_for_the_same_do_not_overlap(clock: SettableClock) -> None:
    async def budget(first: str, last: str, **more: Any) -> dict[str, Any]:
        given = {"period": {"from": first, "to": last}, **more}
        given.setdefault("amount", {"amount": "500", "currency": "EUR"})
        made: dict[str, Any] = (await ask(BUDGET, input=given))["budgetCreate"]
        return made

    march = await budget("2026-03-01", "2026-03-31", channelId=await channel("E-mail"))
    assert march["budget"] | {"id": ""} == {
        "id": "",
        "channel": {"name": "E-mail"},
        "campaign": "",
        "firstDay": "2026-03-01",
        "lastDay": "2026-03-31",
        "amount": {"amount": "500.00", "currency": "EUR"},
    }
    mail = await channel("E-mail")
    twice = await budget("2026-03-31", "2026-04-30", channelId=mail)
    assert twice["userErrors"] == [{"code": "BUDGET_OVERLAPS", "field": ["input", "period"]}]
    empty = await budget("2026-05-02", "2026-05-01")
    assert empty["userErrors"] == [{"code": "PERIOD_EMPTY", "field": ["input", "period", "to"]}]
    for given in ({"channelId": mail, "campaign": "spring"}, {}):
        assert (await budget("2026-03-10", "2026-04-30", **given))["userErrors"] == []
    assert len((await ask(BUDGETS))["budgets"]) == 3
    gone = await ask(DELETE, id=march["budget"]["id"])
    assert gone["budgetDelete"] == {"deletedBudget": march["budget"]["id"], "userErrors": []}
    again = await ask(DELETE, id=march["budget"]["id"])
    assert again["budgetDelete"]["userErrors"] == [{"code": "BUDGET_NOT_FOUND", "field": ["id"]}]
    assert (await budget("2026-03-31", "2026-04-30", channelId=mail))["userErrors"] == []
