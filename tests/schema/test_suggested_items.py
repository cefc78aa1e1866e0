"""What the backlog suggests after an item was measured, and what becomes of it."""

from typing import Any

import pytest

from tests.support.backlog import Team, a_launched_item, a_team, everything
from tests.support.clock import SettableClock
from tests.support.content import a_published_asset, an_asset
from tests.support.events import arrive
from tests.support.operations import FIELD_BY_FIELD, ask, ask_as
from tests.support.performance import a_read, figures_settled
from tests.support.worker import MEASURING, worked_off
from touchline.domain.backlog.deciding import decline_item, overrule_item
from touchline.domain.backlog.types import Verdict
from touchline.domain.channels.defaults import NO_PLACES
from touchline.domain.conditions.tree import Did
from touchline.domain.content.lineage import add_source
from touchline.domain.content.types import AssetKind, AssetRelation
from touchline.domain.kernel.actor import SYSTEM, Actor
from touchline.domain.kernel.clock import DAY, format_moment
from touchline.domain.kernel.db import fetch, in_transaction
from touchline.domain.kernel.ids import global_id
from touchline.domain.links.publishing import Place, add_publication
from touchline.domain.links.service import allow_host
from touchline.domain.segments.service import SegmentText, create_segment
from touchline.domain.spend.service import channels_by_name
from touchline.settings import Settings

ITEM = """query ($id: ID!) { backlogItem(id: $id) { state
  suggestedNext { key kind title reason basedOn { id } channel { name } segment { name }
    contentAsset { title } }
  basedOn { id } ledTo { title } history { kind actorName from to reason } } }"""
TAKE = """mutation ($input: BacklogItemProposeSuggestedInput!) {
  act: backlogItemProposeSuggested(input: $input) {
  backlogItem { id title state description basedOn { title } segment { name }
    experiment { metric target window { days } } } userErrors { code field } } }"""
DISMISS = """mutation ($input: BacklogItemDismissSuggestionInput!) {
  act: backlogItemDismissSuggestion(input: $input) {
  backlogItem { suggestedNext { title } } userErrors { code field } } }"""
MAIL = {"campaign": {"source": "news", "medium": "email"}}


async def read(item: int) -> dict[str, Any]:
    """An item, read in both ways."""
    key = global_id("BacklogItem", item)
    found: dict[str, Any] = (await ask(ITEM, id=key))["backlogItem"]
    assert (await ask(ITEM, id=key, engine=FIELD_BY_FIELD))["backlogItem"] == found
    return found


async def act(actor: Actor, document: str, item: int, key: str, **more: Any) -> Any:
    given = {"itemId": global_id("BacklogItem", item), "key": key, **more}
    return (await ask_as(actor, document, {"input": given}))["act"]


@pytest.fixture
async def team(db: Settings, clock: SettableClock) -> Team:
    return await a_team()


async def measured(
    db: Settings, clock: SettableClock, team: Team, *reads: dict[str, Any], **written: Any
) -> int:
    """An item that was launched, read so, and measured 14 days later."""
    item = await a_launched_item(team, "Air guide", **written)
    await arrive(db, *reads)
    await figures_settled()
    clock.advance(14 * DAY)
    await worked_off(*MEASURING)
    return item


async def worked(db: Settings, clock: SettableClock, team: Team) -> int:
    """An article that was published by e-mail and worked; a leaflet of its family stood on SMS."""
    air, leaf = await a_published_asset("Air"), await a_published_asset("Leaflet")
    await add_source(SYSTEM, leaf, air, AssetRelation.ADAPTED)
    await allow_host(SYSTEM, "www.example.com")
    channels = await in_transaction(channels_by_name)
    for asset, channel in ((air, "e-mail"), (leaf, "sms")):
        place = Place(channels[channel], "https://www.example.com/air", "https://t.example")
        await add_publication(SYSTEM, asset, place)
    at = format_moment(clock())
    social = {"campaign": {"source": "x", "medium": "social"}}
    reads = [a_read("air", "ann", at, **MAIL), a_read("air", "bob", at, **social)]
    tried = await segment("Readers")
    return await measured(
        db, clock, team, *reads, asset_ids=[air], target_milli=2_000, segment_id=tried
    )


async def segment(name: str) -> int:
    did = Did(event="Content Read")
    await create_segment(SYSTEM, SegmentText(name), did)
    rows = await fetch("SELECT id FROM segment ORDER BY id DESC LIMIT 1")
    return int(rows[0]["id"])


async def test_what_worked_is_suggested_for_channels_and_segments_that_have_not_seen_it(
    db: Settings, clock: SettableClock, team: Team
) -> None:
    item = await worked(db, clock, team)
    await segment("All who read")
    found = await read(item)
    assert found["state"] == "MEASURED"
    shown = found["suggestedNext"]
    assert (shown[0]["kind"], shown[0]["title"]) == ("CHANNEL", "Bring “Air” to Organic social")
    assert shown[0]["reason"] == (
        "“Air guide” worked. It was read 2 times in 14 days; the target was 2. Nothing of this"
        " content was published on Organic social yet, by way of which content was read once in"
        " the last 90 days."
    )
    assert shown[0]["channel"] == {"name": "Organic social"}
    channels = [one["channel"]["name"] for one in shown if one["channel"]]
    assert {"E-mail", "SMS", *NO_PLACES}.isdisjoint(channels)
    assert [one["title"] for one in shown if one["kind"] == "SEGMENT"] == [
        "Make something like “Air” for All who read"
    ]
    assert len(shown) <= 5
    assert all(one["basedOn"] == {"id": global_id("BacklogItem", item)} for one in shown)


async def test_where_a_team_has_published_it_can_again(
    db: Settings, clock: SettableClock, team: Team
) -> None:
    """On a channel to which others lead, too: there is a way."""
    other = await a_published_asset("Guest article")
    channels = await in_transaction(channels_by_name)
    await allow_host(SYSTEM, "www.partner.example")
    place = Place(channels["referrals"], "https://www.partner.example/air", "https://t.example")
    await add_publication(SYSTEM, other, place)
    item = await worked(db, clock, team)
    found = (await read(item))["suggestedNext"]
    assert "Bring “Air” to Referrals" in [one["title"] for one in found]


async def test_what_did_not_work_gives_way_to_content_that_does_better(
    db: Settings, clock: SettableClock, team: Team
) -> None:
    air = await a_published_asset("Air")
    await an_asset("Clip", kind=AssetKind.VIDEO)
    await an_asset("Papier", kind=AssetKind.WHITE_PAPER, language="pl")
    at = format_moment(clock())
    reads = [a_read(slug, who, at) for slug in ("clip", "papier") for who in ("ann", "bob")]
    item = await measured(db, clock, team, *reads, asset_ids=[air])
    failed = "“Air guide” did not work. It was read 0 times in 14 days; the target was 500."
    assert [
        (one["kind"], one["title"], one["reason"], one["contentAsset"])
        for one in (await read(item))["suggestedNext"]
    ] == [
        (
            "KIND",
            "Try a video instead of “Air guide”",
            f"{failed} On average, a video was read 2 times in the last 90 days.",
            None,
        ),
        (
            "THEME",
            "Make more like “Clip” instead of “Air guide”",
            f"{failed} “Clip” was read 2 times in the last 90 days.",
            {"title": "Clip"},
        ),
    ]
    await overrule_item(team.ada, item, verdict=Verdict.INCONCLUSIVE, reason="The site was down")
    assert [one["kind"] for one in (await read(item))["suggestedNext"]] == ["AGAIN"]


async def test_a_suggestion_becomes_a_proposal_that_names_what_it_is_based_on(
    db: Settings, clock: SettableClock, team: Team
) -> None:
    item = await worked(db, clock, team)
    shown = (await read(item))["suggestedNext"]
    done = await act(team.sue, TAKE, item, shown[0]["key"])
    made = done["backlogItem"]
    assert done["userErrors"] == []
    assert made == {
        "id": made["id"],
        "title": shown[0]["title"],
        "state": "PROPOSED",
        "description": shown[0]["reason"],
        "basedOn": {"title": "Air guide"},
        "segment": {"name": "Readers"},
        "experiment": {"metric": "READS", "target": 2.0, "window": {"days": 14}},
    }
    after = await read(item)
    assert shown[0]["key"] not in [one["key"] for one in after["suggestedNext"]]
    assert after["ledTo"] == [{"title": shown[0]["title"]}]
    assert tuple(after["history"][-1].values()) == (
        "SUGGESTION",
        "Sue Marketing",
        shown[0]["title"],
        "PROPOSED",
        shown[0]["reason"],
    )


async def test_what_was_turned_down_does_not_come_back(
    db: Settings, clock: SettableClock, team: Team
) -> None:
    """Neither what was proposed and declined, nor what was dismissed at once."""
    item = await worked(db, clock, team)
    await segment("All who read")
    await segment("Those who read on")
    shown = (await read(item))["suggestedNext"]
    await act(team.bob, TAKE, item, shown[0]["key"])
    rows = await fetch("SELECT max(id) AS id FROM backlog_item")
    await decline_item(team.ada, rows[0]["id"], reason="Not there")
    done = await act(team.ada, DISMISS, item, shown[1]["key"], reason="Not now")
    assert done["userErrors"] == []
    left = [one["title"] for one in done["backlogItem"]["suggestedNext"]]
    assert {shown[0]["title"], shown[1]["title"]}.isdisjoint(left)
    before = await everything(team)
    for actor, document, key, code in (
        (team.bob, TAKE, shown[0]["key"], "SUGGESTION_NOT_FOUND"),
        (team.bob, TAKE, "channel:1:99", "SUGGESTION_NOT_FOUND"),
        (team.ada, DISMISS, shown[1]["key"], "SUGGESTION_NOT_FOUND"),
        (team.bob, DISMISS, shown[2]["key"], "NOT_THE_OWNER"),
    ):
        more = {"reason": "No"} if document is DISMISS else {}
        (error,) = (await act(actor, document, item, key, **more))["userErrors"]
        assert error["code"] == code
    assert await everything(team) == before


async def test_nothing_is_suggested_before_it_is_measured(clock: SettableClock, team: Team) -> None:
    item = await a_launched_item(team)
    assert (await read(item))["suggestedNext"] == []
