"""How a team's estimates compare with what came, as its members see it."""

from typing import Any

from tests.support.backlog import Team, a_ready_item, a_team
from tests.support.clock import SettableClock
from tests.support.content import a_published_asset
from tests.support.events import arrive
from tests.support.judging import judge_all
from tests.support.operations import FIELD_BY_FIELD, ask
from tests.support.performance import a_read
from tests.support.worker import MEASURING, worked_off
from touchline.domain.backlog.working import launch_item, pull_item, submit_item
from touchline.domain.kernel.clock import DAY, format_moment
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

CALIBRATION = """query ($id: ID!) { backlog(id: $id) { calibration { fewest
  efforts { effort itemCount medianCycleDays ratio }
  customerValue { level itemCount workedShare } businessValue { level itemCount workedShare }
  targets { itemCount reachedShare medianAttainment }
  forecast { count expected actual ratio } cycles { count expected actual ratio } sentence } } }"""


async def calibration(team: Team) -> Any:
    key = global_id("Backlog", team.backlog)
    found = (await ask(CALIBRATION, id=key))["backlog"]
    assert (await ask(CALIBRATION, id=key, engine=FIELD_BY_FIELD))["backlog"] == found
    return found["calibration"]


async def test_a_team_sees_how_its_estimates_compare_with_what_came(
    db: Settings, clock: SettableClock
) -> None:
    team = await a_team()
    nothing = await calibration(team)
    assert nothing["sentence"] == "There is too little to go by: nothing is said of fewer than 5."
    assert (nothing["efforts"], nothing["targets"]["itemCount"]) == ([], 0)
    asset = await a_published_asset("Air")
    for effort in (1, 1, 1, 1, 1, 2):
        worth: dict[str, Any] = {"customer_level": 5, "business_level": effort}
        item = await a_ready_item(
            team, asset_ids=[asset], target_milli=2_000, window_days=3, effort=effort, **worth
        )
        await pull_item(team.bob, item)
        clock.advance(effort * DAY)
        await submit_item(team.bob, item)
        await launch_item(team.bob, item)
        if effort == 1:
            at = format_moment(clock())
            await arrive(db, a_read("air", "ann", at), a_read("air", "bob", at))
            await judge_all()
        clock.advance(7 * DAY)
        await worked_off(*MEASURING)
    found = await calibration(team)
    assert found["fewest"] == 5
    assert found["efforts"] == [
        {"effort": 1, "itemCount": 5, "medianCycleDays": 1.0, "ratio": 1.0},
        {"effort": 2, "itemCount": 1, "medianCycleDays": None, "ratio": None},
    ]
    assert found["customerValue"] == [{"level": 5, "itemCount": 6, "workedShare": 5 / 6}]
    assert found["businessValue"] == [
        {"level": 1, "itemCount": 5, "workedShare": 1.0},
        {"level": 2, "itemCount": 1, "workedShare": None},
    ]
    assert found["targets"] == {"itemCount": 6, "reachedShare": 5 / 6, "medianAttainment": 1.0}
    assert found["forecast"] == {"count": 1, "expected": None, "actual": None, "ratio": None}
    assert found["cycles"]["count"] == 0
    assert found["sentence"] == (
        "Items take as long as their sizes say; 83% of 6 targets were reached."
    )
