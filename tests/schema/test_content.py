"""Content as its callers see it: from a draft to what readers are shown."""

from typing import Any

from tests.support.clock import SettableClock
from tests.support.operations import FIELD_BY_FIELD, answer_to, ask, caller, refusal
from touchline.domain.kernel.actor import Scope
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

CREATE = """mutation CreateAsset($input: ContentAssetCreateInput!) {
  contentAssetCreate(input: $input) {
    contentAsset { id slug version status language kind } userErrors { code message field } } }"""
UPDATE = """mutation ($id: ID!, $input: ContentAssetUpdateInput!) {
  contentAssetUpdate(id: $id, input: $input) {
    contentAsset { version status isTranslationStale translatedVersion }
    userErrors { code field } } }"""
TRANSLATE = """mutation ($input: ContentAssetTranslateInput!) {
  contentAssetTranslate(input: $input) {
    contentAsset { id slug language translatedVersion isTranslationStale }
    userErrors { code field } } }"""
STEP = """mutation ($id: ID!) { step: contentAsset%s(id: $id) {
  contentAsset { status } userErrors { code field } } }"""
REJECT = """mutation ($input: ContentAssetRejectInput!) { contentAssetReject(input: $input) {
  contentAsset { status } userErrors { code } } }"""
PUBLISH = """mutation Publish($input: ContentAssetPublishInput!) {
  contentAssetPublish(input: $input) {
    contentAsset { id status publishAt } userErrors { code message field } } }"""
DELIVERED = """query Delivered($slug: String!, $language: String) {
  publishedContent(slug: $slug, language: $language) {
    id title body { html markdown } version publishedAt } }"""
WHOLE = """query ($id: ID!) { contentAsset(id: $id) {
  id title body version status publishedVersion { number publishedAt }
  newestVersion { coverUrl attachments { title url } slots { name text } body { html } actorName }
  siblings { id language isTranslationStale original { id } }
  versions(first: 5) { nodes { number title publishedAt } }
  history(last: 9) { nodes { version act status comment actorName } } } }"""
LIST = """query ($filter: ContentAssetFilter, $orderBy: ContentAssetOrder) {
  contentAssets(first: 9, filter: $filter, orderBy: $orderBy) { nodes { title } totalCount } }"""
TEMPLATE = """mutation ($input: ContentTemplateCreateInput!) {
  contentTemplateCreate(input: $input) {
    contentTemplate { id name kind slots { name rule maxLength requiredTokens } }
    userErrors { code message field } } }"""


async def made(title: str = "Know your air", **given: Any) -> str:
    answer = (await ask(CREATE, input={"title": title, **given}))["contentAssetCreate"]
    assert answer["userErrors"] == []
    return str(answer["contentAsset"]["id"])


async def stepped(act: str, asset: str) -> tuple[str | None, list[str]]:
    answer = (await ask(STEP % act, id=asset))["step"]
    status = answer["contentAsset"] and answer["contentAsset"]["status"]
    return status, [one["code"] for one in answer["userErrors"]]


async def published(asset: str, **given: Any) -> Any:
    return (await ask(PUBLISH, input={"assetId": asset, **given}))["contentAssetPublish"]


async def test_an_asset_comes_to_its_readers(db: Settings, clock: SettableClock) -> None:
    files = [{"title": "Slides", "url": "https://a.example/s.pdf"}]
    cover = "https://a.example/c.png"
    given = {"kind": "ARTICLE", "body": "*Hi*", "coverUrl": cover, "attachments": files}
    answer = (await ask(CREATE, input={"title": "Ünder  the air", **given}))["contentAssetCreate"]
    asset = answer["contentAsset"]["id"]
    assert answer["contentAsset"] == {
        "id": asset,
        "slug": "under-the-air",
        "version": 1,
        "status": "DRAFT",
        "language": "en",
        "kind": "ARTICLE",
    }
    assert [one["code"] for one in (await published(asset))["userErrors"]] == ["NOT_APPROVED"]
    assert await stepped("Submit", asset) == ("IN_REVIEW", [])
    rejected = await ask(REJECT, input={"assetId": asset, "comment": "Shorter"})
    assert rejected["contentAssetReject"]["contentAsset"] == {"status": "DRAFT"}
    assert await stepped("Approve", asset) == (None, ["NOT_IN_REVIEW"])
    assert await stepped("Submit", asset) == ("IN_REVIEW", [])
    assert await stepped("Approve", asset) == ("APPROVED", [])
    assert await ask(DELIVERED, slug="under-the-air") == {"publishedContent": None}
    assert (await published(asset))["contentAsset"]["status"] == "PUBLISHED"
    await ask(UPDATE, id=asset, input={"title": "Over the air"})

    shown = (await ask(DELIVERED, slug="under-the-air"))["publishedContent"]
    assert shown.pop("id") == asset.replace("ContentAsset", "PublishedContent")
    body = {"html": "<p><em>Hi</em></p>\n", "markdown": "*Hi*"}
    now = "2026-03-02T09:00:00.000Z"
    assert shown == {"title": "Ünder the air", "body": body, "version": 1, "publishedAt": now}
    assert await ask(DELIVERED, slug="under-the-air", language="de") == {"publishedContent": None}

    whole = (await ask(WHOLE, id=asset))["contentAsset"]
    assert (await ask(WHOLE, id=asset, engine=FIELD_BY_FIELD))["contentAsset"] == whole
    assert (whole["title"], whole["body"], whole["version"]) == ("Over the air", "*Hi*", 2)
    assert (whole["status"], whole["publishedVersion"]["number"]) == ("DRAFT", 1)
    newest = {"coverUrl": cover, "attachments": files, "slots": None, "actorName": "Ada"}
    assert whole["newestVersion"] == {**newest, "body": {"html": body["html"]}}
    assert [one["number"] for one in whole["versions"]["nodes"]] == [2, 1]
    said = [(one["act"], one["version"], one["comment"]) for one in whole["history"]["nodes"]]
    assert said == [
        *(("WRITE", 2, None), ("PUBLISH", 1, None), ("APPROVE", 1, None), ("SUBMIT", 1, None)),
        *(("REJECT", 1, "Shorter"), ("SUBMIT", 1, None), ("WRITE", 1, None)),
    ]


async def test_an_instant_is_set_and_taken_back(db: Settings, clock: SettableClock) -> None:
    asset = await made()
    for act in ("Submit", "Approve"):
        await stepped(act, asset)
    at = "2026-03-02T10:00:00.000Z"
    answer = await published(asset, publishAt=at)
    assert answer["contentAsset"] == {"id": asset, "status": "SCHEDULED", "publishAt": at}
    answer = await published(asset, publishAt="2026-03-02T09:00:00Z")
    assert [(one["code"], one["field"]) for one in answer["userErrors"]] == [
        ("TIME_PASSED", ["input", "publishAt"])
    ]
    assert await stepped("Archive", asset) == (None, ["STEP_NOT_POSSIBLE"])
    assert await stepped("Unschedule", asset) == ("APPROVED", [])
    assert await stepped("Unschedule", asset) == (None, ["NOT_SCHEDULED"])
    assert await stepped("Archive", asset) == ("ARCHIVED", [])


async def test_a_translation_follows_its_original(db: Settings) -> None:
    asset = await made("Air")
    given = {"originalId": asset, "language": "ZH-hans", "title": "空气"}
    answer = (await ask(TRANSLATE, input=given))["contentAssetTranslate"]
    sibling = answer["contentAsset"].pop("id")
    assert answer["contentAsset"] == {
        "slug": "air",
        "language": "zh-Hans",
        "translatedVersion": 1,
        "isTranslationStale": False,
    }
    again = (await ask(TRANSLATE, input=given | {"originalId": sibling}))["contentAssetTranslate"]
    assert again["userErrors"] == [{"code": "LANGUAGE_TAKEN", "field": ["input", "language"]}]

    await ask(UPDATE, id=asset, input={"body": "New"})
    whole = (await ask(WHOLE, id=asset))["contentAsset"]
    original = {"id": asset}
    assert whole["siblings"] == [
        {"id": asset, "language": "en", "isTranslationStale": False, "original": None},
        {"id": sibling, "language": "zh-Hans", "isTranslationStale": True, "original": original},
    ]
    stale = await ask(LIST, filter={"isTranslationStale": True})
    assert stale["contentAssets"]["nodes"] == [{"title": "空气"}]
    answer = await ask(UPDATE, id=sibling, input={"body": "新", "translatedVersion": 2})
    current = {"translatedVersion": 2, "isTranslationStale": False}
    assert answer["contentAssetUpdate"]["contentAsset"] == {
        "version": 2,
        "status": "DRAFT",
        **current,
    }
    answer = (await ask(UPDATE, id=sibling, input={"translatedVersion": 3}))["contentAssetUpdate"]
    assert [one["code"] for one in answer["userErrors"]] == ["VERSION_UNKNOWN"]


async def test_assets_are_listed(db: Settings) -> None:
    await made("Böse Luft", kind="VIDEO")
    second = await made("air", kind="ARTICLE")
    await stepped("Submit", second)
    by_title = {"field": "TITLE", "direction": "ASC"}
    assert await ask(LIST, orderBy=by_title) == {
        "contentAssets": {"nodes": [{"title": "air"}, {"title": "Böse Luft"}], "totalCount": 2}
    }
    for given, found in [
        ({"search": "BÖSE"}, ["Böse Luft"]),
        ({"kinds": ["ARTICLE", "PODCAST"]}, ["air"]),
        ({"statuses": ["DRAFT"]}, ["Böse Luft"]),
        ({"not": {"language": "en"}}, []),
        ({"template": global_id("ContentTemplate", 9)}, []),
    ]:
        nodes = (await ask(LIST, filter=given))["contentAssets"]["nodes"]
        assert [one["title"] for one in nodes] == found


REFUSED: list[tuple[dict[str, Any], str, list[str]]] = [
    ({"title": " "}, "TITLE_INVALID", ["title"]),
    ({"title": "空气"}, "SLUG_INVALID", ["slug"]),
    ({"slug": "A b"}, "SLUG_INVALID", ["slug"]),
    ({"slug": "taken"}, "SLUG_TAKEN", ["slug"]),
    ({"language": "english"}, "LANGUAGE_INVALID", ["language"]),
    ({"body": "x" * 80_001}, "BODY_INVALID", ["body"]),
    ({"coverUrl": "javascript:alert(1)"}, "ADDRESS_INVALID", ["coverUrl"]),
    ({"coverUrl": "https://u:p@a.example"}, "ADDRESS_INVALID", ["coverUrl"]),
    ({"coverUrl": "//a.example/b"}, "ADDRESS_INVALID", ["coverUrl"]),
    ({"coverUrl": "https:///a"}, "ADDRESS_INVALID", ["coverUrl"]),
    (
        {"attachments": [{"title": "x", "url": "data:text/html,x"}]},
        *("ADDRESS_INVALID", ["attachments", "0", "url"]),
    ),
    (
        {"attachments": [{"title": " ", "url": "https://a.example"}]},
        *("ATTACHMENTS_INVALID", ["attachments", "0", "title"]),
    ),
    ({"slots": [{"name": "x", "text": "y"}]}, "SLOT_UNKNOWN", ["slots"]),
]


async def test_what_is_not_well_formed_is_refused(db: Settings) -> None:
    await made("Taken")
    for given, code, field in REFUSED:
        answer = (await ask(CREATE, input={"title": "a", **given}))["contentAssetCreate"]
        assert answer["contentAsset"] is None
        (error,) = answer["userErrors"]
        assert (error["code"], error["field"]) == (code, ["input", *field])
    assert len(await fetch("SELECT 1 FROM content_version")) == 1


async def test_a_template_holds_its_assets_to_its_slots(db: Settings) -> None:
    slots = [
        {"name": "hero", "rule": "CONTENT_ONLY", "text": "# Hello"},
        {"name": "legal_note", "rule": "LOCKED", "text": "© Us"},
        {"name": "text", "rule": "EDITABLE", "maxLength": 8, "requiredTokens": ["{{name}}"]},
    ]
    given = {"name": "Letter", "kind": "EMAIL", "slots": slots}
    answer = (await ask(TEMPLATE, input=given))["contentTemplateCreate"]
    template = answer["contentTemplate"].pop("id")
    assert answer["contentTemplate"]["slots"][2] == {
        "name": "text",
        "rule": "EDITABLE",
        "maxLength": 8,
        "requiredTokens": ["{{name}}"],
    }
    again = (await ask(TEMPLATE, input=given))["contentTemplateCreate"]
    assert [one["code"] for one in again["userErrors"]] == ["NAME_TAKEN"]

    text = {"name": "text", "text": "{{name}}"}
    wrong = {"name": "legal_note", "text": "© Me"}
    given = {"title": "May", "templateId": template, "slots": [text, wrong]}
    (error,) = (await ask(CREATE, input=given))["contentAssetCreate"]["userErrors"]
    assert error == {
        "code": "SLOT_LOCKED",
        "message": "The slot legal_note is locked; its text stays as it is.",
        "field": ["input", "slots", "1", "text"],
    }
    asset = await made("May", templateId=template, slots=[text])
    await ask(UPDATE, id=asset, input={"slots": [{"name": "hero", "text": "# Bye"}]})
    whole = (await ask(WHOLE, id=asset))["contentAsset"]
    assert whole["body"] == "# Bye\n\n© Us\n\n{{name}}"
    assert [one["text"] for one in whole["newestVersion"]["slots"]] == ["# Bye", "© Us", "{{name}}"]


async def test_a_public_key_reads_what_is_published_and_nothing_else(db: Settings) -> None:
    asset = await made()
    public = caller(Scope.PUBLIC)
    answer = await answer_to(DELIVERED, {"slug": "know-your-air"}, public)
    assert answer["data"] == {"publishedContent": None}
    for document in (
        "{ contentAssets(first: 1) { nodes { id } } }",
        "{ customers(first: 1) { nodes { id } } }",
    ):
        assert (await refusal(document, public))["code"] == "FORBIDDEN"
    told = await refusal("query ($id: ID!) { node(id: $id) { id } }", public, id=asset)
    assert told["code"] == "FORBIDDEN"
    told = await refusal(CREATE, caller(Scope.READ), input={"title": "x"})
    assert told["code"] == "FORBIDDEN"
