"""What led to conversions, as it is asked for."""

from typing import Any

import pytest

from tests.support.attribution import came, did, happens, minutes, sales, settled
from tests.support.operations import ask, refusal
from touchline.domain.attribution.effects import fit, share_anew
from touchline.domain.kernel.clock import DAY, format_moment, now
from touchline.domain.kernel.db import execute, fetch
from touchline.settings import Settings

OF_CONVERSION = """query ($id: ID!, $model: AttributionModel!) { conversion(id: $id) {
  id value { amount currency } attribution(model: $model) {
    credits { touchpoint { id occurredAt name } channel { name } contentAsset { id } campaign
      weight value { amount currency } } total computedAt } } }"""
CONVERSIONS = """{ conversions(first: 10) { nodes { id
  last: attribution(model: LAST) { credits { channel { name } } total }
  first: attribution(model: FIRST) { credits { channel { name } } total } } } }"""
REPORT = """query ($range: DateRangeInput!, $model: AttributionModel!, $by: AttributionDimension!,
    $goals: [ID!], $limit: Int! = 100) {
  attribution(range: $range, model: $model, by: $by, goals: $goals, limit: $limit) {
    rows { channel { name } campaign contentAsset { id } family { id } credit
      values { amount currency } }
    hasMore conversions values { amount currency } credit uncredited computedAt isBehind } }"""
FITS = """{ attributionFits { paths conversions computedAt
  effects { channel { name } removalEffect } } }"""
SETTINGS = """{ attributionSettings { version lookBack steps isSplit transforms directChannels
  ignoredChannels actorName } }"""
SET = """mutation ($input: AttributionSettingsSetInput!) { attributionSettingsSet(input: $input) {
  attributionSettings { version lookBack steps isSplit transforms directChannels }
  userErrors { code field message } } }"""


def days(since: int, until: int = 0) -> dict[str, str]:
    """From so many days ago to so many days ago."""
    day = now() // DAY
    return {"from": _date(day - since), "to": _date(day - until)}


def _date(day: int) -> str:
    return format_moment(day * DAY)[:10]


async def history(db: Settings) -> str:
    """Somebody who came by search and by mail and bought, and who bought without having come."""
    goal = await sales()
    await happens(
        db,
        came("ann", "Organic search", 9),
        came("ann", "E-mail", 5),
        did("ann", "Bought", 2, total="100.01"),
        did("bob", "Bought", 3, total="7.00", currency="USD"),
    )
    return goal


async def conversions() -> list[str]:
    found = (await ask(CONVERSIONS))["conversions"]["nodes"]
    return [one["id"] for one in found]


async def test_a_conversion_tells_which_touches_earned_it(db: Settings) -> None:
    await history(db)
    (ann, _) = await conversions()

    found = (await ask(OF_CONVERSION, id=ann, model="POSITION"))["conversion"]
    told = found["attribution"]
    assert found["value"] == {"amount": "100.01", "currency": "EUR"}
    assert [(one["channel"]["name"], one["campaign"]) for one in told["credits"]] == [
        ("Organic search", None),
        ("E-mail", "spring"),
    ]
    assert [one["weight"] for one in told["credits"]] == [0.5, 0.5]
    assert [one["value"]["amount"] for one in told["credits"]] == ["50.01", "50.00"]
    assert told["total"] == "100.01"
    assert told["computedAt"] is not None
    assert [one["touchpoint"]["name"] for one in told["credits"]] == ["Page", "Page"]


async def test_a_list_of_conversions_tells_of_several_models_at_once(db: Settings) -> None:
    await history(db)

    ann, bob = (await ask(CONVERSIONS))["conversions"]["nodes"]
    assert ann["last"] == {"credits": [{"channel": {"name": "E-mail"}}], "total": "100.01"}
    assert ann["first"]["credits"] == [{"channel": {"name": "Organic search"}}]
    assert bob["last"] == {"credits": [], "total": None}


async def test_credits_are_summed_by_channel_and_campaign_with_what_nobody_earned(
    db: Settings,
) -> None:
    goal = await history(db)
    asked: dict[str, Any] = {"range": days(10), "model": "LINEAR"}

    told = (await ask(REPORT, **asked, by="CHANNEL"))["attribution"]
    assert [(one["channel"]["name"], one["credit"]) for one in told["rows"]] == [
        ("E-mail", 0.5),
        ("Organic search", 0.5),
    ]
    assert sorted(one["values"][0]["amount"] for one in told["rows"]) == ["50.00", "50.01"]
    assert (told["conversions"], told["credit"], told["uncredited"]) == (2, 1.0, 1.0)
    assert told["values"] == [
        {"amount": "100.01", "currency": "EUR"},
        {"amount": "7.00", "currency": "USD"},
    ]
    assert (told["isBehind"], told["hasMore"]) == (False, False)

    told = (await ask(REPORT, **asked, by="CAMPAIGN", goals=[goal], limit=1))["attribution"]
    assert (len(told["rows"]), told["hasMore"]) == (1, True)
    told = (await ask(REPORT, **asked, by="CAMPAIGN"))["attribution"]
    assert sorted(str(one["campaign"]) for one in told["rows"]) == ["None", "spring"]
    told = (await ask(REPORT, **{**asked, "range": days(10, 4)}, by="CHANNEL"))["attribution"]
    assert (told["rows"], told["conversions"], told["values"]) == ([], 0, [])


async def test_credits_are_summed_by_content_and_by_its_family(db: Settings) -> None:
    made = """mutation ($input: ContentAssetCreateInput!) { contentAssetCreate(input: $input) {
      contentAsset { id family { id } } userErrors { code field } } }"""
    given = {
        "title": "Guide",
        "slug": "guide",
        "language": "en",
        "kind": "ARTICLE",
        "body": "Read.",
    }
    asset = (await ask(made, input=given))["contentAssetCreate"]["contentAsset"]
    await sales()
    await happens(
        db,
        came("ann", "E-mail", 5),
        did("ann", "Read", 5 - minutes(1), assetId=asset["id"]),
        did("ann", "Bought", 2, total="9.00"),
    )
    assert len(await fetch("SELECT 1 FROM touchpoint WHERE asset_id IS NOT NULL")) == 1

    asked: dict[str, Any] = {"range": days(10), "model": "LAST"}
    for by, field, expected in (
        ("ASSET", "contentAsset", {"id": asset["id"]}),
        ("FAMILY", "family", asset["family"]),
    ):
        (row,) = (await ask(REPORT, **asked, by=by))["attribution"]["rows"]
        assert row[field] == expected
        assert (row["credit"], row["values"]) == (1.0, [{"amount": "9.00", "currency": "EUR"}])


async def test_removal_effects_are_shown_with_the_number_of_paths(db: Settings) -> None:
    await history(db)
    assert (await ask(FITS))["attributionFits"] == []
    await fit()

    (told,) = (await ask(FITS))["attributionFits"]
    assert (told["paths"], told["conversions"]) == (1, 1)
    assert told["effects"] == [
        {"channel": {"name": name}, "removalEffect": 1.0} for name in ("E-mail", "Organic search")
    ]


async def test_settings_change_by_versions(db: Settings) -> None:
    await history(db)
    kept = (await ask(SETTINGS))["attributionSettings"]
    assert kept == {
        "version": 1,
        "lookBack": "P90D",
        "steps": None,
        "isSplit": False,
        "transforms": [],
        "directChannels": ["Direct"],
        "ignoredChannels": ["No arrival"],
        "actorName": "Touchline",
    }

    given = {"lookBack": "P4D", "transforms": ["FIRST", "REMOVE_DIRECT"], "isSplit": True}
    told = (await ask(SET, input=given))["attributionSettingsSet"]
    assert told["userErrors"] == []
    assert told["attributionSettings"] == {
        "version": 2,
        "lookBack": "P4D",
        "steps": None,
        "isSplit": True,
        "transforms": ["FIRST", "REMOVE_DIRECT"],
        "directChannels": ["Direct"],
    }
    await share_anew()
    await settled()
    ann = (await ask(CONVERSIONS))["conversions"]["nodes"][0]
    assert ann["first"]["credits"] == [{"channel": {"name": "E-mail"}}]


@pytest.mark.parametrize(
    "given, code, field",
    [
        ({"lookBack": "PT1H"}, "LOOKBACK_INVALID", ["input", "lookBack"]),
        ({"steps": 0}, "STEPS_INVALID", ["input", "steps"]),
        ({"transforms": ["FIRST", "FIRST"]}, "TRANSFORM_REPEATED", ["input", "transforms"]),
        (
            {"directChannels": ["Direct", "Nowhere"]},
            "CHANNEL_UNKNOWN",
            ["input", "directChannels", "1"],
        ),
        ({"ignoredEvents": [""]}, "NAME_INVALID", ["input", "ignoredEvents", "0"]),
        ({"steps": 3, "expectedVersion": 9}, "CONFLICT", ["input", "expectedVersion"]),
    ],
)
async def test_what_cannot_be_is_refused_by_field_and_changes_nothing(
    db: Settings, given: dict[str, Any], code: str, field: list[str]
) -> None:
    told = (await ask(SET, input=given))["attributionSettingsSet"]

    assert told["attributionSettings"] is None
    assert [(one["code"], one["field"]) for one in told["userErrors"]] == [(code, field)]
    assert (await ask(SETTINGS))["attributionSettings"]["version"] == 1


async def test_ranges_and_goals_that_cannot_be_are_refused(db: Settings) -> None:
    asked: tuple[dict[str, Any], ...] = (
        {"range": days(0, 3)},
        {"range": days(2_000)},
        {"range": days(3), "goals": ["Channel_1"]},
        {"range": days(3), "limit": 501},
    )
    for given in asked:
        refused = await refusal(REPORT, model="LAST", by="CHANNEL", **given)
        assert refused["code"] == "BAD_USER_INPUT"


async def test_what_waits_to_be_summed_is_said(db: Settings) -> None:
    await history(db)
    await execute("INSERT INTO attribution_changed_day (day) VALUES (?)", (now() // DAY,))

    told = await ask(REPORT, range=days(3), model="LAST", by="CHANNEL")
    assert told["attribution"]["isBehind"] is True
