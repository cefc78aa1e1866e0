"""The team of the demo and its backlog: the same acts as people's, at the moments of the year."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.support.events import arrive
from tests.support.judging import judge_all
from tests.support.operations import FIELD_BY_FIELD, ask
from touchline.demo.board import work_on_backlog
from touchline.demo.calendar import first_monday, last_sunday, midnight
from touchline.demo.companies import companies
from touchline.demo.groups import form_groups
from touchline.demo.library import open_library
from touchline.demo.people import people
from touchline.demo.script import acts
from touchline.demo.trials import CALCULATOR, POP_UP, trials
from touchline.demo.world import SEED
from touchline.domain.backlog.measuring import measure_due
from touchline.domain.kernel import clock
from touchline.domain.kernel.clock import DAY, parse_moment
from touchline.settings import Settings

END = date(2026, 11, 1)
ITEMS = """query ($states: [BacklogItemState!]) { backlogs(first: 1) { nodes {
  name owner { name }
  items(first: 60, states: $states) { nodes {
    title state kind campaign { name } segment { name } contentAssets { title }
    history { at actorName from to mandate }
    experiment { verdict verdictSentence arms { name exposures conversions } health { code } }
    measurement { source verdict measuredAt } basedOn { title } } } } } }"""
BACKLOGS = """{ backlogs(first: 1) { nodes { id } } }"""
ALL = (
    *("PROPOSED", "DECLINED", "DUPLICATE", "BACKLOG", "READY", "IN_PROGRESS", "IN_REVIEW"),
    *("LAUNCHED", "MEASURED", "DROPPED"),
)


async def begin(db: Settings, end: date = END) -> None:
    await open_library(db, end)
    await form_groups()


async def items() -> list[dict[str, Any]]:
    (backlog,) = (await ask(ITEMS, states=ALL))["backlogs"]["nodes"]
    found: list[dict[str, Any]] = backlog["items"]["nodes"]
    return found


async def test_the_backlog_is_played_once_and_its_log_holds_the_moments_of_the_year(
    db: Settings,
) -> None:
    await begin(db)
    before = clock.now()

    played = await work_on_backlog(END)
    again = await work_on_backlog(END)

    assert played is not None
    assert again is None
    assert clock.now() - before < DAY
    told = await items()
    assert played.items == len(told) == 45
    moments = [parse_moment(line["at"]) for item in told for line in item["history"]]
    assert midnight(first_monday(END)) < min(moments) < max(moments) < midnight(END)
    assert max(moments) - min(moments) > 12 * 7 * DAY
    assert played.forecast.startswith("At today's pace this backlog takes ")


async def test_every_state_and_sort_of_work_is_there_and_speaks_of_what_the_demo_holds(
    db: Settings,
) -> None:
    await begin(db)
    await work_on_backlog(END)

    told = await items()

    states = Counter(item["state"] for item in told)
    assert set(states) == set(ALL)
    assert (states["PROPOSED"], states["DECLINED"], states["DUPLICATE"], states["DROPPED"]) == (
        *(3, 3, 2),
        2,
    )
    assert states["LAUNCHED"] + states["MEASURED"] == 18
    assert {item["kind"] for item in told} == {
        *("EXPERIMENT", "CAMPAIGN", "CONTENT", "KEEP_THE_LIGHTS_ON")
    }
    assert len({item["campaign"]["name"] for item in told if item["campaign"]}) == 2
    assert len({item["segment"]["name"] for item in told if item["segment"]}) == 5
    assert sum(1 for item in told if item["contentAssets"]) >= 20
    lines = [line for item in told for line in item["history"]]
    assert "DELEGATION" in {line["mandate"] for line in lines}
    backwards = [one for one in lines if (one["from"], one["to"]) == ("IN_PROGRESS", "BACKLOG")]
    assert len(backwards) == 1


async def test_three_cycles_are_closed_and_one_is_open(db: Settings) -> None:
    await begin(db)
    await work_on_backlog(END)
    (backlog,) = (await ask(BACKLOGS))["backlogs"]["nodes"]

    told = await ask(
        """query ($id: ID!) { cycles(backlogId: $id, first: 5) { nodes {
          goal startsOn closedAt carriedOver { title } huddles { on }
          showcase { notes items { title } } improvement { action done } } } }""",
        id=backlog["id"],
    )

    cycles = told["cycles"]["nodes"]
    assert [cycle["startsOn"] for cycle in cycles] == [
        *("2026-10-26", "2026-10-12", "2026-09-28", "2026-09-14")
    ]
    assert [cycle["closedAt"] is None for cycle in cycles] == [True, False, False, False]
    assert all(cycle["huddles"] for cycle in cycles)
    assert all(cycle["showcase"]["items"] and cycle["improvement"] for cycle in cycles[1:])
    assert any(one["done"] for cycle in cycles for one in cycle["improvement"])
    assert any(cycle["carriedOver"] for cycle in cycles)


async def test_whoever_gives_no_end_finds_the_open_cycle_current(db: Settings) -> None:
    today = datetime.fromtimestamp(clock.now() / 1000, UTC).date()
    end = last_sunday(today)
    await begin(db, end)
    await work_on_backlog(end)
    document = "{ backlogs(first: 1) { nodes { currentCycle { startsOn endsOn } } } }"
    (backlog,) = (await ask(document))["backlogs"]["nodes"]
    cycle = backlog["currentCycle"]
    weekend = timedelta(days=2)
    assert date.fromisoformat(cycle["startsOn"]) <= today
    assert today <= date.fromisoformat(cycle["endsOn"]) + weekend


async def test_the_board_shows_when_windows_end_and_what_waits_is_measured_then(
    db: Settings,
) -> None:
    await begin(db)
    await work_on_backlog(END)
    document = """{ backlogs(first: 1) { nodes { inProgress { title }
      items(first: 60, states: [LAUNCHED]) { nodes { title experiment { window { to } } } } } } }"""

    told = await ask(document)

    assert await ask(document, engine=FIELD_BY_FIELD) == told
    (backlog,) = told["backlogs"]["nodes"]
    ends = {item["title"]: item["experiment"]["window"]["to"] for item in backlog["items"]["nodes"]}
    assert len(backlog["inProgress"]) == 3
    gxp = "Check the guide to GxP monitoring with an auditor"
    assert ends[gxp][:10] == "2026-12-03"
    assert await measure_due() == sum(parse_moment(end) <= clock.now() for end in ends.values())


async def test_an_experiment_reaches_its_verdict_by_what_people_were_sent_and_did(
    db: Settings,
) -> None:
    await begin(db)
    begins = CALCULATOR.begins(END)
    calls = [
        call.body
        for person in people(SEED, 1_500, companies(SEED))
        for call in trials(SEED, person, END, [])
        if call.sent_at > begins
    ]
    clinic = {"type": "group", "groupId": "clinic", "userId": "ann", "messageId": "clinic"}
    await arrive(db, *calls, {**clinic, "traits": {"industry": "Healthcare"}})
    await judge_all()

    played = await work_on_backlog(END)

    assert played is not None
    (item,) = [one for one in await items() if one["title"].startswith("Tell visitors")]
    shown = item["experiment"]
    assert (shown["verdict"], shown["health"]) == ("WORKED", [])
    assert shown["verdictSentence"].startswith("“Calculator” worked: ")
    assert [arm["name"] for arm in shown["arms"]] == ["Empty form", "Calculator"]
    assert min(arm["exposures"] for arm in shown["arms"]) > 200
    assert item["state"] == "MEASURED"
    assert item["measurement"]["source"] == "EXPERIMENT"
    assert item["measurement"]["measuredAt"][:10] == "2026-10-27"
    (next_one,) = [one for one in await items() if one["basedOn"]]
    assert next_one["state"] == "PROPOSED"
    assert next_one["basedOn"]["title"] == item["title"]
    assert next_one["title"].endswith("for Laboratories and clinics")
    assert dict(played.findings)["Subject of the winter mail"].startswith("Too early to say")


def test_acts_are_in_the_order_of_time_on_working_days_and_end_with_the_year() -> None:
    for end in (END, date(2026, 10, 14), date(2025, 3, 1)):
        told = acts(end)
        moments = [act.moment for act in told]
        assert moments == sorted(moments)
        assert midnight(first_monday(end)) < moments[0]
        assert moments[-1] < midnight(end)
        assert all((moment // DAY + 3) % 7 < 5 for moment in moments)


def test_people_are_split_evenly_and_do_what_is_hoped_for_as_it_is_said() -> None:
    seen: Counter[str] = Counter()
    for person in people(SEED, 2_000, companies(SEED)):
        for call in trials(SEED, person, END, []):
            properties = call.body.get("properties")
            if isinstance(properties, dict):
                seen[str(properties.get("formId") or properties.get("variation_name"))] += 1
    assert 2_000 * POP_UP.share * 0.4 < seen["Pop-up"] < 2_000 * POP_UP.share * 0.6
    assert 0.05 < seen["frm-newsletter"] / (seen["Pop-up"] + seen["Line below the text"]) < 0.13
    assert 0.1 < seen["frm-quote"] / (2_000 * CALCULATOR.share) < 0.3
