"""Value exchange rates: how many of an action are worth one of the reference action."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.support.operations import ask
from touchline.domain.channels.listing import in_force
from touchline.domain.kernel.clock import DAY, parse_moment
from touchline.domain.kernel.db import fetch, in_transaction
from touchline.domain.kernel.ids import global_id
from touchline.domain.rates.exchanging import as_decimal
from touchline.domain.rates.queries import rates
from touchline.domain.rates.relations import holds
from touchline.settings import Settings

SET = """mutation ($input: ValueExchangeRateSetInput!) { valueExchangeRateSet(input: $input) {
  rates { id action unitsPerReference validFrom } userErrors { code field } } }"""
WITHDRAW = """mutation ($id: ID!) { valueExchangeRateWithdraw(id: $id) {
  rate { action withdrawnBy } userErrors { code field } } }"""
RATES = """{ valueExchangeRates(first: 20) { nodes {
  action unitsPerReference referenceAction validFrom validTo channel { name } } } }"""
FOLLOWED = {"action": "Followed", "unitsPerReference": "10", "validFrom": "2026-01-01"}


def day(text: str) -> int:
    return parse_moment(text) // DAY


async def set_rates(*given: dict[str, Any], by: str | None = "Registered") -> list[dict[str, Any]]:
    asked = {"rates": list(given), **({"referenceAction": by} if by else {})}
    answer = (await ask(SET, input=asked))["valueExchangeRateSet"]
    assert answer["userErrors"] == []
    made: list[dict[str, Any]] = answer["rates"]
    return made


async def worth(action: str, on: str, channel: int | None = None) -> Fraction:
    """By Python; SQL has to say the same."""
    found = (await rates()).worth(action, day(on), channel)
    sql = holds(f"'{action}'", str(channel or 0), str(day(on)))
    (row,) = await fetch(f"SELECT {sql} AS micro")
    by_sql = Fraction(1_000_000, row["micro"]) if row["micro"] else Fraction(0)
    assert action == "Registered" or by_sql == found
    return found


async def the_channel() -> int:
    known = await in_transaction(in_force)
    return sorted(known.channels.values())[0]


async def refused(*given: dict[str, Any], by: str | None = "Registered") -> list[tuple[str, Any]]:
    asked = {"rates": list(given), **({"referenceAction": by} if by else {})}
    before = [tuple(row) for row in await fetch("SELECT * FROM value_exchange_rate ORDER BY id")]
    answer = (await ask(SET, input=asked))["valueExchangeRateSet"]
    after = [tuple(row) for row in await fetch("SELECT * FROM value_exchange_rate ORDER BY id")]
    assert answer["rates"] == []
    assert after == before
    return [(one["code"], one["field"]) for one in answer["userErrors"]]


async def test_ten_follows_are_worth_one_registration_from_a_day_on(db: Settings) -> None:
    (made,) = await set_rates(FOLLOWED)
    assert made == {"id": made["id"], **FOLLOWED}
    assert await worth("Followed", "2025-12-31") == 0
    assert await worth("Followed", "2026-01-01") == Fraction(1, 10)
    assert await worth("Registered", "2020-01-01") == 1
    assert await worth("Other", "2026-01-01") == 0
    counts: dict[tuple[str, int, int | None], int] = {
        ("Followed", day("2026-02-01"), None): 25,
        ("Registered", 0, None): 2,
    }
    assert as_decimal((await rates()).units(counts)) == Decimal("4.5")


async def test_a_later_rate_follows_and_one_with_an_end_leaves_a_gap(db: Settings) -> None:
    await set_rates(
        FOLLOWED,
        {**FOLLOWED, "unitsPerReference": "4", "validFrom": "2026-03-01", "validTo": "2026-03-31"},
        {**FOLLOWED, "unitsPerReference": "2.5", "validFrom": "2026-05-01"},
    )
    days = ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01", "2026-05-01", "2030-01-01")
    assert [await worth("Followed", on) for on in days] == [
        Fraction(1, 10),
        Fraction(1, 4),
        Fraction(1, 4),
        0,
        Fraction(2, 5),
        Fraction(2, 5),
    ]


async def test_a_channel_may_have_a_rate_of_its_own(db: Settings) -> None:
    channel = await the_channel()
    own = {"unitsPerReference": "5", "channelId": global_id("Channel", channel)}
    await set_rates(FOLLOWED, {**FOLLOWED, **own, "validFrom": "2026-02-01"})
    assert await worth("Followed", "2026-01-15", channel) == Fraction(1, 10)
    assert await worth("Followed", "2026-02-15", channel) == Fraction(1, 5)
    assert await worth("Followed", "2026-02-15", channel + 1) == Fraction(1, 10)
    shown = (await ask(RATES))["valueExchangeRates"]["nodes"]
    assert [one["channel"] is None for one in shown] == [True, False]
    assert {one["referenceAction"] for one in shown} == {"Registered"}


async def test_two_rates_of_one_day_are_refused_and_none_is_set(db: Settings) -> None:
    await set_rates(FOLLOWED, {**FOLLOWED, "validFrom": "2026-06-01", "validTo": "2026-06-30"})
    shared = {**FOLLOWED, "action": "Shared"}
    overlap = [("RATES_OVERLAP", ["input", "rates", "1", "validFrom"])]
    assert await refused(shared, FOLLOWED) == overlap
    assert await refused(shared, shared) == overlap
    assert await refused(shared, {**FOLLOWED, "validFrom": "2026-06-15"}) == overlap
    assert (
        await refused(shared, {**FOLLOWED, "validFrom": "2026-05-01", "validTo": "2026-06-01"})
        == overlap
    )
    assert len(await set_rates({**FOLLOWED, "validFrom": "2026-07-01"})) == 1


@pytest.mark.parametrize(
    "change, code, field",
    [
        ({"action": " "}, "ACTION_INVALID", "action"),
        ({"action": "Registered"}, "RATE_OF_REFERENCE", "action"),
        ({"unitsPerReference": "0"}, "UNITS_INVALID", "unitsPerReference"),
        ({"unitsPerReference": "-3"}, "UNITS_INVALID", "unitsPerReference"),
        ({"unitsPerReference": "0.0000001"}, "UNITS_INVALID", "unitsPerReference"),
        ({"unitsPerReference": "1000000001"}, "UNITS_INVALID", "unitsPerReference"),
        ({"validTo": "2025-12-31"}, "PERIOD_EMPTY", "validTo"),
        ({"channelId": global_id("Channel", 999_999)}, "CHANNEL_NOT_FOUND", "channelId"),
    ],
)
async def test_a_rate_that_makes_no_sense_is_refused(
    db: Settings, change: dict[str, Any], code: str, field: str
) -> None:
    assert await refused({**FOLLOWED, **change}) == [(code, ["input", "rates", "0", field])]


async def test_all_rates_are_measured_by_one_action(db: Settings) -> None:
    assert await refused(FOLLOWED, by=None) == [("REFERENCE_MISSING", ["input", "referenceAction"])]
    await set_rates(FOLLOWED)
    shared = {**FOLLOWED, "action": "Shared"}
    assert await refused(shared, by="Bought") == [
        ("REFERENCE_DIFFERS", ["input", "referenceAction"])
    ]
    assert len(await set_rates(shared, by=None)) == 1
    assert await refused(by=None) == [("NOTHING_TO_SET", ["input", "rates"])]


async def test_a_rate_that_was_taken_back_counts_as_never_set(db: Settings) -> None:
    _, later = await set_rates(
        FOLLOWED, {**FOLLOWED, "unitsPerReference": "4", "validFrom": "2026-03-01"}
    )
    answer = (await ask(WITHDRAW, id=later["id"]))["valueExchangeRateWithdraw"]
    assert answer == {"rate": {"action": "Followed", "withdrawnBy": "Ada"}, "userErrors": []}
    assert await worth("Followed", "2026-04-01") == Fraction(1, 10)
    assert len((await ask(RATES))["valueExchangeRates"]["nodes"]) == 1
    again = (await ask(WITHDRAW, id=later["id"]))["valueExchangeRateWithdraw"]
    assert [one["code"] for one in again["userErrors"]] == ["RATE_NOT_FOUND"]
