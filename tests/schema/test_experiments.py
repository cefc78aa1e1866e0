"""Experiments as callers see them."""

from typing import Any

import pytest

from tests.support.backlog import a_team, an_item
from tests.support.clock import SettableClock
from tests.support.content import an_asset
from tests.support.experiments import people, shown_and_bought
from tests.support.operations import FIELD_BY_FIELD, ask, ask_as, caller, refusal
from touchline.domain.kernel.actor import Scope
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

CREATE = """mutation Create($input: ExperimentCreateInput!) { experimentCreate(input: $input) {
  experiment { id state } userErrors { code message field } } }"""
START = """mutation ($id: ID!, $reason: String = "We learn") {
  experimentStart(input: {id: $id, reason: $reason}) {
  experiment { state window { from to } } userErrors { code message field } } }"""
STOP = """mutation ($id: ID!) { experimentStop(id: $id) {
  experiment { state verdict frozenAt } userErrors { code message field } } }"""
REFRESH = """mutation ($id: ID!) { experimentRefresh(id: $id) {
  experiment { verdict computedAt } userErrors { code message field } } }"""
FOUND = """query ($id: ID!) { experiment(id: $id) {
  name hypothesis state metric direction target duration minimumPeople minimumRunTime
  plan { baseline peoplePerArm peoplePerArmAtOneLook peoplePresent sentence }
  window { from to }
  arms { name weight seenBy asset { id title } link { id } exposures conversions rate
    interval { low high } effect { difference low high pValue } verdict }
  verdict verdictSentence best { name } health { code message } inSeveralArms
  computedAt frozenAt actorName } }"""
ARM = """query ($experiment: ID!, $customer: ID!) {
  experimentArm(experiment: $experiment, customer: $customer) { name } }"""
ITEM = """query ($id: ID!) { backlogItem(id: $id) { experiment { hypothesis trial { id }
  arms { name exposures } verdict verdictSentence health { code } frozenAt } } }"""
LISTED = """query ($filter: ExperimentFilter) {
  experiments(first: 5, filter: $filter) { nodes { name state target verdict } totalCount } }"""


def shown(variation: str) -> dict[str, Any]:
    """An arm whose people were shown a variation."""
    where = [{"property": "variation_name", "is": {"equals": variation}}]
    message = {"event": "Experiment Viewed", "where": where}
    return {"name": variation, "seenBy": {"message": message}}


WISH: dict[str, Any] = {
    "name": "Short form",
    "hypothesis": "A short form is filled in more often.",
    "metric": {"event": "Bought"},
    "target": 0.006,
    "baseline": 0.03,
    "arms": [shown("A"), shown("B")],
}


async def created(**wish: Any) -> str:
    """The id of an experiment that is written down."""
    answer = (await ask(CREATE, input=WISH | wish))["experimentCreate"]
    assert answer["userErrors"] == []
    return str(answer["experiment"]["id"])


async def read(experiment: str) -> dict[str, Any]:
    """An experiment, read in both ways."""
    found: dict[str, Any] = (await ask(FOUND, id=experiment))["experiment"]
    assert (await ask(FOUND, id=experiment, engine=FIELD_BY_FIELD))["experiment"] == found
    return found


async def test_an_experiment_is_planned_before_it_begins(
    db: Settings, clock: SettableClock
) -> None:
    await people(1_800)
    found = await read(await created())
    assert found["plan"] == {
        "baseline": 0.03,
        "peoplePerArm": 26_643,
        "peoplePerArmAtOneLook": 13_914,
        "peoplePresent": 900,
        "sentence": "You need 26,643 people an arm; you have 900.",
    }
    assert (found["state"], found["verdict"], found["window"]) == ("DRAFT", "COLLECTING", None)
    assert found["metric"] == "Share of people who did “Bought”"
    assert (found["target"], found["duration"], found["minimumRunTime"]) == (0.006, "P28D", "P7D")
    assert (found["health"], found["computedAt"], found["frozenAt"]) == ([], None, None)
    assert found["verdictSentence"].startswith("It has not begun. You need 26,643 people")
    assert [arm["seenBy"] for arm in found["arms"]] == [
        f"did “Experiment Viewed” where variation_name is “{name}”" for name in "AB"
    ]


async def test_an_experiment_comes_to_a_verdict_and_is_frozen(
    db: Settings, clock: SettableClock
) -> None:
    experiment = await created(target=0.1, baseline=0.1)
    begun = (await ask(START, id=experiment))["experimentStart"]
    assert begun["userErrors"] == []
    assert begun["experiment"] == {
        "state": "RUNNING",
        "window": {"from": "2026-03-02T09:00:00.000Z", "to": "2026-03-30T09:00:00.000Z"},
    }
    await shown_and_bought("A", 200, 20)
    await shown_and_bought("B", 210, 105)
    clock.advance(6 * DAY)
    assert (await ask(REFRESH, id=experiment))["experimentRefresh"]["experiment"] == {
        "verdict": "COLLECTING",
        "computedAt": "2026-03-08T09:00:00.000Z",
    }
    clock.advance(2 * DAY)
    assert (await ask(STOP, id=experiment))["experimentStop"]["experiment"] == {
        "state": "ENDED",
        "verdict": "WORKED",
        "frozenAt": "2026-03-10T09:00:00.000Z",
    }
    found = await read(experiment)
    assert found["verdictSentence"] == (
        "“B” worked: 50.00% against 10.00% of “A”, a difference of 27.54 to 52.46 percentage"
        " points."
    )
    assert (found["best"], found["health"], found["inSeveralArms"]) == ({"name": "B"}, [], 0)
    control, other = found["arms"]
    assert (control["exposures"], control["conversions"], control["rate"]) == (200, 20, 0.1)
    assert (control["effect"], control["verdict"]) == (None, None)
    assert control["interval"]["low"] < 0.1 < control["interval"]["high"]
    assert (other["exposures"], other["conversions"], other["rate"]) == (210, 105, 0.5)
    assert other["effect"]["difference"] == pytest.approx(0.4)
    assert other["effect"]["low"] == pytest.approx(0.2754, abs=1e-4)
    assert other["effect"]["pValue"] < 0.001
    assert other["verdict"] == "WORKED"


async def test_arms_may_be_content(db: Settings) -> None:
    one, other = await an_asset("Know your air"), await an_asset("Breathe")
    arms = [
        {"name": name, "seenBy": {"asset": global_id("ContentAsset", asset)}, "weight": weight}
        for name, asset, weight in (("Old", one, 3), ("New", other, 1))
    ]
    found = await read(await created(arms=arms))
    assert [(arm["asset"]["title"], arm["weight"], arm["seenBy"]) for arm in found["arms"]] == [
        ("Know your air", 3, "saw the content"),
        ("Breathe", 1, "saw the content"),
    ]


async def test_a_customer_is_told_an_arm_until_the_end(db: Settings, clock: SettableClock) -> None:
    experiment = await created()
    (customer,) = await people(1)
    who = global_id("Customer", customer)
    drawn = (await ask(ARM, experiment=experiment, customer=who))["experimentArm"]
    assert drawn["name"] in "AB"
    again = await ask(ARM, experiment=experiment, customer=who, engine=FIELD_BY_FIELD)
    assert again["experimentArm"] == drawn
    await ask(START, id=experiment)
    await ask(STOP, id=experiment)
    assert (await ask(ARM, experiment=experiment, customer=who))["experimentArm"] is None
    refused = await refusal(ARM, experiment="Customer_1", customer="Customer_1")
    assert (refused["code"], refused["argument"]) == ("BAD_USER_INPUT", "experiment")


async def test_an_item_of_the_backlog_shows_its_experiment(
    db: Settings, clock: SettableClock
) -> None:
    item = global_id("BacklogItem", await an_item(await a_team(), hypothesis="It is shorter."))
    before = (await ask(ITEM, id=item))["backlogItem"]["experiment"]
    nothing: dict[str, Any] = {
        "trial": None,
        "arms": [],
        "verdict": None,
        "verdictSentence": None,
        "health": None,
    }
    assert before == {"hypothesis": "It is shorter.", **nothing, "frozenAt": None}
    await created(backlogItemId=item)
    experiment = await created(backlogItemId=item, name="Second", target=0.1, baseline=0.1)
    await ask(START, id=experiment)
    await shown_and_bought("A", 200, 20)
    clock.advance(DAY)
    await ask(STOP, id=experiment)
    found = (await ask(ITEM, id=item))["backlogItem"]["experiment"]
    assert (await ask(ITEM, id=item, engine=FIELD_BY_FIELD))["backlogItem"]["experiment"] == found
    assert (found["trial"], found["verdict"]) == ({"id": experiment}, "UNHEALTHY")
    assert [(arm["name"], arm["exposures"]) for arm in found["arms"]] == [("A", 200), ("B", 0)]
    assert found["verdictSentence"].startswith("The figures cannot be trusted")
    assert found["health"][0]["code"] == "SAMPLE_RATIO_MISMATCH"
    assert found["frozenAt"] == "2026-03-03T09:00:00.000Z"


async def test_experiments_are_listed_by_state(db: Settings, clock: SettableClock) -> None:
    await created()
    clock.advance(DAY)
    await ask(START, id=await created(name="Blue button"))
    draft = {"name": "Short form", "state": "DRAFT", "target": 0.006, "verdict": "COLLECTING"}
    under_way = {**draft, "name": "Blue button", "state": "RUNNING"}
    assert (await ask(LISTED))["experiments"] == {"nodes": [under_way, draft], "totalCount": 2}
    listed = (await ask(LISTED, filter={"states": ["RUNNING"]}))["experiments"]
    assert listed == {"nodes": [under_way], "totalCount": 1}


_PROPERTY = {"event": "Bought", "property": "revenue"}
_SAME = [shown("A"), {**shown("A"), "name": "B"}]
_LINK = [shown("A"), {"name": "B", "seenBy": {"link": "TrackedLink_9"}}]
_ASSET = [shown("A"), {"name": "B", "seenBy": {"asset": "ContentAsset_9"}}]
_SILENT = [shown("A"), {"name": "B", "seenBy": {"message": {}}}]
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"name": " "}, "NAME_INVALID", "name"),
    ({"hypothesis": ""}, "HYPOTHESIS_INVALID", "hypothesis"),
    ({"metric": {}}, "EVENT_UNNAMED", "metric"),
    ({"metric": {"event": "Bought", "property": "a..b"}}, "METRIC_INVALID", "metric.property"),
    ({"metric": _PROPERTY, "baseline": None}, "BASELINE_UNKNOWN", "baseline"),
    ({"baseline": None}, "BASELINE_UNKNOWN", "baseline"),
    ({"baseline": 1.0}, "BASELINE_UNKNOWN", "baseline"),
    ({"target": 0.0}, "TARGET_INVALID", "target"),
    ({"target": -0.1}, "TARGET_INVALID", "target"),
    ({"target": 0.98}, "TARGET_INVALID", "target"),
    ({"target": 0.04, "direction": "DECREASE"}, "TARGET_INVALID", "target"),
    ({"duration": "PT1S"}, "DURATION_INVALID", "duration"),
    ({"minimumRunTime": "P29D"}, "MINIMUM_INVALID", "minimumRunTime"),
    ({"minimumPeople": 1}, "MINIMUM_INVALID", "minimumPeople"),
    ({"arms": [shown("A")]}, "ARMS_INVALID", "arms"),
    ({"arms": _SAME}, "ARMS_INVALID", "arms"),
    ({"arms": [shown("A"), {**shown("B"), "weight": 0}]}, "ARMS_INVALID", "arms.1.weight"),
    ({"arms": _LINK}, "ARM_NOT_FOUND", "arms.1.seenBy.link"),
    ({"arms": _ASSET}, "ARM_NOT_FOUND", "arms.1.seenBy.asset"),
    ({"arms": _SILENT}, "EVENT_UNNAMED", "arms.1.seenBy.message"),
    ({"segmentId": "Segment_9"}, "SEGMENT_NOT_FOUND", "segmentId"),
    ({"backlogItemId": "BacklogItem_9"}, "ITEM_NOT_FOUND", "backlogItemId"),
]


async def test_what_cannot_be_tried_out_is_refused(db: Settings) -> None:
    for wish, code, path in REFUSED:
        answer = (await ask(CREATE, input=WISH | wish))["experimentCreate"]
        (error,) = answer["userErrors"]
        assert (error["code"], error["field"]) == (code, ["input", *path.split(".")])
        assert answer["experiment"] is None
    assert await fetch("SELECT id FROM experiment") == []
    assert await fetch("SELECT id FROM experiment_arm") == []


async def test_only_what_is_written_begins_and_only_what_has_begun_ends(
    db: Settings, clock: SettableClock
) -> None:
    experiment = await created()
    for document, name in ((STOP, "experimentStop"), (START, "experimentStart")):
        unknown = (await ask(document, id="Experiment_99"))[name]["userErrors"]
        assert [one["code"] for one in unknown] == ["EXPERIMENT_NOT_FOUND"]
    early = (await ask(STOP, id=experiment))["experimentStop"]["userErrors"]
    assert [(one["code"], one["field"]) for one in early] == [("STATE_INVALID", ["id"])]
    await ask(START, id=experiment)
    again = (await ask(START, id=experiment))["experimentStart"]["userErrors"]
    assert [(one["code"], one["field"]) for one in again] == [("STATE_INVALID", ["input", "id"])]
    assert (await read(experiment))["state"] == "RUNNING"


async def test_only_who_may_write_plans_experiments(db: Settings) -> None:
    refused = await refusal(CREATE, caller(Scope.READ), input=WISH)
    assert refused["code"] == "FORBIDDEN"
    assert await fetch("SELECT id FROM experiment") == []


async def test_the_team_tries_things_out_for_its_backlog(
    db: Settings, clock: SettableClock
) -> None:
    """With the keys with which it works; a stakeholder or a program does not."""
    team = await a_team()
    item = {"backlogItemId": global_id("BacklogItem", await an_item(team))}
    for actor, wish in (
        *((team.bob, WISH), (team.sue, WISH | item)),
        *((caller(Scope.TEAM), WISH | item), (caller(Scope.READ), WISH | item)),
    ):
        assert (await refusal(CREATE, actor, input=wish))["code"] == "FORBIDDEN"
    assert await fetch("SELECT id FROM experiment") == []
    made = (await ask_as(team.bob, CREATE, {"input": WISH | item}))["experimentCreate"]
    experiment = made["experiment"]["id"]
    assert (await refusal(START, team.sue, id=experiment))["code"] == "FORBIDDEN"
    begun = (await ask_as(team.ada, START, {"id": experiment}))["experimentStart"]
    assert begun["experiment"]["state"] == "RUNNING"
    for document in (STOP, REFRESH):
        assert (await refusal(document, team.sue, id=experiment))["code"] == "FORBIDDEN"
    ended = (await ask_as(team.bob, STOP, {"id": experiment}))["experimentStop"]
    assert ended["experiment"]["state"] == "ENDED"
    of_nothing = await created(name="Other")
    assert (await refusal(START, team.bob, id=of_nothing))["code"] == "FORBIDDEN"
