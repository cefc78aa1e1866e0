"""What comes of items that were launched: measured by a worker, frozen, and overruled by people."""

from typing import Any

import pytest

from tests.support.backlog import Team, a_launched_item, a_ready_item, a_team, everything
from tests.support.clock import SettableClock
from tests.support.content import a_published_asset
from tests.support.conversions import ORDERS, goal
from tests.support.dying import die_at
from tests.support.events import arrive
from tests.support.experiments import an_experiment, shown_and_bought
from tests.support.judging import judge_all
from tests.support.operations import FIELD_BY_FIELD, ask, ask_as
from tests.support.performance import a_read
from tests.support.worker import MEASURING, worked_off
from touchline.domain.backlog.measuring import measure, measure_due
from touchline.domain.backlog.types import Metric
from touchline.domain.backlog.working import launch_item, pull_item, submit_item
from touchline.domain.experiments.service import stop_experiment
from touchline.domain.kernel.actor import SYSTEM, Actor
from touchline.domain.kernel.clock import DAY, MINUTE, SECOND, format_moment
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

ITEM = """query ($id: ID!) { backlogItem(id: $id) { state ageDays
  experiment { verdict verdictSentence frozenAt }
  measurement { source verdict sentence metric value currency target reached needed measuredAt
    window { from to } contentAssets { title } experiment { verdict } }
  history { kind actorName from to reason } } }"""
OVERRULE = """mutation ($input: BacklogItemOverruleInput!) {
  act: backlogItemOverrule(input: $input) {
  backlogItem { experiment { verdict } } userErrors { code field } } }"""


async def read(item: int) -> dict[str, Any]:
    """An item, read in both ways."""
    key = global_id("BacklogItem", item)
    found: dict[str, Any] = (await ask(ITEM, id=key))["backlogItem"]
    assert (await ask(ITEM, id=key, engine=FIELD_BY_FIELD))["backlogItem"] == found
    return found


async def measured(item: int) -> tuple[str, str, float | None]:
    """The verdict that stands, the sentence, and the figure."""
    found = await read(item)
    assert found["state"] == "MEASURED"
    shown = found["measurement"]
    return found["experiment"]["verdict"], shown["sentence"], shown["value"]


async def overruled(actor: Actor, item: int, verdict: str, reason: str = "I know") -> Any:
    given = {"itemId": global_id("BacklogItem", item), "verdict": verdict, "reason": reason}
    return (await ask_as(actor, OVERRULE, {"input": given}))["act"]


@pytest.fixture
async def team(db: Settings, clock: SettableClock) -> Team:
    return await a_team()


async def reads(db: Settings, clock: SettableClock, *who: str) -> None:
    """Each of them reads the asset now."""
    at = format_moment(clock())
    await arrive(db, *(a_read("air", one, at) for one in who))
    await judge_all()


async def buys(db: Settings, clock: SettableClock, *who: str) -> None:
    """Each of them buys for 20 euros now."""
    order = {"type": "track", "event": "Order Completed", "timestamp": format_moment(clock())}
    for one in who:
        said = {"total": "20", "currency": "EUR", "order_id": one}
        await arrive(db, order | {"anonymousId": one, "properties": said})
    await judge_all()


async def test_an_item_is_measured_when_its_window_ends(
    db: Settings, clock: SettableClock, team: Team
) -> None:
    asset = await a_published_asset("Air")
    await reads(db, clock, "before")
    clock.advance(MINUTE)
    item = await a_launched_item(team, asset_ids=[asset], target_milli=3_000)
    launched = clock()
    await reads(db, clock, "ann", "bob")
    clock.advance(14 * DAY - 1)
    await reads(db, clock, "ann")
    assert await worked_off(*MEASURING) == 0
    assert (await read(item))["measurement"] is None
    clock.advance(1)
    await reads(db, clock, "too late")
    assert await worked_off(*MEASURING) == 1
    found = await read(item)
    assert (found["state"], found["ageDays"]) == ("MEASURED", 0)
    sentence = "It was read 3 times in 14 days; the target was 3."
    end = format_moment(launched + 14 * DAY)
    assert found["experiment"] == {
        "verdict": "WORKED",
        "verdictSentence": sentence,
        "frozenAt": end,
    }
    assert found["measurement"] == {
        "source": "METRIC",
        "verdict": "WORKED",
        "sentence": sentence,
        "metric": "READS",
        "value": 3.0,
        "currency": None,
        "target": 3.0,
        "reached": 2,
        "needed": None,
        "measuredAt": end,
        "window": {"from": format_moment(launched), "to": end},
        "contentAssets": [{"title": "Air"}],
        "experiment": None,
    }
    assert [tuple(line.values()) for line in found["history"]][-2:] == [
        ("STATE", "Touchline", "LAUNCHED", "MEASURED", None),
        ("VERDICT", "Touchline", None, "WORKED", sentence),
    ]


async def test_what_was_measured_stays_whatever_comes_late(
    db: Settings, clock: SettableClock, team: Team
) -> None:
    item = await a_launched_item(team, asset_ids=[await a_published_asset("Air")])
    clock.advance(14 * DAY)
    await worked_off(*MEASURING)
    before = await read(item)
    assert before["experiment"]["verdict"] == "DID_NOT"
    late = clock() - DAY
    await arrive(db, a_read("air", "ann", format_moment(late)))
    await judge_all()
    clock.advance(DAY)
    await measure(item)
    await measure_due()
    await worked_off(*MEASURING)
    assert await read(item) == before


async def test_it_waits_until_what_came_before_the_end_is_judged(
    db: Settings, clock: SettableClock, team: Team
) -> None:
    """But not for what comes after it, and not for ever."""
    await goal(ORDERS)
    item = await a_launched_item(
        team,
        asset_ids=[await a_published_asset("Air")],
        metric=Metric.CONVERSIONS,
        target_milli=1_000,
    )
    clock.advance(14 * DAY - MINUTE)
    order = {"type": "track", "event": "Order Completed", "anonymousId": "ann"}
    at = format_moment(clock())
    bought = order | {"properties": {"total": "5", "order_id": "1"}, "timestamp": at}
    await arrive(db, a_read("air", "ann", at), bought)
    clock.advance(MINUTE)
    await worked_off(*MEASURING)
    assert (await read(item))["state"] == "LAUNCHED"
    await judge_all()
    clock.advance(SECOND)
    await arrive(db, a_read("air", "bob", format_moment(clock())))
    await worked_off(*MEASURING)
    sentence = "1 conversion followed in 14 days; the target was 1."
    assert await measured(item) == ("WORKED", sentence, 1.0)


async def test_conversions_count_after_people_met_the_content(
    db: Settings, clock: SettableClock, team: Team
) -> None:
    await goal(ORDERS)
    asset = await a_published_asset("Air")
    metrics = {Metric.CONVERSION_VALUE: 25_000, Metric.CONVERSION_RATE: 3_000}
    worth, rate = [
        await a_launched_item(team, str(metric), asset_ids=[asset], metric=metric, target_milli=to)
        for metric, to in metrics.items()
    ]
    await buys(db, clock, "early")
    clock.advance(DAY)
    await reads(db, clock, "early", "ann", "bob", "late")
    clock.advance(DAY)
    await buys(db, clock, "ann", "bob")
    clock.advance(12 * DAY)
    await buys(db, clock, "late")
    await worked_off(*MEASURING)
    said = "The conversions that followed are worth 40 EUR in 14 days; the target was 25."
    assert await measured(worth) == ("WORKED", said, 40.0)
    said = (
        "50% of the 4 people that it reached converted in 14 days;"
        " it reached 4 people, and fewer than 30 tell nothing."
    )
    assert await measured(rate) == ("INCONCLUSIVE", said, 50.0)
    assert (await read(rate))["measurement"]["needed"] == 30


async def test_without_content_nothing_can_be_said(clock: SettableClock, team: Team) -> None:
    item = await a_launched_item(team)
    clock.advance(14 * DAY)
    await worked_off(*MEASURING)
    said = "It has no content whose figures could be counted."
    assert await measured(item) == ("INCONCLUSIVE", said, None)


async def tried(team: Team, item: int, *, buyers: int = 65, **more: Any) -> int:
    """An experiment of an item that is under way, with people in its arms; returns its id."""
    experiment = await an_experiment(item_id=item, duration=7 * DAY, **more)
    await shown_and_bought("A", 120, 12)
    await shown_and_bought("B", 130, buyers)
    return experiment


async def test_an_item_with_an_experiment_is_measured_when_that_ends(
    db: Settings, clock: SettableClock, team: Team
) -> None:
    item = await a_launched_item(team, window_days=2)
    experiment = await tried(team, item)
    clock.advance(3 * DAY)
    await worked_off(*MEASURING)
    assert (await read(item))["state"] == "LAUNCHED"
    await stop_experiment(SYSTEM, experiment)
    await worked_off(*MEASURING)
    found = await read(item)
    shown = found["measurement"]
    assert (shown["source"], shown["verdict"], shown["reached"]) == ("EXPERIMENT", "WORKED", 250)
    assert (shown["value"], shown["target"]) == (0.4, 0.2)
    assert shown["experiment"] == {"verdict": "WORKED"}
    assert shown["sentence"] == found["experiment"]["verdictSentence"]
    assert found["state"] == "MEASURED"


async def test_an_experiment_that_ended_before_the_launch_measures_the_item_at_its_launch(
    db: Settings, clock: SettableClock, team: Team
) -> None:
    item = await a_ready_item(team)
    experiment = await tried(team, item, buyers=1)
    clock.advance(DAY)
    await stop_experiment(SYSTEM, experiment)
    await worked_off(*MEASURING)
    await pull_item(team.bob, item)
    await submit_item(team.bob, item)
    await launch_item(team.bob, item, reason="nothing to show")
    assert (await read(item))["state"] == "LAUNCHED"
    await worked_off(*MEASURING)
    assert (await measured(item))[0] == "DID_NOT"


async def test_an_item_is_measured_once_though_workers_die(
    db: Settings, clock: SettableClock, team: Team
) -> None:
    item = await a_launched_item(team, asset_ids=[await a_published_asset("Air")])
    clock.advance(14 * DAY)
    await die_at("backlog.counted", measure(item))
    assert (await read(item))["state"] == "LAUNCHED"
    assert await worked_off(*MEASURING) == 1
    for _ in range(2):
        await measure(item)
    assert len(await fetch("SELECT 1 FROM backlog_measurement")) == 1
    lines = (await read(item))["history"]
    assert [line["to"] for line in lines if line["kind"] == "VERDICT"] == ["DID_NOT"]


async def test_what_nobody_came_for_is_found(clock: SettableClock, team: Team) -> None:
    item = await a_launched_item(team)
    await execute("DELETE FROM job")
    clock.advance(14 * DAY)
    assert await worked_off(*MEASURING) == 0
    assert await measure_due() == 1
    assert await worked_off(*MEASURING) == 1
    assert await measure_due() == 0
    assert (await read(item))["state"] == "MEASURED"


async def test_the_owner_overrules_a_verdict_and_the_history_shows_both(
    clock: SettableClock, team: Team
) -> None:
    item = await a_launched_item(team, asset_ids=[await a_published_asset("Air")])
    early = await overruled(team.ada, item, "WORKED")
    assert early["userErrors"] == [{"code": "STEP_NOT_POSSIBLE", "field": ["input", "itemId"]}]
    clock.advance(14 * DAY)
    await worked_off(*MEASURING)
    before = await read(item)
    done = await overruled(team.ada, item, "WORKED", "The sales team sold it by hand")
    assert done == {"backlogItem": {"experiment": {"verdict": "WORKED"}}, "userErrors": []}
    found = await read(item)
    assert found["measurement"] == before["measurement"]
    assert [tuple(one.values()) for one in found["history"] if one["kind"] == "VERDICT"] == [
        ("VERDICT", "Touchline", None, "DID_NOT", before["measurement"]["sentence"]),
        ("VERDICT", "Ada Marketing", "DID_NOT", "WORKED", "The sales team sold it by hand"),
    ]


async def test_only_the_owner_overrules_and_says_why(clock: SettableClock, team: Team) -> None:
    item = await a_launched_item(team)
    clock.advance(14 * DAY)
    await worked_off(*MEASURING)
    refused = {
        "NOT_THE_OWNER": (team.bob, "WORKED", "I know"),
        "REASON_INVALID": (team.ada, "WORKED", " "),
        "VERDICT_INVALID": (team.ada, "UNHEALTHY", "I know"),
        "STEP_NOT_POSSIBLE": (team.ada, "INCONCLUSIVE", "I know"),
    }
    before = await everything(team), await read(item)
    for code, given in refused.items():
        (error,) = (await overruled(given[0], item, *given[1:]))["userErrors"]
        assert error["code"] == code
    assert (await everything(team), await read(item)) == before
