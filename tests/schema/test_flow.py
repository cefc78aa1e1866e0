"""How work flows, as its callers see it: replayed from the log, day by day."""

from typing import Any

from tests.schema.test_backlog import item_id
from tests.schema.test_cycles import CLOSE, HUDDLE, done, planned
from tests.support.backlog import Team, a_launched_item, a_ready_item, a_team, an_item
from tests.support.clock import SettableClock
from tests.support.operations import FIELD_BY_FIELD, ask, ask_as, refusal
from touchline.domain.backlog.deciding import drop_item
from touchline.domain.backlog.proposing import estimate_item
from touchline.domain.backlog.working import (
    block_item,
    launch_item,
    pull_item,
    put_back,
    submit_item,
)
from touchline.domain.kernel.clock import DAY, HOUR
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

FLOW = """query ($id: ID!, $range: DateRangeInput!) { backlog(id: $id) { flow(range: $range) {
  cycleTimeP50 cycleTimeP85 leadTimeP85 throughput blocked { items days }
  weeks { startsOn throughput arrivals isWhole }
  days { on proposed backlog ready inProgress inReview launched measured dropped declined
  duplicate } } } }"""
CYCLE = """query ($id: ID!) { cycle(id: $id) { committedPoints donePoints
  items { title } leftOver { title } carriedOver { title } blocked { title }
  showcase { items { title blockedDays measurement { value } } }
  burnUp { on scopePoints donePoints changes { item { title } change points } }
  huddles { on moves { item { title } from to actorName } }
  movesSinceHuddle { item { title } from to } } }"""
AGES = """query ($id: ID!) { backlogItem(id: $id) { state blockedDays ageWarning {
  days usualDays finishedItems isOld sentence } } }"""
STATES = (
    *("proposed", "backlog", "ready", "inProgress", "inReview"),
    *("launched", "measured", "dropped", "declined", "duplicate"),
)


async def a_week(team: Team, clock: SettableClock) -> str:
    """Five days of one cycle, the first of them a Monday; returns the cycle's id."""
    guide = await a_ready_item(team, "Guide", effort=3)
    film = await a_ready_item(team, "Film", effort=5)
    cycle = str((await planned(team, workingDays=5, capacity=3))["cycle"]["id"])
    clock.advance(DAY)
    await pull_item(team.bob, guide)
    await pull_item(team.ada, film)
    await note(team, cycle)
    clock.advance(DAY)
    await estimate_item(team.ada, film, 8)
    await block_item(team.bob, guide, reason="No pictures")
    clock.advance(12 * HOUR)
    await block_item(team.bob, guide, reason=None)
    clock.advance(11 * HOUR)
    await submit_item(team.bob, guide)
    await note(team, cycle)
    clock.advance(HOUR)
    await launch_item(team.bob, guide, reason="A talk")
    clock.advance(DAY)
    await drop_item(team.ada, film, reason="Too dear")
    await an_item(team, "Poster")
    return cycle


async def note(team: Team, cycle: str) -> None:
    assert (await done(team.bob, HUDDLE, cycleId=cycle, text="Said"))["userErrors"] == []


async def test_a_range_of_days_tells_its_times_weeks_and_states(
    db: Settings, clock: SettableClock
) -> None:
    team = await a_team()
    await a_week(team, clock)
    asked = global_id("Backlog", team.backlog)
    whole = {"from": "2026-03-01", "to": "2026-03-08"}
    flow = (await ask_as(team.sue, FLOW, {"id": asked, "range": whole}))["backlog"]["flow"]
    days = [[one["on"][-2:], *(one[state] for state in STATES)] for one in flow.pop("days")]
    assert days == [
        ["01", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ["02", 0, 0, 2, 0, 0, 0, 0, 0, 0, 0],
        ["03", 0, 0, 0, 2, 0, 0, 0, 0, 0, 0],
        ["04", 0, 0, 0, 2, 0, 0, 0, 0, 0, 0],
        ["05", 0, 0, 0, 1, 0, 1, 0, 0, 0, 0],
        ["06", 1, 0, 0, 0, 0, 1, 0, 1, 0, 0],
    ]
    assert flow == {
        "cycleTimeP50": 2.0,
        "cycleTimeP85": 2.0,
        "leadTimeP85": 3.0,
        "throughput": 1,
        "blocked": {"items": 1, "days": 0.5},
        "weeks": [
            {"startsOn": "2026-02-23", "throughput": 0, "arrivals": 0, "isWhole": False},
            {"startsOn": "2026-03-02", "throughput": 1, "arrivals": 2, "isWhole": True},
        ],
    }
    later = {"from": "2026-03-06", "to": "2026-03-06"}
    flow = (await ask(FLOW, id=asked, range=later))["backlog"]["flow"]
    assert (flow["throughput"], flow["cycleTimeP50"], flow["blocked"]) == (
        0,
        None,
        {"items": 0, "days": 0.0},
    )
    assert [[one[state] for state in STATES] for one in flow["days"]] == [days[-1][1:]]


async def test_a_range_is_a_year_at_most(db: Settings) -> None:
    team = await a_team()
    asked = global_id("Backlog", team.backlog)
    year = {"from": "2025-03-02", "to": "2026-03-02"}
    found = (await ask(FLOW, id=asked, range=year))["backlog"]["flow"]
    assert (len(found["days"]), len(found["weeks"])) == (366, 54)
    for wrong in ({"from": "2025-03-01"}, {"from": "2026-03-03"}):
        told = await refusal(FLOW, id=asked, range=year | wrong)
        assert (told["code"], told["argument"]) == ("BAD_USER_INPUT", "range")


async def test_a_cycle_shows_its_burn_up_and_what_moved(db: Settings, clock: SettableClock) -> None:
    team = await a_team()
    cycle = await a_week(team, clock)
    seen: Any = (await ask_as(team.bob, CYCLE, {"id": cycle}))["cycle"]
    assert (await ask_as(team.bob, CYCLE, {"id": cycle}, FIELD_BY_FIELD))["cycle"] == seen
    assert [told(one) for one in seen["burnUp"]] == [
        ("2026-03-02", 3, 0, [("Guide", "PLANNED", 3)]),
        ("2026-03-03", 8, 0, [("Film", "JOINED", 5)]),
        ("2026-03-04", 11, 0, [("Film", "ESTIMATED", 3)]),
        ("2026-03-05", 11, 3, []),
        ("2026-03-06", 3, 3, [("Film", "DROPPED", -8)]),
    ]
    assert (seen["committedPoints"], seen["donePoints"]) == (3, 3)
    (shown,) = seen["showcase"]["items"]
    assert shown == {"title": "Guide", "blockedDays": 0.5, "measurement": None}
    first, second = seen["huddles"]
    assert [(one["item"]["title"], one["from"], one["to"]) for one in first["moves"]] == [
        ("Guide", "READY", "IN_PROGRESS"),
        ("Film", "READY", "IN_PROGRESS"),
    ]
    assert second == {
        "on": "2026-03-05",
        "moves": [
            {
                "item": {"title": "Guide"},
                "from": "IN_PROGRESS",
                "to": "IN_REVIEW",
                "actorName": "Bob Marketing",
            }
        ],
    }
    assert seen["movesSinceHuddle"] == [
        {"item": {"title": "Guide"}, "from": "IN_REVIEW", "to": "LAUNCHED"},
        {"item": {"title": "Film"}, "from": "IN_PROGRESS", "to": "DROPPED"},
    ]


async def test_what_a_cycle_leaves_over_is_seen_in_it_and_in_the_next(
    db: Settings, clock: SettableClock
) -> None:
    team = await a_team()
    items = [await a_ready_item(team, title) for title in ("One", "Two", "Three")]
    cycle = (await planned(team, capacity=6))["cycle"]["id"]
    await pull_item(team.bob, items[0])
    await pull_item(team.ada, items[2], reason="It is mine")
    await put_back(team.ada, items[2], reason="It is not")
    await block_item(team.bob, items[0], reason="No pictures")
    before = (await ask(CYCLE, id=cycle))["cycle"]
    assert before["leftOver"] == []
    assert before["blocked"] == [{"title": "One"}]
    clock.advance(DAY)
    closed = await done(team.ada, CLOSE, cycleId=cycle, improvements=["Talk more"])
    over = [{"title": "Three"}, {"title": "Two"}, {"title": "One"}]
    assert closed["returnedItems"] == over
    following = (await planned(team, capacity=6, startsOn="2026-03-03"))["cycle"]["id"]
    clock.advance(DAY)
    await submit_item(team.bob, items[0])
    await launch_item(team.bob, items[0], reason="A talk")
    ended: Any = (await ask(CYCLE, id=cycle))["cycle"]
    assert ended["leftOver"] == over
    assert [one["on"] for one in ended["burnUp"]] == ["2026-03-02", "2026-03-03"]
    assert [one["donePoints"] for one in ended["burnUp"]] == [0, 0]
    later: Any = (await ask(CYCLE, id=following))["cycle"]
    assert later["carriedOver"] == [{"title": "Three"}, {"title": "One"}]
    assert [told(one)[:3] for one in later["burnUp"]] == [
        ("2026-03-03", 6, 0),
        ("2026-03-04", 6, 3),
    ]


async def test_work_under_way_is_warned_of_by_what_the_team_usually_needs(
    db: Settings, clock: SettableClock
) -> None:
    team = await a_team()
    for number in range(9):
        await a_launched_item(team, f"Item {number}")
    slow, waiting = await a_ready_item(team, "Slow"), await a_ready_item(team, "Waiting")
    await pull_item(team.bob, slow)
    clock.advance(2 * DAY)
    unknown = (await ask(AGES, id=item_id(slow)))["backlogItem"]
    assert unknown["ageWarning"] == {
        "days": 2.0,
        "usualDays": None,
        "finishedItems": 9,
        "isOld": None,
        "sentence": "It is under way for 2.0 days. What is usual is known from 10 launched items"
        " on; the last 12 weeks have 9.",
    }
    await submit_item(team.bob, slow)
    await launch_item(team.bob, slow, reason="A talk")
    await pull_item(team.bob, waiting)
    assert await warned(waiting) == (0.0, 0.0, 10, False)
    clock.advance(DAY)
    assert await warned(waiting) == (1.0, 0.0, 10, True)
    assert (await ask(AGES, id=item_id(slow)))["backlogItem"] == {
        "state": "LAUNCHED",
        "blockedDays": 0.0,
        "ageWarning": None,
    }
    clock.advance(84 * DAY)
    assert await warned(waiting) == (85.0, None, 0, None)


async def warned(item: int) -> tuple[Any, ...]:
    found = (await ask(AGES, id=item_id(item)))["backlogItem"]["ageWarning"]
    return tuple(found[name] for name in ("days", "usualDays", "finishedItems", "isOld"))


def told(day: dict[str, Any]) -> tuple[Any, ...]:
    changes = [(one["item"]["title"], one["change"], one["points"]) for one in day["changes"]]
    return day["on"], day["scopePoints"], day["donePoints"], changes
