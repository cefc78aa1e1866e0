"""Publications and tracked links as callers see them."""

from typing import Any
from xml.etree.ElementTree import fromstring

from tests.support.clock import SettableClock
from tests.support.content import a_published_asset, an_asset, approve
from tests.support.operations import FIELD_BY_FIELD, ask, caller, refusal
from touchline.domain.channels.listing import in_force
from touchline.domain.content.publishing import publish_asset, publish_due, unpublish_asset
from touchline.domain.content.service import revise_asset
from touchline.domain.content.writing import AssetText
from touchline.domain.kernel.actor import SYSTEM, Scope
from touchline.domain.kernel.clock import HOUR, format_moment, now
from touchline.domain.kernel.db import fetch, in_transaction
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

ALLOW = """mutation ($input: LinkHostAllowInput!) { linkHostAllow(input: $input) {
  linkHost { id host } userErrors { code field } } }"""
DISALLOW = """mutation ($id: ID!) { linkHostDisallow(id: $id) { host userErrors { code } } }"""
CREATE = """mutation CreateLink($input: TrackedLinkCreateInput!) {
  trackedLinkCreate(input: $input) {
    trackedLink { id url pixelUrl destination target channel { name } qrSvg
      utm { source medium campaign term content } } userErrors { code message field } } }"""
DISABLE = """mutation ($id: ID!) { trackedLinkDisable(id: $id) {
  trackedLink { disabledAt } userErrors { code } } }"""
NAMES = """mutation ($input: UtmNameRuleSetInput!) { utmNameRuleSet(input: $input) {
  utmNameRule { part patterns actorName } userErrors { code field } } }"""
PUBLISH = """mutation Publish($input: ContentAssetPublishInput!) {
  contentAssetPublish(input: $input) { contentAsset { id status } publication { id trackedUrl }
    userErrors { code message field } } }"""
REJECT = """mutation ($input: ContentAssetRejectInput!) { contentAssetReject(input: $input) {
  userErrors { code field } } }"""
ADD = """mutation ($input: PublicationCreateInput!) { publicationCreate(input: $input) {
  publication { channel { name } url trackedUrl version } userErrors { code field } } }"""
UNSCHEDULE = """mutation ($id: ID!) { contentAssetUnschedule(id: $id) {
  userErrors { code } } }"""
ASSET = """query ($id: ID!) { contentAsset(id: $id) {
  publications { channel { name } url trackedUrl publishedAt endedAt version } } }"""
LINKS = "{ trackedLinks(first: 5) { nodes { id destination } totalCount } linkHosts { host } }"
GOAL = "https://shop.example/air"


async def a_channel() -> str:
    """The id of the channel of paid social."""
    listed = await in_transaction(in_force)
    return global_id("Channel", listed.channels["paid social"])


async def allowed() -> None:
    answer = await ask(ALLOW, input={"host": "Shop.Example."})
    assert answer["linkHostAllow"]["linkHost"]["host"] == "shop.example"


async def test_a_link_is_made_shown_and_disabled(db: Settings) -> None:
    await allowed()
    given = {
        "destination": GOAL,
        "channelId": await a_channel(),
        "utm": {"source": "LinkedIn", "medium": "paid social", "campaign": "Spring"},
    }
    answer = (await ask(CREATE, input=given))["trackedLinkCreate"]
    assert answer["userErrors"] == []
    link = answer["trackedLink"]
    assert link["url"].startswith("http://127.0.0.1:8000/l/")
    assert link["pixelUrl"] == link["url"].replace("/l/", "/o/") + ".gif"
    assert link["target"] == (
        f"{GOAL}?utm_source=linkedin&utm_medium=paid-social&utm_campaign=spring"
    )
    assert link["channel"] == {"name": "Paid social"}
    names = {"source": "linkedin", "medium": "paid-social", "campaign": "spring"}
    assert link["utm"] == {**names, "term": None, "content": None}
    assert fromstring(link["qrSvg"]).tag == "{http://www.w3.org/2000/svg}svg"
    listed = await ask(LINKS)
    assert listed == await ask(LINKS, engine=FIELD_BY_FIELD)
    assert listed["trackedLinks"] == {
        "nodes": [{"id": link["id"], "destination": GOAL}],
        "totalCount": 1,
    }
    done = (await ask(DISABLE, id=link["id"]))["trackedLinkDisable"]
    assert done["trackedLink"]["disabledAt"] is not None
    done = (await ask(DISABLE, id=global_id("TrackedLink", 99)))["trackedLinkDisable"]
    assert [one["code"] for one in done["userErrors"]] == ["LINK_NOT_FOUND"]


REFUSED: list[tuple[dict[str, Any], str, list[str]]] = [
    ({"destination": "javascript:alert(1)"}, "DESTINATION_INVALID", ["destination"]),
    ({"destination": "data:text/html,x"}, "DESTINATION_INVALID", ["destination"]),
    ({"destination": "//shop.example"}, "DESTINATION_INVALID", ["destination"]),
    ({"destination": "https://shop.example@evil.example"}, "DESTINATION_INVALID", ["destination"]),
    ({"destination": "https://evil.example/shop.example"}, "DESTINATION_UNKNOWN", ["destination"]),
    ({"destination": "https://a.shop.example"}, "DESTINATION_UNKNOWN", ["destination"]),
    ({"utm": {"source": "a?b", "medium": "c"}}, "UTM_INVALID", ["utm", "source"]),
    ({"utm": {"campaign": "c"}}, "UTM_INCOMPLETE", ["utm", "source"]),
    ({"channelId": global_id("Channel", 999)}, "CHANNEL_NOT_FOUND", ["channelId"]),
    ({"assetId": global_id("ContentAsset", 999)}, "ASSET_NOT_FOUND", ["assetId"]),
]


async def test_a_link_that_may_not_be_is_refused(db: Settings) -> None:
    await allowed()
    for given, code, field in REFUSED:
        answer = (await ask(CREATE, input={"destination": GOAL, **given}))["trackedLinkCreate"]
        assert answer["trackedLink"] is None
        (error,) = answer["userErrors"]
        assert (error["code"], error["field"]) == (code, ["input", *field])
    assert await fetch("SELECT 1 FROM tracked_link") == []
    told = await refusal(CREATE, caller(Scope.READ), input={"destination": GOAL})
    assert told["code"] == "FORBIDDEN"
    told = await refusal(ALLOW, caller(Scope.WRITE), input={"host": "a.example"})
    assert told["code"] == "FORBIDDEN"


async def test_hosts_are_registered_once_and_taken_back(db: Settings) -> None:
    await allowed()
    (error,) = (await ask(ALLOW, input={"host": "shop.example"}))["linkHostAllow"]["userErrors"]
    assert error == {"code": "HOST_KNOWN", "field": ["input", "host"]}
    (row,) = await fetch("SELECT id FROM link_host")
    host = global_id("LinkHost", row["id"])
    assert (await ask(DISALLOW, id=host))["linkHostDisallow"]["host"] == "shop.example"
    (error,) = (await ask(DISALLOW, id=host))["linkHostDisallow"]["userErrors"]
    assert error == {"code": "HOST_NOT_FOUND"}
    assert (await ask(LINKS))["linkHosts"] == []


async def test_an_asset_is_published_on_channels(db: Settings) -> None:
    await allowed()
    key = await an_asset()
    asset, channel = global_id("ContentAsset", key), await a_channel()
    place = {"channelId": channel, "url": GOAL, "utm": {"source": "li", "medium": "social"}}
    early = (await ask(ADD, input={"assetId": asset, **place}))["publicationCreate"]
    assert [one["code"] for one in early["userErrors"]] == ["ASSET_NOT_PUBLISHED"]
    await approve(key)
    wrong = {"assetId": asset, "place": {**place, "url": "https://evil.example"}}
    (error,) = (await ask(PUBLISH, input=wrong))["contentAssetPublish"]["userErrors"]
    assert (error["code"], error["field"]) == ("DESTINATION_UNKNOWN", ["input", "place", "url"])
    (row,) = await fetch("SELECT status FROM content_asset")
    assert row["status"] == "APPROVED"

    given = {"assetId": asset, "place": place}
    done = (await ask(PUBLISH, input=given))["contentAssetPublish"]
    assert done["userErrors"] == []
    assert done["contentAsset"] == {"id": asset, "status": "PUBLISHED"}
    more = (await ask(ADD, input={"assetId": asset, **place}))["publicationCreate"]
    assert more["publication"]["channel"] == {"name": "Paid social"}
    shown = (await ask(ASSET, id=asset))["contentAsset"]["publications"]
    assert (
        shown == (await ask(ASSET, id=asset, engine=FIELD_BY_FIELD))["contentAsset"]["publications"]
    )
    assert [(one["url"], one["version"]) for one in shown] == [(GOAL, 1), (GOAL, 1)]
    assert done["publication"]["trackedUrl"] in [one["trackedUrl"] for one in shown]
    assert len({one["trackedUrl"] for one in shown}) == 2


async def test_a_publication_ends_when_its_asset_is_taken_from_readers(
    db: Settings, clock: SettableClock
) -> None:
    await allowed()
    key = await a_published_asset()
    asset, place = global_id("ContentAsset", key), {"channelId": await a_channel(), "url": GOAL}
    await ask(ADD, input={"assetId": asset, **place})
    clock.advance(HOUR)
    for change, ended in (
        (unpublish_asset, format_moment(clock())),
        (publish_asset, None),
        (unpublish_asset, format_moment(clock() + HOUR)),
    ):
        await change(SYSTEM, key)
        answer = await ask(ASSET, id=asset)
        assert answer == await ask(ASSET, id=asset, engine=FIELD_BY_FIELD)
        (shown,) = answer["contentAsset"]["publications"]
        assert shown["endedAt"] == ended
        clock.advance(HOUR // 2)


async def test_refusals_name_the_asset_as_the_caller_gave_it(db: Settings) -> None:
    draft = global_id("ContentAsset", await an_asset())
    shown = global_id("ContentAsset", await a_published_asset("Shown"))
    later = format_moment(now() + HOUR)
    refused = [
        (PUBLISH, {"assetId": draft}, "NOT_APPROVED"),
        (PUBLISH, {"assetId": draft, "publishAt": later}, "NOT_APPROVED"),
        (PUBLISH, {"assetId": shown}, "ALREADY_PUBLISHED"),
        (PUBLISH, {"assetId": global_id("ContentAsset", 999)}, "ASSET_NOT_FOUND"),
        (REJECT, {"assetId": draft, "comment": "No"}, "NOT_IN_REVIEW"),
        (REJECT, {"assetId": global_id("ContentAsset", 999), "comment": "No"}, "ASSET_NOT_FOUND"),
    ]
    for document, given, code in refused:
        (answer,) = (await ask(document, input=given)).values()
        (error,) = answer["userErrors"]
        assert (error["code"], error["field"]) == (code, ["input", "assetId"])


async def test_a_publication_that_is_to_come_is_moved_with_its_asset(
    db: Settings, clock: SettableClock
) -> None:
    await allowed()
    key = await an_asset()
    await approve(key)
    asset, links = global_id("ContentAsset", key), set()
    place = {"channelId": await a_channel(), "url": GOAL, "utm": {"source": "LI", "medium": "s"}}
    for hours in (2, 3):
        at = format_moment(clock() + hours * HOUR)
        given = {"assetId": asset, "place": place, "publishAt": at}
        done = (await ask(PUBLISH, input=given))["contentAssetPublish"]
        assert done["userErrors"] == []
        links.add(done["publication"]["trackedUrl"])
        shown = (await ask(ASSET, id=asset))["contentAsset"]["publications"]
        assert [one["publishedAt"] for one in shown] == [at]
    assert len(links) == 1
    given = {"assetId": asset, "publishAt": format_moment(clock() + HOUR)}
    assert (await ask(PUBLISH, input=given))["contentAssetPublish"]["publication"] is None
    shown = (await ask(ASSET, id=asset))["contentAsset"]["publications"]
    assert [one["publishedAt"] for one in shown] == [given["publishAt"]]
    clock.advance(4 * HOUR)
    await publish_due(key)
    more = (await ask(ADD, input={"assetId": asset, **place}))["publicationCreate"]
    assert more["publication"]["trackedUrl"] not in links


async def test_a_publication_is_called_off_with_its_asset(
    db: Settings, clock: SettableClock
) -> None:
    await allowed()
    key = await a_published_asset()
    asset, place = global_id("ContentAsset", key), {"channelId": await a_channel(), "url": GOAL}
    kept = (await ask(ADD, input={"assetId": asset, **place}))["publicationCreate"]["publication"]
    clock.advance(1)
    await revise_asset(SYSTEM, key, AssetText("Anew", "Hello"))
    await approve(key)
    later = format_moment(clock() + HOUR)
    given = {"assetId": asset, "place": place, "publishAt": later}
    assert (await ask(PUBLISH, input=given))["contentAssetPublish"]["userErrors"] == []
    assert (await ask(UNSCHEDULE, id=asset))["contentAssetUnschedule"]["userErrors"] == []
    shown = (await ask(ASSET, id=asset))["contentAsset"]["publications"]
    assert [one["trackedUrl"] for one in shown] == [kept["trackedUrl"]]
    rows = await fetch("SELECT url, disabled_at FROM tracked_link ORDER BY id")
    assert [row["disabled_at"] is None for row in rows] == [True, False]


async def test_campaigns_have_the_names_that_an_admin_allows(db: Settings) -> None:
    await allowed()
    rule = {"part": "MEDIUM", "patterns": ["E-Mail", "paid  *", "paid *"]}
    done = (await ask(NAMES, input=rule))["utmNameRuleSet"]
    assert done == {
        "utmNameRule": {"part": "MEDIUM", "patterns": ["e-mail", "paid-*"], "actorName": "Ada"},
        "userErrors": [],
    }
    read = "{ utmNameRules { part patterns } }"
    assert await ask(read) == await ask(read, engine=FIELD_BY_FIELD)
    for medium, codes in (("paid social", []), ("E-MAIL", []), ("mail", ["UTM_NOT_ALLOWED"])):
        given = {"destination": GOAL, "utm": {"source": "x", "medium": medium}}
        errors = (await ask(CREATE, input=given))["trackedLinkCreate"]["userErrors"]
        assert [one["code"] for one in errors] == codes
    assert errors[0]["field"] == ["input", "utm", "medium"]
    assert errors[0]["message"] == "A medium is one of: e-mail, paid-*."
    assert len(await fetch("SELECT 1 FROM tracked_link")) == 2

    for patterns, field in ((["ok", "a b&c"], "1"), ([" "], "0")):
        (error,) = (await ask(NAMES, input={**rule, "patterns": patterns}))["utmNameRuleSet"][
            "userErrors"
        ]
        assert (error["code"], error["field"]) == ("UTM_INVALID", ["input", "patterns", field])
    assert len((await ask(read))["utmNameRules"][0]["patterns"]) == 2
    lifted = (await ask(NAMES, input={**rule, "patterns": []}))["utmNameRuleSet"]
    assert lifted["utmNameRule"] is None
    assert (await ask(CREATE, input=given))["trackedLinkCreate"]["userErrors"] == []
    assert (await refusal(NAMES, caller(Scope.WRITE), input=rule))["code"] == "FORBIDDEN"
