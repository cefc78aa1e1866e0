"""Campaigns as their callers see them."""

from typing import Any

import pytest

from tests.support.content import an_asset
from tests.support.operations import FIELD_BY_FIELD, ask
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.ids import global_id
from touchline.domain.links.building import Utm
from touchline.domain.links.service import NewLink, allow_host, create_link

CREATE = """mutation ($input: CampaignCreateInput!) { campaignCreate(input: $input) {
  campaign { id } userErrors { code field } } }"""
UPDATE = """mutation ($id: ID!, $input: CampaignUpdateInput!) {
  campaignUpdate(id: $id, input: $input) { campaign { name version }
  userErrors { code field } } }"""
ARCHIVE = """mutation ($id: ID!) { campaignArchive(id: $id) { campaign { archivedAt }
  userErrors { code field } } }"""
READ = """query ($id: ID!) { campaign(id: $id) { name aim firstDay lastDay version archivedAt
  names { name } assets { title } links { destination } } }"""
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
