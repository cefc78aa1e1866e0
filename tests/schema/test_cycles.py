"""Cycles as their callers see them: planned from the top, talked about, shown, and learned from."""

from typing import Any

from tests.support.backlog import Team, a_launched_item, a_ready_item, a_team, an_item
from tests.support.clock import SettableClock
from tests.support.operations import FIELD_BY_FIELD, ask, ask_as
from touchline.domain.backlog.working import launch_item, pull_item, submit_item
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

CYCLES = """query ($backlogId: ID!, $first: Int!) { cycles(backlogId: $backlogId, first: $first) {
  nodes { id goal state startsOn endsOn capacity committedPoints plannedPoints donePoints
  items { title } carriedOver { title } huddles { on notes { member { name } text blocked } }
  showcase { notes items { title } } improvement { action done }
  flow { cycleTimeP50 cycleTimeP85 leadTimeP85 throughput } } } }"""
CURRENT = "query ($id: ID!) { backlog(id: $id) { currentCycle { goal state } } }"
BURN_UP = "query ($id: ID!) { cycle(id: $id) { burnUp { on scopePoints } } }"
PLAN = """mutation ($input: CyclePlanInput!) { act: cyclePlan(input: $input) {
  cycle { id state capacity items { title } } userErrors { code message field } } }"""
CLOSE = """mutation ($input: CycleCloseInput!) { act: cycleClose(input: $input) {
  cycle { id state } returnedItems { title } userErrors { code field } } }"""
HUDDLE = """mutation ($input: CycleNoteHuddleInput!) { act: cycleNoteHuddle(input: $input) {
  cycle { id } userErrors { code field } } }"""
FINISH = """mutation ($id: ID!) { act: cycleFinishImprovement(id: $id) {
  cycle { improvement { action done } } userErrors { code } } }"""


async def done(actor: Actor, document: str, **given: Any) -> Any:
    return (await ask_as(actor, document, {"input": given}))["act"]


async def planned(team: Team, **given: Any) -> Any:
    about = {"goal": "Be read", "startsOn": "2026-03-02", "capacity": 7}
    key = {"backlogId": global_id("Backlog", team.backlog)}
    return await done(team.bob, PLAN, **(key | about | given))


async def rows() -> list[int]:
    tables = ("backlog_cycle", "backlog_cycle_item", "backlog_improvement", "backlog_huddle_note")
    found = [await fetch(f"SELECT count(*) AS n FROM {table}") for table in tables]
    return [one[0]["n"] for one in found]


async def launched(team: Team, item: int) -> None:
    await submit_item(team.bob, item)
    await launch_item(team.bob, item, reason="nothing to show")


async def test_a_team_goes_through_two_cycles(db: Settings, clock: SettableClock) -> None:
    team = await a_team()
    items = [await a_ready_item(team, f"Item {at}") for at in range(4)]
    await an_item(team, "A proposal")
    cycle = (await planned(team))["cycle"]
    assert (cycle["state"], cycle["capacity"]) == ("ACTIVE", 7)
    assert [one["title"] for one in cycle["items"]] == ["Item 0", "Item 1"]
    for item in items[:2]:
        await pull_item(team.bob, item)
    clock.advance(2 * DAY)
    for text in ("Began", "Item 0 is written"):
        given = {"cycleId": cycle["id"], "text": text, "blocked": "No pictures"}
        assert (await done(team.bob, HUDDLE, **given))["userErrors"] == []
    await launched(team, items[0])
    given = {"cycleId": cycle["id"], "improvements": ["Ask for pictures"], "showcase": "One out"}
    closed = await done(team.ada, CLOSE, **given)
    assert closed["cycle"]["state"] == "CLOSED"
    assert [one["title"] for one in closed["returnedItems"]] == ["Item 1"]
    clock.advance(12 * DAY)
    await planned(team, startsOn="2026-03-17", workingDays=5, capacity=None, goal="Be shared")
    await launched(team, items[1])

    page = {"backlogId": global_id("Backlog", team.backlog), "first": 5}
    seen: Any = (await ask_as(team.bob, CYCLES, page))["cycles"]["nodes"]
    stepped = await ask_as(team.bob, CYCLES, page, FIELD_BY_FIELD)
    assert stepped["cycles"]["nodes"] == seen
    second, first = seen
    assert (first["startsOn"], first["endsOn"]) == ("2026-03-02", "2026-03-13")
    points = (first["committedPoints"], first["plannedPoints"], first["donePoints"])
    assert points == (6, 6, 3)
    assert first["huddles"] == [
        {
            "on": "2026-03-04",
            "notes": [
                {
                    "member": {"name": "Bob Marketing"},
                    "text": "Item 0 is written",
                    "blocked": "No pictures",
                }
            ],
        }
    ]
    assert first["showcase"] == {"notes": "One out", "items": [{"title": "Item 0"}]}
    assert first["improvement"] == [{"action": "Ask for pictures", "done": False}]
    assert first["flow"] == {
        "cycleTimeP50": 2.0,
        "cycleTimeP85": 2.0,
        "leadTimeP85": 2.0,
        "throughput": 1,
    }
    assert (second["state"], second["endsOn"]) == ("PLANNED", "2026-03-23")
    assert second["capacity"] == 2
    assert [one["title"] for one in second["carriedOver"]] == ["Item 1"]
    current = (await ask(CURRENT, id=page["backlogId"]))["backlog"]["currentCycle"]
    assert current == {"goal": "Be shared", "state": "PLANNED"}
    improvement = (await fetch("SELECT id FROM backlog_improvement"))[0]["id"]
    finished = await ask_as(team.bob, FINISH, {"id": global_id("CycleImprovement", improvement)})
    assert finished["act"]["cycle"]["improvement"] == [{"action": "Ask for pictures", "done": True}]


async def test_a_cycle_is_refused_that_is_none(db: Settings, clock: SettableClock) -> None:
    team = await a_team()
    await a_ready_item(team)
    for given, code, field in (
        ({"goal": " "}, "TEXT_INVALID", "goal"),
        ({"workingDays": 7}, "DAYS_INVALID", "workingDays"),
        ({"startsOn": "2026-02-14"}, "DAYS_INVALID", "startsOn"),
        ({"startsOn": "2027-03-04"}, "DAYS_INVALID", "startsOn"),
        ({"startsOn": "9999-12-31"}, "DAYS_INVALID", "startsOn"),
        ({"capacity": 0}, "CAPACITY_INVALID", "capacity"),
        ({"capacity": None}, "CAPACITY_INVALID", "capacity"),
        ({"backlogId": global_id("Backlog", 10**6)}, "BACKLOG_NOT_FOUND", "backlogId"),
    ):
        refused = await planned(team, **given)
        (error,) = refused["userErrors"]
        assert (refused["cycle"], error["code"], error["field"]) == (None, code, ["input", field])
    assert await rows() == [0, 0, 0, 0]
    cycle = (await planned(team))["cycle"]["id"]
    again = await planned(team)
    (error,) = again["userErrors"]
    assert (error["code"], error["field"]) == ("CYCLE_OPEN", ["input", "backlogId"])
    before = await rows()
    for improvements in ([], [" "]):
        closing = await done(team.bob, CLOSE, cycleId=cycle, improvements=improvements)
        assert closing["userErrors"] == [
            {"code": "IMPROVEMENT_MISSING", "field": ["input", "improvements"]}
        ]
    refused = await done(team.sue, HUDDLE, cycleId=cycle, text="Hello")
    assert [one["code"] for one in refused["userErrors"]] == ["ROLE_TAKES_NO_WORK"]
    assert await rows() == before
    await done(team.bob, CLOSE, cycleId=cycle, improvements=["Talk more"])
    closed = await done(team.bob, CLOSE, cycleId=cycle, improvements=["x"])
    assert [one["code"] for one in closed["userErrors"]] == ["CYCLE_CLOSED"]
    closed = await done(team.bob, HUDDLE, cycleId=cycle, text="x")
    assert [one["code"] for one in closed["userErrors"]] == ["CYCLE_CLOSED"]


async def test_capacity_is_what_the_last_weeks_got_done(db: Settings, clock: SettableClock) -> None:
    team = await a_team()
    for number in range(4):
        await a_launched_item(team, f"Item {number}", effort=5)
        clock.advance(7 * DAY)
    made = await planned(team, capacity=None, startsOn="2026-03-30")
    assert made["cycle"]["capacity"] == 10


async def test_a_capacity_is_refused_for_what_is_wrong_with_it(
    db: Settings, clock: SettableClock
) -> None:
    team = await a_team()
    await a_ready_item(team)
    for capacity, message in (
        (0, "A cycle has room for 1 to 1,000 points."),
        (-1, "A cycle has room for 1 to 1,000 points."),
        (1_001, "A cycle has room for 1 to 1,000 points."),
        (None, "Nothing was done yet to go by; say from 1 to 1,000 points."),
    ):
        refused = await planned(team, capacity=capacity)
        assert [one["message"] for one in refused["userErrors"]] == [message]
    assert await rows() == [0, 0, 0, 0]


async def test_what_is_planned_late_counts_from_the_day_of_its_planning(
    db: Settings, clock: SettableClock
) -> None:
    team = await a_team()
    clock.advance(2 * DAY)
    await a_ready_item(team)
    cycle = (await planned(team, workingDays=5))["cycle"]["id"]
    seen = (await ask(BURN_UP, id=cycle))["cycle"]["burnUp"]
    assert [(one["on"], one["scopePoints"]) for one in seen] == [
        ("2026-03-02", 0),
        ("2026-03-03", 0),
        ("2026-03-04", 3),
    ]
