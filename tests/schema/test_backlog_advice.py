"""What a backlog is told about itself: formulas and forecasts, which move nothing."""

from typing import Any

from tests.schema.test_backlog import item_id
from tests.support.backlog import a_launched_item, a_ready_item, a_team, titles
from tests.support.clock import SettableClock
from tests.support.operations import answer_to, ask
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

FORECAST = """query ($id: ID!) { backlog(id: $id) { forecast { itemCount throughputPerWeek
  arrivalsPerWeek p50 { weeks date } p85 { weeks date } neverDrainsShare sentence } } }"""
ADVICE = """query ($id: ID!) { backlog(id: $id) {
  orderDisagreements(formula: VALUE_EFFORT) { item { id } rank formulaRank } } }"""


async def test_a_backlog_is_taken_out_as_a_table_that_runs_nothing(db: Settings) -> None:
    team = await a_team()
    item = await a_ready_item(team, '=HYPERLINK("x")')
    document = "query ($id: ID!) { backlog(id: $id) { csv } }"
    table = (await ask(document, id=global_id("Backlog", team.backlog)))["backlog"]["csv"]
    assert table.splitlines()[1] == (
        f'{item_id(item)},"\'=HYPERLINK(""x"")",,CONTENT,READY,1,3,,,,,,,'
        "They will read it.,READS,500,14,nothing,,,"
    )


async def test_a_backlog_is_forecast_from_six_weeks_on(db: Settings, clock: SettableClock) -> None:
    team = await a_team()
    for week in range(7):
        await a_launched_item(team, f"Launched {week}")
        await a_launched_item(team, f"Launched too {week}")
        if week == 3:
            early = (await ask(FORECAST, id=global_id("Backlog", team.backlog)))["backlog"]
            assert early["forecast"]["p85"] is None
            assert early["forecast"]["sentence"] == (
                "There are 3 weeks of history; a forecast needs 6."
            )
        clock.advance(7 * DAY)
    for number in range(4):
        await a_ready_item(team, f"Item {number}")
    found = (await ask(FORECAST, id=global_id("Backlog", team.backlog)))["backlog"]["forecast"]
    assert (found["itemCount"], found["throughputPerWeek"]) == (4, 2.0)
    assert found["arrivalsPerWeek"] > 2
    assert found["sentence"].startswith("At today's pace this backlog")


async def test_a_formula_disagrees_and_the_list_stays(db: Settings) -> None:
    team = await a_team()
    worth = {"customer_level": 2, "business_level": 2}
    large = await a_ready_item(team, "Large", effort=8, **worth)
    await a_ready_item(team, "Unknown")
    small = await a_ready_item(team, "Small", effort=1, **worth)
    found = (await ask(ADVICE, id=global_id("Backlog", team.backlog)))["backlog"]
    assert found["orderDisagreements"] == [
        {"item": {"id": item_id(large)}, "rank": 1, "formulaRank": 3},
        {"item": {"id": item_id(small)}, "rank": 3, "formulaRank": 1},
    ]
    one: Any = await answer_to(
        ADVICE.replace("VALUE_EFFORT)", "VALUE_EFFORT, first: 1)"),
        {"id": global_id("Backlog", team.backlog)},
        team.bob,
    )
    assert one["data"]["backlog"]["orderDisagreements"] == found["orderDisagreements"][:1]
    cost = one["extensions"]["cost"]
    assert cost["actual"] == cost["requested"]
    assert await titles(team) == ["Large", "Unknown", "Small"]
