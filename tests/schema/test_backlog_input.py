"""What is wrong with what is written of an item is refused, and nothing is kept of it."""

from typing import Any

import pytest

from tests.schema.test_backlog import PROPOSE, UPDATE, item_id
from tests.support.backlog import a_ready_item, a_team, an_item, everything
from tests.support.operations import answer_to, ask_as
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

UNKNOWN = 10**6
SAID = """mutation ($input: BacklogItem%sInput!) { act: backlogItem%s(input: $input) {
  userErrors { code message } } }"""


@pytest.mark.parametrize(
    "given, code, field",
    [
        ({"title": " "}, "TITLE_INVALID", ["title"]),
        ({"title": "x" * 201}, "TITLE_INVALID", ["title"]),
        ({"description": "x" * 10_001}, "TEXT_INVALID", ["description"]),
        ({"effort": 4}, "EFFORT_INVALID", ["effort"]),
        ({"effort": 21}, "EFFORT_INVALID", ["effort"]),
        (
            {"customerValue": {"kind": "JOY", "level": 6}},
            "LEVEL_INVALID",
            ["customerValue", "level"],
        ),
        ({"businessValue": {"level": 0}}, "LEVEL_INVALID", ["businessValue", "level"]),
        ({"confidence": 101}, "LEVEL_INVALID", ["confidence"]),
        ({"target": 5}, "TARGET_INVALID", ["metric"]),
        ({"metric": "READS", "target": -1}, "TARGET_INVALID", ["target"]),
        ({"metric": "READS", "target": 1e300}, "TARGET_INVALID", ["target"]),
        ({"metric": "CONVERSION_RATE", "target": 100.001}, "TARGET_INVALID", ["target"]),
        ({"windowDays": 0}, "WINDOW_INVALID", ["windowDays"]),
        ({"segmentId": global_id("Segment", UNKNOWN)}, "SEGMENT_NOT_FOUND", ["segmentId"]),
        ({"campaignId": global_id("Campaign", UNKNOWN)}, "CAMPAIGN_NOT_FOUND", ["campaignId"]),
        (
            {"contentAssetIds": [global_id("ContentAsset", UNKNOWN)]},
            "ASSET_NOT_FOUND",
            ["contentAssetIds"],
        ),
        (
            {"businessValue": {"level": 1, "goalId": global_id("BusinessGoal", UNKNOWN)}},
            "GOAL_NOT_FOUND",
            ["businessValue", "goalId"],
        ),
        ({"dependsOnIds": [item_id(UNKNOWN)]}, "DEPENDENCY_FOREIGN", ["dependsOnIds"]),
        ({"dependsOnIds": [item_id(1)] * 51}, "TOO_MANY", ["dependsOnIds"]),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_bad_input_is_refused(
    db: Settings, given: dict[str, Any], code: str, field: list[str]
) -> None:
    team = await a_team()
    item = await an_item(team)
    before = await everything(team)
    new = {"title": "New", "backlogId": global_id("Backlog", team.backlog)} | given
    proposed = (await ask_as(team.bob, PROPOSE, {"input": new}))["act"]
    revised = (await ask_as(team.bob, UPDATE, {"id": item_id(item), "input": given}))["act"]
    refused = {"backlogItem": None, "userErrors": [{"code": code, "field": ["input", *field]}]}
    assert (proposed, revised) == (refused, refused)
    assert await everything(team) == before


@pytest.mark.parametrize("field", ["title", "kind", "contentAssetIds"])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_is_always_there_is_not_set_to_null(db: Settings, field: str) -> None:
    team = await a_team()
    item = await an_item(team)
    before = await everything(team)
    answer = await answer_to(UPDATE, {"id": item_id(item), "input": {field: None}}, team.bob)
    (error,) = answer["errors"]
    assert error["message"] == f"`input.{field}` may be left out, but it cannot be null."
    assert (error["extensions"]["code"], error["extensions"]["argument"]) == (
        *("BAD_USER_INPUT", f"input.{field}"),
    )
    assert await everything(team) == before


async def test_what_an_item_does_not_do_from_where_it_stands_is_said(db: Settings) -> None:
    team = await a_team()
    item = await a_ready_item(team)
    key, reason = {"itemId": item_id(item)}, {"reason": "No"}
    for name, given, said in (
        ("Accept", key, "The item is ready; from there it cannot be accepted."),
        ("PutBack", key | reason, "The item is ready; from there it cannot be put back."),
        ("Block", key | reason, None),
        ("Block", key | reason, "The item is blocked already."),
    ):
        answer = await ask_as(team.ada, SAID % (name, name), {"input": given})
        errors = [] if said is None else [{"code": "STEP_NOT_POSSIBLE", "message": said}]
        assert answer["act"]["userErrors"] == errors


async def test_items_never_wait_for_themselves(db: Settings) -> None:
    team, others = await a_team(), await a_team("Other")
    one, two, three = [await an_item(team, title) for title in ("One", "Two", "Three")]
    for item, on in ((two, one), (three, two)):
        given = {"id": item_id(item), "input": {"dependsOnIds": [item_id(on)]}}
        assert (await ask_as(team.bob, UPDATE, given))["act"]["userErrors"] == []
    before = await everything(team)
    foreign = await an_item(others, "Foreign")
    for on, code in ((three, "DEPENDENCY_CYCLE"), (one, "DEPENDENCY_CYCLE"), (foreign, "FOREIGN")):
        given = {"id": item_id(one), "input": {"dependsOnIds": [item_id(on)]}}
        (error,) = (await ask_as(team.bob, UPDATE, given))["act"]["userErrors"]
        assert error["code"].endswith(code)
        assert error["field"] == ["input", "dependsOnIds"]
    assert (await everything(team))[: len(before) - 3] == before[: len(before) - 3]
