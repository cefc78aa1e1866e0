"""What content achieves, as its callers see it."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.support.channels import roll_all
from tests.support.clock import SettableClock
from tests.support.content import a_published_asset, an_asset
from tests.support.conversions import ORDERS, goal
from tests.support.events import arrive
from tests.support.operations import FIELD_BY_FIELD, answer_to, ask, caller, refusal
from tests.support.performance import a_read, figures_settled
from touchline.domain.content.lineage import add_source
from touchline.domain.content.types import AssetRelation
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch, in_transaction
from touchline.domain.kernel.ids import global_id
from touchline.domain.links.publishing import Place, add_publication
from touchline.domain.links.service import allow_host
from touchline.domain.spend.service import channels_by_name
from touchline.settings import Settings

RANGE = {"from": "2026-02-01", "to": "2026-02-28"}
LIST = """query ($range: DateRangeInput!) {
  contentAssets(first: 10, orderBy: { field: CONVERSIONS, direction: DESC }) { nodes { slug
    performance(range: $range) { reads readers views clicks shares conversions assistedConversions
      value { amount currency } valueUnits
      daily { day reads readers conversions }
      byChannel { channel { name } reads conversions } } } } }"""
ONE = """query ($id: ID!, $range: DateRangeInput!, $day: DateRangeInput!) { contentAsset(id: $id) {
  february: performance(range: $range) { readers computedAt }
  day: performance(range: $day) { reads readers computedAt }
  family { assetCount performance(range: $range) { reads readers conversions assistedConversions
    value { amount } valueUnits } }
  publications { performance(range: $range) { clicks reads conversions computedAt } } } }"""
RATES = """mutation ($input: ValueExchangeRateSetInput!) { valueExchangeRateSet(input: $input) {
  userErrors { code message field } } }"""


def order(who: str, day: int, total: str = "20", currency: str = "EUR") -> dict[str, Any]:
    return {
        "type": "track",
        "event": "Order Completed",
        "anonymousId": who,
        "timestamp": f"2026-02-{day:02}T20:00:00Z",
        "properties": {"total": total, "currency": currency, "order_id": f"{who}-{day}"},
    }


def read(slug: str, who: str, day: int, **context: Any) -> dict[str, Any]:
    return a_read(slug, who, f"2026-02-{day:02}T10:00:00Z", **context)


MAIL = {"campaign": {"source": "news", "medium": "email"}}


@pytest.fixture
async def told(db: Settings, clock: SettableClock) -> Settings:
    """Two assets of a family and one of none; three people who read them, one on two devices."""
    air = await a_published_asset("Air")
    leaf = await an_asset("Leaflet")
    await an_asset("Other")
    await add_source(SYSTEM, leaf, air, AssetRelation.ADAPTED)
    await goal(ORDERS)
    await arrive(
        db,
        read("air", "a", 2, **MAIL),
        read("air", "a", 3),
        read("air", "b", 3),
        read("leaflet", "b", 5),
        read("leaflet", "c", 5),
        {"type": "identify", "anonymousId": "a", "userId": "u1"},
        order("a", 4, "20.50"),
        order("b", 6, "10"),
    )
    await roll_all()
    await figures_settled()
    return db


async def test_assets_show_what_happened_with_them_those_of_most_conversions_first(
    told: Settings,
) -> None:
    nodes = (await ask(LIST, range=RANGE))["contentAssets"]["nodes"]
    assert [one["slug"] for one in nodes] == ["leaflet", "air", "other"]
    leaflet, air, other = (one["performance"] for one in nodes)
    assert air == {
        "reads": 3,
        "readers": 2,
        "views": 0,
        "clicks": 0,
        "shares": 0,
        "conversions": 1,
        "assistedConversions": 1,
        "valueUnits": "0.00",
        "value": {"amount": "20.50", "currency": "EUR"},
        "daily": [
            {"day": "2026-02-02", "reads": 1, "readers": 1, "conversions": 0},
            {"day": "2026-02-03", "reads": 2, "readers": 2, "conversions": 0},
            {"day": "2026-02-04", "reads": 0, "readers": 0, "conversions": 1},
            {"day": "2026-02-06", "reads": 0, "readers": 0, "conversions": 0},
        ],
        "byChannel": [
            {"channel": {"name": "No arrival"}, "reads": 2, "conversions": 1},
            {"channel": {"name": "E-mail"}, "reads": 1, "conversions": 0},
        ],
    }
    assert (leaflet["reads"], leaflet["readers"], leaflet["conversions"]) == (2, 2, 1)
    assert (other["reads"], other["value"], other["daily"]) == (0, None, [])
    assert (await ask(LIST, range=RANGE, engine=FIELD_BY_FIELD))["contentAssets"]["nodes"] == nodes


async def test_people_count_once_in_a_range_and_in_a_family_also_when_they_turn_out_to_be_one(
    told: Settings,
) -> None:
    await allow_host(SYSTEM, "www.example.com")
    mail = (await in_transaction(channels_by_name))["e-mail"]
    rows = await fetch("SELECT id FROM content_asset WHERE slug = 'air'")
    place = Place(mail, "https://www.example.com/air", "https://t.example")
    await add_publication(SYSTEM, rows[0]["id"], place)
    given: dict[str, Any] = {
        "id": global_id("ContentAsset", rows[0]["id"]),
        "range": RANGE,
        "day": {"from": "2026-02-03", "to": "2026-02-03"},
    }
    asset = (await ask(ONE, **given))["contentAsset"]
    moment = "2026-03-02T09:00:00.000Z"
    assert asset == {
        "february": {"readers": 2, "computedAt": moment},
        "day": {"reads": 2, "readers": 2, "computedAt": moment},
        "family": {
            "assetCount": 2,
            "performance": {
                "reads": 5,
                "readers": 3,
                "conversions": 2,
                "assistedConversions": 0,
                "value": {"amount": "30.50"},
                "valueUnits": "0.00",
            },
        },
        "publications": [
            {"performance": {"clicks": 0, "reads": 1, "conversions": 0, "computedAt": moment}}
        ],
    }
    assert (await ask(ONE, **given, engine=FIELD_BY_FIELD))["contentAsset"] == asset

    await arrive(told, {"type": "identify", "anonymousId": "b", "userId": "u1"})
    await figures_settled()
    asset = (await ask(ONE, **given))["contentAsset"]
    assert asset["february"]["readers"] == 1
    assert asset["day"]["readers"] == 1
    assert asset["family"]["performance"]["readers"] == 2


async def test_actions_are_worth_what_the_rates_of_their_day_say(told: Settings) -> None:
    rates = [{"action": "Content Read", "unitsPerReference": "10", "validFrom": "2026-02-03"}]
    answer = await ask(RATES, input={"referenceAction": "Order Completed", "rates": rates})
    assert answer["valueExchangeRateSet"]["userErrors"] == []
    nodes = (await ask(LIST, range=RANGE))["contentAssets"]["nodes"]
    units = {one["slug"]: one["performance"]["valueUnits"] for one in nodes}
    assert units == {"air": "1.20", "leaflet": "1.20", "other": "0.00"}


async def test_money_of_several_currencies_is_refused_and_the_rest_is_shown(
    told: Settings,
) -> None:
    await arrive(told, order("a", 7, "5", "USD"))
    await figures_settled()
    with capture_logs() as logged:
        body = await answer_to(LIST, {"range": RANGE}, caller())
    assert [one for one in logged if one["log_level"] != "debug"] == []
    (error,) = body["errors"]
    assert error["extensions"]["reason"] == "CURRENCIES_MIXED"
    slugs = [one["slug"] for one in body["data"]["contentAssets"]["nodes"]]
    at = slugs.index("air")
    assert error["path"] == ["contentAssets", "nodes", at, "performance", "value"]
    air = body["data"]["contentAssets"]["nodes"][at]["performance"]
    assert (air["reads"], air["conversions"], air["value"]) == (3, 2, None)


@pytest.mark.usefixtures("told")
async def test_a_range_has_from_one_day_to_eleven_hundred() -> None:
    for first, last, message in (
        ("2026-02-02", "2026-02-01", "`range` ends before it begins."),
        ("2020-01-01", "2026-01-01", "`range` has from 1 to 1,100 days."),
    ):
        assert await refusal(LIST, range={"from": first, "to": last}) == {
            "message": message,
            "code": "BAD_USER_INPUT",
            "argument": "range",
        }
