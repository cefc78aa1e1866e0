"""The journey: its stages, who is in which, and how far customers come."""

from typing import Any

import pytest

from tests.support.clock import SettableClock
from tests.support.events import arrive, customer_of, timeline_of
from tests.support.judging import judge_all
from tests.support.operations import ask
from touchline.domain.identity import service as identity
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.ids import global_id
from touchline.domain.stages.service import place_everybody
from touchline.settings import Settings

STAGES = "{ stages { id name place customerCount condition { summary } } }"
UPDATE = """mutation ($id: ID!, $input: StageUpdateInput!) { stageUpdate(id: $id, input: $input) {
  stage { name customerCount } userErrors { code field } } }"""
CREATE = """mutation ($input: StageCreateInput!) { stageCreate(input: $input) {
  stage { name place } userErrors { code field } } }"""
REORDER = """mutation ($input: StageReorderInput!) { stageReorder(input: $input) {
  stages { name } userErrors { code field } } }"""
DELETE = """mutation ($id: ID!) { stageDelete(id: $id) { deletedStage userErrors { code } } }"""
MOVE = """mutation ($input: CustomerMoveStageInput!) { customerMoveStage(input: $input) {
  customer { stage { name since setBy { kind actorName reason } } }
  userErrors { code field } } }"""
STAGE = """query ($id: ID!) { customer(id: $id) { stage { name since setBy { kind } }
  stageHistory(first: 5) { nodes { fromStage { name } toStage { name } kind } } } }"""
FUNNEL = "{ stageFunnel { stage { name } present reached conversion typicalTime } }"


async def journey() -> dict[str, str]:
    """Ids of the stages by name."""
    return {one["name"]: one["id"] for one in (await ask(STAGES))["stages"]}


async def ruled() -> dict[str, str]:
    """The same, with conditions for the first three stages."""
    stages = await journey()
    for name, event in (("Awareness", "Visited"), ("Consideration", "Asked"), ("Purchase", "Paid")):
        condition = {"did": {"event": event}}
        answer = await ask(UPDATE, id=stages[name], input={"condition": condition})
        assert answer["stageUpdate"]["userErrors"] == []
    return stages


async def does(db: Settings, who: str, *names: str) -> str:
    for name in names:
        call = {"type": "track", "userId": who, "event": name, "messageId": f"{who}{name}"}
        await arrive(db, call)
    await judge_all()
    return global_id("Customer", await customer_of("user_id", who))


async def stage_of(customer: str) -> str | None:
    stage = (await ask(STAGE, id=customer))["customer"]["stage"]
    return stage["name"] if stage else None


async def test_the_journey_begins_with_five_stages(db: Settings) -> None:
    shown = (await ask(STAGES))["stages"]
    assert [(one["name"], one["place"], one["condition"]) for one in shown] == [
        ("Awareness", 1, None),
        ("Consideration", 2, None),
        ("Purchase", 3, None),
        ("Retention", 4, None),
        ("Advocacy", 5, None),
    ]


async def test_a_customer_is_in_the_last_stage_whose_condition_holds(
    db: Settings, clock: SettableClock
) -> None:
    await ruled()
    ada = await does(db, "ada", "Visited")
    assert (await ask(STAGE, id=ada))["customer"] == {
        "stage": {
            "name": "Awareness",
            "since": "2026-03-02T09:00:00.000Z",
            "setBy": {"kind": "RULE"},
        },
        "stageHistory": {
            "nodes": [{"fromStage": None, "toStage": {"name": "Awareness"}, "kind": "RULE"}]
        },
    }
    await does(db, "ada", "Paid", "Asked")
    assert await stage_of(ada) == "Purchase"
    counts = {one["name"]: one["customerCount"] for one in (await ask(STAGES))["stages"]}
    assert counts["Awareness"] == counts["Consideration"] == 0
    assert counts["Purchase"] == 1


async def test_a_colleagues_word_outranks_the_conditions_until_it_is_taken_back(
    db: Settings, clock: SettableClock
) -> None:
    stages = await ruled()
    ada = await does(db, "ada", "Visited")
    given = {"customerId": ada, "stageId": stages["Advocacy"], "reason": "Speaks of us"}
    answer = (await ask(MOVE, input=given))["customerMoveStage"]
    assert answer["customer"]["stage"] == {
        "name": "Advocacy",
        "since": "2026-03-02T09:00:00.000Z",
        "setBy": {"kind": "PERSON", "actorName": "Ada", "reason": "Speaks of us"},
    }
    await does(db, "ada", "Paid")
    assert await stage_of(ada) == "Advocacy"
    told = await timeline_of(await customer_of("user_id", "ada"))
    assert ("STAGE_MOVED", "Moved to the stage Advocacy: Speaks of us") in told
    await ask(MOVE, input={"customerId": ada, "reason": "Let it be"})
    assert await stage_of(ada) == "Purchase"


@pytest.mark.parametrize(
    "changed, code, field",
    [
        ({"reason": " "}, "REASON_INVALID", "reason"),
        ({"stageId": global_id("Stage", 999)}, "STAGE_NOT_FOUND", "stageId"),
        ({"customerId": global_id("Customer", 999)}, "CUSTOMER_NOT_FOUND", "customerId"),
    ],
)
async def test_a_bad_move_is_refused_and_moves_nobody(
    db: Settings, changed: dict[str, str], code: str, field: str
) -> None:
    stages = await ruled()
    ada = await does(db, "ada", "Visited")
    given = {"customerId": ada, "stageId": stages["Purchase"], "reason": "x", **changed}
    answer = (await ask(MOVE, input=given))["customerMoveStage"]
    assert answer == {"customer": None, "userErrors": [{"code": code, "field": ["input", field]}]}
    assert await stage_of(ada) == "Awareness"


async def test_the_journey_is_edited(db: Settings) -> None:
    stages = await ruled()
    ada = await does(db, "ada", "Visited", "Asked")
    answer = await ask(CREATE, input={"name": " Loyalty "})
    assert answer["stageCreate"] == {"stage": {"name": "Loyalty", "place": 6}, "userErrors": []}
    answer = await ask(CREATE, input={"name": "LOYALTY"})
    assert [one["code"] for one in answer["stageCreate"]["userErrors"]] == ["NAME_TAKEN"]
    order = [stages["Consideration"], stages["Awareness"]]
    answer = (await ask(REORDER, input={"ids": order}))["stageReorder"]
    assert [one["code"] for one in answer["userErrors"]] == ["ORDER_INVALID"]
    rest = [one for one in (await journey()).values() if one not in order]
    assert (await ask(REORDER, input={"ids": [*order, *rest]}))["stageReorder"]["userErrors"] == []
    assert await stage_of(ada) == "Awareness"
    answer = (await ask(DELETE, id=stages["Awareness"]))["stageDelete"]
    assert answer == {"deletedStage": stages["Awareness"], "userErrors": []}
    assert await stage_of(ada) == "Consideration"


async def test_the_condition_of_a_stage_speaks_of_no_stage(db: Settings) -> None:
    stages = await journey()
    given: dict[str, Any] = {"condition": {"stage": stages["Awareness"]}}
    answer = (await ask(UPDATE, id=stages["Purchase"], input=given))["stageUpdate"]
    assert [one["code"] for one in answer["userErrors"]] == ["CONDITION_CYCLE"]
    shown = (await ask(STAGES))["stages"]
    assert all(one["condition"] is None for one in shown)


async def test_stages_follow_a_merge_and_come_back_when_it_is_undone(db: Settings) -> None:
    stages = await ruled()
    ada, bob = await does(db, "ada", "Visited"), await does(db, "bob", "Visited")
    given = {"customerId": bob, "stageId": stages["Retention"], "reason": "Renewed"}
    await ask(MOVE, input=given)
    keys = [int(one.rsplit("_", 1)[1]) for one in (ada, bob)]
    merged = await identity.merge(SYSTEM, survivor_id=keys[0], absorbed_id=keys[1])
    await judge_all()
    assert await stage_of(ada) == "Retention"
    assert merged.merge_id is not None
    await identity.unmerge(SYSTEM, merge_id=merged.merge_id)
    await judge_all()
    assert (await stage_of(ada), await stage_of(bob)) == ("Awareness", "Retention")


async def test_a_rebuild_gives_what_stands_already(db: Settings) -> None:
    await ruled()
    for who, names in (("a", ["Visited"]), ("b", ["Asked", "Visited"]), ("c", ["Paid"])):
        await does(db, who, *names)
    sql = "SELECT customer_id, stage_id FROM customer_stage ORDER BY 1"
    live = [(row["customer_id"], row["stage_id"]) for row in await fetch(sql)]
    await execute("DELETE FROM customer_stage")
    await execute("UPDATE stage SET customer_count = 0")
    await place_everybody(SYSTEM)
    assert [(row["customer_id"], row["stage_id"]) for row in await fetch(sql)] == live
    assert len(live) == 3


async def test_the_funnel_says_how_far_and_how_fast(db: Settings, clock: SettableClock) -> None:
    await ruled()
    for who in "abcd":
        await does(db, who, "Visited")
    clock.advance(2 * DAY)
    for who in "ab":
        await does(db, who, "Asked")
    clock.advance(DAY)
    await does(db, "a", "Paid")
    steps = (await ask(FUNNEL))["stageFunnel"]
    assert [tuple(step.values()) for step in steps[:4]] == [
        ({"name": "Awareness"}, 2, 4, None, None),
        ({"name": "Consideration"}, 1, 2, 0.5, "P2D"),
        ({"name": "Purchase"}, 1, 1, 0.5, "P1D"),
        ({"name": "Retention"}, 0, 0, 0.0, None),
    ]
