"""What conditions name: it is called as it is called now, and does not go while they name it."""

from typing import Any

import pytest

from tests.support.operations import ask

pytestmark = pytest.mark.usefixtures("db")

TAG = "mutation ($input: TagCreateInput!) { tagCreate(input: $input) { tag { id } } }"
RENAME_TAG = """mutation ($id: ID!, $input: TagUpdateInput!) {
  tagUpdate(id: $id, input: $input) { tag { name } userErrors { code } } }"""
DELETE_TAG = """mutation ($input: TagDeleteInput!) { tagDelete(input: $input) {
  deletedTag userErrors { code field message } } }"""
RULE = """mutation ($input: TagRuleCreateInput!) { tagRuleCreate(input: $input) {
  tagRule { id } userErrors { code } } }"""
RETIRE = "mutation ($id: ID!) { tagRuleRetire(id: $id) { tagRule { id } } }"
SEGMENT = """mutation ($input: SegmentCreateInput!) { segmentCreate(input: $input) {
  segment { id } userErrors { code } } }"""
RENAME_SEGMENT = """mutation ($id: ID!, $input: SegmentUpdateInput!) {
  segmentUpdate(id: $id, input: $input) { segment { name } userErrors { code } } }"""
ARCHIVE = "mutation ($id: ID!) { segmentArchive(id: $id) { userErrors { code message } } }"
MODEL = """mutation ($input: ScoringModelCreateInput!) { scoringModelCreate(input: $input) {
  scoringModel { id } userErrors { code } } }"""
RENAME_MODEL = """mutation ($id: ID!, $input: ScoringModelUpdateInput!) {
  scoringModelUpdate(id: $id, input: $input) { scoringModel { name } userErrors { code } } }"""
STAGE = """mutation ($input: StageCreateInput!) { stageCreate(input: $input) {
  stage { id } userErrors { code } } }"""
SUMMARIES = """{ tagRules(first: 9) { nodes { condition { summary } } }
  segments(first: 9) { nodes { condition { summary } } }
  scoringModels { rules { condition { summary } } }
  stages { condition { summary } } }"""


async def made(operation: str, **given: Any) -> str:
    (answer,) = (await ask(operation, input=given)).values()
    (thing,) = [part for name, part in answer.items() if name != "userErrors"]
    key: str = thing["id"]
    return key


async def summaries() -> list[str]:
    told = await ask(SUMMARIES)
    shown = [*told["tagRules"]["nodes"], *told["segments"]["nodes"], *told["stages"]]
    shown += [rule for model in told["scoringModels"] for rule in model["rules"]]
    return [one["condition"]["summary"] for one in shown if one["condition"]]


async def everything_that_names(tag: str) -> list[str]:
    """A rule of another tag, a segment, a stage and a model; their ids."""
    condition = {"tag": {"tag": tag}}
    other = await made(TAG, name="Other")
    return [
        await made(RULE, tagId=other, name="Follow", condition=condition),
        await made(SEGMENT, name="Insiders", condition=condition),
        await made(STAGE, name="Inner circle", condition=condition),
        await made(
            MODEL, name="Maturity", rules=[{"name": "In", "points": 5, "condition": condition}]
        ),
    ]


async def test_summaries_follow_the_names_of_what_they_speak_of() -> None:
    tag = await made(TAG, name="VIP")
    _, segment, _, model = await everything_that_names(tag)
    band = {"score": {"model": model, "atLeast": 3}}
    await made(SEGMENT, name="Watched", condition={"all": [{"segment": segment}, band]})
    before = await summaries()
    assert sum("VIP" in one for one in before) == 4
    assert sum("Insiders" in one and "Maturity" in one for one in before) == 1
    await ask(RENAME_TAG, id=tag, input={"name": "Golden"})
    await ask(RENAME_SEGMENT, id=segment, input={"name": "Friends"})
    await ask(RENAME_MODEL, id=model, input={"name": "Ripeness"})
    words = {"VIP": "Golden", "Insiders": "Friends", "Maturity": "Ripeness"}
    expected = before
    for old, new in words.items():
        expected = [one.replace(old, new) for one in expected]
    assert sorted(await summaries()) == sorted(expected)


async def test_a_tag_that_is_named_does_not_go_and_says_who_names_it() -> None:
    tag = await made(TAG, name="VIP")
    rule, *_ = await everything_that_names(tag)
    (error,) = (await ask(DELETE_TAG, input={"id": tag, "force": True}))["tagDelete"]["userErrors"]
    assert error == {
        "code": "TAG_NAMED",
        "field": ["input", "id"],
        "message": (
            "VIP is named by the scoring model Maturity, the segment Insiders,"
            " the stage Inner circle, the tag rule Follow; take it out of there first."
        ),
    }
    await ask(RETIRE, id=rule)
    (error,) = (await ask(DELETE_TAG, input={"id": tag}))["tagDelete"]["userErrors"]
    assert "the tag rule Follow" not in error["message"]


async def test_a_segment_that_a_tag_rule_names_does_not_go() -> None:
    segment = await made(SEGMENT, name="Buyers", condition={"did": {"event": "Bought"}})
    tag = await made(TAG, name="Buyer")
    rule = await made(RULE, tagId=tag, name="In", condition={"segment": segment})
    (error,) = (await ask(ARCHIVE, id=segment))["segmentArchive"]["userErrors"]
    assert error == {"code": "SEGMENT_IN_USE", "message": "Buyers is named by the tag rule In."}
    await ask(RETIRE, id=rule)
    assert (await ask(ARCHIVE, id=segment))["segmentArchive"]["userErrors"] == []
