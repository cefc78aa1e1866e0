"""What is made of what, as callers see it."""

from typing import Any

from tests.support.content import an_asset
from tests.support.operations import FIELD_BY_FIELD, ask
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

DERIVE = """mutation Derive($input: ContentAssetDeriveInput!) { contentAssetDerive(input: $input) {
  contentAsset { id kind language derivedFrom { relation asset { id } } }
  userErrors { code message field } } }"""
ADD = """mutation ($input: ContentAssetAddSourceInput!) {
  done: contentAssetAddSource(input: $input) {
  contentAsset { derivedFrom { relation actorName } } userErrors { code field } } }"""
REMOVE = """mutation ($input: ContentAssetRemoveSourceInput!) {
  done: contentAssetRemoveSource(input: $input) {
  contentAsset { derivedFrom { relation } family { assetCount } } userErrors { code field } } }"""
WHOLE = """query ($id: ID!) { contentAsset(id: $id) {
  derivedFrom { relation asset { title } } derivatives { relation asset { title } }
  usedIn(first: 9) { nodes { isDirect asset { title } } totalCount }
  family { id assetCount assets(first: 9) { nodes { title } } } }
  contentReuse { assetCount reusedCount derivedCount reuseRate } }"""
TRANSLATE = """mutation ($input: ContentAssetTranslateInput!) {
  contentAssetTranslate(input: $input) { contentAsset {
    derivedFrom { relation asset { id } } } } }"""


async def derived(title: str, relation: str, *sources: str, **more: Any) -> str:
    given = {"title": title, "relation": relation, "sourceIds": list(sources), **more}
    answer = (await ask(DERIVE, input=given))["contentAssetDerive"]
    assert answer["userErrors"] == []
    return str(answer["contentAsset"]["id"])


async def test_a_video_becomes_articles_and_they_become_a_post(db: Settings) -> None:
    video = global_id("ContentAsset", await an_asset("Video"))
    given = {"title": "Text", "sourceIds": [video], "relation": "ADAPTED", "kind": "ARTICLE"}
    answer = (await ask(DERIVE, input=given))["contentAssetDerive"]
    text = answer["contentAsset"].pop("id")
    assert answer["contentAsset"] == {
        "kind": "ARTICLE",
        "language": "en",
        "derivedFrom": [{"relation": "ADAPTED", "asset": {"id": video}}],
    }
    part = await derived("Part", "EXCERPTED", text)
    await derived("Post", "REMIXED", part, video)
    found = await ask(WHOLE, id=video)
    assert found == await ask(WHOLE, id=video, engine=FIELD_BY_FIELD)
    assert found["contentAsset"] == {
        "derivedFrom": [],
        "derivatives": [
            {"relation": "ADAPTED", "asset": {"title": "Text"}},
            {"relation": "REMIXED", "asset": {"title": "Post"}},
        ],
        "usedIn": {
            "nodes": [
                {"isDirect": True, "asset": {"title": "Text"}},
                {"isDirect": False, "asset": {"title": "Part"}},
                {"isDirect": True, "asset": {"title": "Post"}},
            ],
            "totalCount": 3,
        },
        "family": {
            "id": video.replace("Asset", "Family"),
            "assetCount": 4,
            "assets": {
                "nodes": [{"title": name} for name in ("Video", "Text", "Part", "Post")],
            },
        },
    }
    assert found["contentReuse"] == {
        "assetCount": 4,
        "reusedCount": 3,
        "derivedCount": 3,
        "reuseRate": 0.75,
    }


async def test_a_cycle_is_refused_and_what_is_taken_back_parts_the_family(db: Settings) -> None:
    one = global_id("ContentAsset", await an_asset("One"))
    two = await derived("Two", "ADAPTED", one)
    circle = {"assetId": one, "sourceId": two, "relation": "ADAPTED"}
    done = (await ask(ADD, input=circle))["done"]
    assert done["contentAsset"] is None
    assert done["userErrors"] == [{"code": "LINEAGE_CYCLE", "field": ["input", "sourceId"]}]
    pair = {"assetId": two, "sourceId": one}
    assert (await ask(REMOVE, input=pair))["done"] == {
        "contentAsset": {"derivedFrom": [], "family": {"assetCount": 1}},
        "userErrors": [],
    }
    done = (await ask(ADD, input=circle))["done"]
    assert done["contentAsset"] == {"derivedFrom": [{"relation": "ADAPTED", "actorName": "Ada"}]}
    done = (await ask(REMOVE, input=pair))["done"]
    assert [one["code"] for one in done["userErrors"]] == ["SOURCE_UNKNOWN"]


async def test_a_translation_is_made_of_its_original(db: Settings) -> None:
    one = global_id("ContentAsset", await an_asset("One"))
    given = {"originalId": one, "language": "de", "title": "Eins"}
    made = (await ask(TRANSLATE, input=given))["contentAssetTranslate"]["contentAsset"]
    assert made["derivedFrom"] == [{"relation": "TRANSLATED", "asset": {"id": one}}]


async def test_nothing_is_made_of_what_does_not_exist(db: Settings) -> None:
    one = global_id("ContentAsset", await an_asset("One"))
    for sources, code in (
        ([], "SOURCES_INVALID"),
        ([one, global_id("ContentAsset", 99)], "ASSET_NOT_FOUND"),
    ):
        given = {"title": "x", "sourceIds": sources, "relation": "ADAPTED"}
        answer = (await ask(DERIVE, input=given))["contentAssetDerive"]
        assert [(each["code"], each["field"]) for each in answer["userErrors"]] == [
            (code, ["input", "sourceIds"])
        ]
    assert len(await fetch("SELECT 1 FROM content_asset")) == 1
