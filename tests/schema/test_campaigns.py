"""Campaigns as their callers see them."""

from typing import Any

import pytest

from tests.support.channels import roll_all
from tests.support.content import an_asset
from tests.support.conversions import ORDERS, goal
from tests.support.events import arrive
from tests.support.operations import FIELD_BY_FIELD, ask
from tests.support.performance import figures_settled
from touchline.domain.attribution.rolling import roll as roll_credits
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, parse_moment
from touchline.domain.kernel.db import in_transaction
from touchline.domain.kernel.ids import global_id
from touchline.domain.links.building import Utm
from touchline.domain.links.service import NewLink, allow_host, create_link
from touchline.domain.spend.figures import Figure
from touchline.domain.spend.service import channels_by_name, record_spend
from touchline.settings import Settings

CREATE = """mutation ($input: CampaignCreateInput!) { campaignCreate(input: $input) {
  campaign { id } userErrors { code field } } }"""
UPDATE = """mutation ($id: ID!, $input: CampaignUpdateInput!) {
  campaignUpdate(id: $id, input: $input) { campaign { name version }
  userErrors { code field } } }"""
ARCHIVE = """mutation ($id: ID!) { campaignArchive(id: $id) { campaign { archivedAt }
  userErrors { code field } } }"""
READ = """query ($id: ID!) { campaign(id: $id) { name aim firstDay lastDay version archivedAt
  names { name } assets { title } links { destination } } }"""
RESULTS = """query ($id: ID!, $range: DateRangeInput!) { campaign(id: $id) {
  results(range: $range, model: LAST) { clicks touchpoints credit values { amount currency }
    spend { amount currency } computedAt } } }"""
LIST = """query ($search: String) { campaigns(first: 10, filter: { search: $search }) {
  nodes { name } } }"""


async def create(name: str = "Spring Sale", **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = (await ask(CREATE, input={"name": name, **more}))["campaignCreate"]
    return made


@pytest.mark.usefixtures("db", "clock")
async def test_a_campaign_ties_links_and_assets_by_its_names() -> None:
    await allow_host(SYSTEM, "www.example.com")
    utm = Utm("linkedin", "social", "spring-sale")
    await create_link(SYSTEM, NewLink("https://www.example.com/a", "https://t.example", utm))
    asset = global_id("ContentAsset", await an_asset("Know your air"))
    days = {"firstDay": "2026-03-01", "lastDay": "2026-03-31"}
    made = await create(aim="Sell filters.", assetIds=[asset], **days)
    assert made["userErrors"] == []
    campaign = made["campaign"]["id"]
    expected = {
        "name": "Spring Sale",
        "aim": "Sell filters.",
        **days,
        "version": 1,
        "archivedAt": None,
        "names": [{"name": "spring-sale"}],
        "assets": [{"title": "Know your air"}],
        "links": [{"destination": "https://www.example.com/a"}],
    }
    assert (await ask(READ, id=campaign))["campaign"] == expected
    assert (await ask(READ, id=campaign, engine=FIELD_BY_FIELD))["campaign"] == expected
    assert (await ask(LIST, search="SPRING"))["campaigns"]["nodes"] == [{"name": "Spring Sale"}]

    told = {"names": ["12345", "Spring-Sale"], "aim": None, "assetIds": []}
    changed = (await ask(UPDATE, id=campaign, input=told))["campaignUpdate"]
    assert changed == {"campaign": {"name": "Spring Sale", "version": 2}, "userErrors": []}
    now = (await ask(READ, id=campaign))["campaign"]
    assert now["names"] == [{"name": "12345"}, {"name": "spring-sale"}]
    assert (now["aim"], now["assets"], now["firstDay"]) == (None, [], "2026-03-01")

    gone = (await ask(ARCHIVE, id=campaign))["campaignArchive"]
    assert gone["campaign"]["archivedAt"] is not None
    assert (await ask(LIST))["campaigns"]["nodes"] == []
    late = (await ask(UPDATE, id=campaign, input={"name": "x"}))["campaignUpdate"]
    assert late["userErrors"] == [{"code": "CAMPAIGN_ARCHIVED", "field": ["id"]}]


@pytest.mark.usefixtures("db", "clock")
async def test_what_cannot_be_is_refused_and_nothing_changes() -> None:
    first = (await create(names=["one", "two"]))["campaign"]["id"]
    refused: dict[tuple[str, ...], dict[str, Any]] = {
        ("CAMPAIGN_NAME_TAKEN", "name"): {"name": " spring  SALE"},
        ("CAMPAIGN_NAME_TAKEN", "names", "1"): {"name": "Other", "names": ["three", "TWO"]},
        ("CAMPAIGN_NAME_INVALID", "name"): {"name": " "},
        ("CAMPAIGN_NAME_INVALID", "names", "0"): {"name": "Other", "names": [""]},
        ("PERIOD_EMPTY", "lastDay"): {
            "name": "Other",
            "firstDay": "2026-02-02",
            "lastDay": "2026-02-01",
        },
        ("ASSET_NOT_FOUND", "assetIds"): {
            "name": "Other",
            "assetIds": [global_id("ContentAsset", 99)],
        },
        ("TOO_MANY_NAMES", "names"): {"name": "Other", "names": [str(n) for n in range(51)]},
        ("AIM_TOO_LONG", "aim"): {"name": "Other", "aim": "x" * 1001},
    }
    for (code, *path), given in refused.items():
        told = await create(**given)
        assert told == {"campaign": None, "userErrors": [{"code": code, "field": ["input", *path]}]}
    assert (await ask(LIST))["campaigns"]["nodes"] == [{"name": "Spring Sale"}]
    change = {"names": ["one"], "expectedVersion": 7}
    told = (await ask(UPDATE, id=first, input=change))["campaignUpdate"]
    assert told["userErrors"] == [{"code": "CONFLICT", "field": ["input", "expectedVersion"]}]
    unknown = (await ask(ARCHIVE, id=global_id("Campaign", 99)))["campaignArchive"]
    assert unknown["userErrors"] == [{"code": "CAMPAIGN_NOT_FOUND", "field": ["id"]}]


@pytest.mark.usefixtures("clock")
async def test_a_campaign_shows_what_came_by_its_names(db: Settings) -> None:
    campaign = (await create(names=["spring-sale", "4711"]))["campaign"]["id"]
    await goal(ORDERS)
    told = {"source": "news", "medium": "email", "name": "spring-sale"}
    visit = {"type": "page", "name": "Home", "anonymousId": "a", "context": {"campaign": told}}
    bought = {"type": "track", "event": "Order Completed", "anonymousId": "a"}
    order = {"properties": {"total": "30", "currency": "EUR", "order_id": "o1"}}
    await arrive(
        db,
        visit | {"timestamp": "2026-02-02T10:00:00Z"},
        bought | order | {"timestamp": "2026-02-03T10:00:00Z"},
    )
    await roll_all()
    await figures_settled()
    while await roll_credits():
        pass
    channels = await in_transaction(channels_by_name)
    day = parse_moment("2026-02-10") // DAY
    await record_spend(SYSTEM, [Figure(channels["e-mail"], day, "12", "EUR", "4711")])
    given = {"from": "2026-02-01", "to": "2026-02-28"}
    answer = (await ask(RESULTS, id=campaign, range=given))["campaign"]["results"]
    assert answer == {
        "clicks": 0,
        "touchpoints": 1,
        "credit": 1.0,
        "values": [{"amount": "30.00", "currency": "EUR"}],
        "spend": [{"amount": "12.00", "currency": "EUR"}],
        "computedAt": "2026-03-02T09:00:00.000Z",
    }
    early = {"from": "2026-01-01", "to": "2026-01-31"}
    none = (await ask(RESULTS, id=campaign, range=early))["campaign"]["results"]
    assert (none["credit"], none["values"], none["spend"]) == (0.0, [], [])
