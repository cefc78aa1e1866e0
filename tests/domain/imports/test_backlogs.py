"""Tables of items come into a backlog: in order, once, and whole or not at all."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.support.backlog import READY, Team, a_ready_item, a_team, an_item, everything, titles
from touchline.domain.backlog.bringing import find_backlog
from touchline.domain.backlog.deciding import accept_item
from touchline.domain.backlog.exporting import MARK, exported
from touchline.domain.backlog.ordering import move_item
from touchline.domain.backlog.service import break_glass, create_goal
from touchline.domain.backlog.types import CustomerValueKind, GoalKind, ItemKind
from touchline.domain.backlog.working import pull_item
from touchline.domain.imports.backlog_map import BacklogMap, read_backlog_map
from touchline.domain.imports.backlogs import BacklogReport, import_backlog
from touchline.domain.imports.errors import ImportRefused
from touchline.domain.kernel.actor import SYSTEM, Actor
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.sheets import shielded, unshielded
from touchline.settings import Settings

EXAMPLES = Path(__file__).parents[3] / "examples" / "backlog"
STATES = "SELECT title, state FROM backlog_item WHERE backlog_id = ? ORDER BY rank"


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "items.csv"
    path.write_text(text, encoding=encoding, newline="")
    return path


async def brought(
    actor: Actor, team: Team, path: Path, known: BacklogMap | None = None, **how: Any
) -> BacklogReport:
    return await import_backlog(actor, team.backlog, path, known or BacklogMap(), **how)


async def stands(team: Team) -> list[tuple[str, str]]:
    return [(row["title"], row["state"]) for row in await fetch(STATES, (team.backlog,))]


async def test_what_goes_out_comes_in_as_the_same_items_in_the_same_order(
    db: Settings, tmp_path: Path
) -> None:
    team, others = await a_team(), await a_team("Sales")
    goal = await create_goal(SYSTEM, name="Léads; more", kind=GoalKind.KPI)
    whole = {
        "kind": ItemKind.EXPERIMENT,
        "description": 'Two\nlines, a "quote"; and ünïcode',
        "customer_kind": CustomerValueKind.JOY,
        "customer_level": 3,
        "goal_id": goal,
        "business_level": 5,
        "urgency": 2,
        "confidence": 80,
        "target_milli": 12_500,
    }
    first = await a_ready_item(team, "=SUM(A1:A9)", **whole)
    await a_ready_item(team, "'=not a formula", depends_on=(first,))
    third = await a_ready_item(team, "-5 %, for all", effort=13)
    await an_item(team, "@someone", hypothesis="+1")
    await move_item(team.ada, third, after=None)

    table = await exported(team.backlog)
    report = await brought(others.ada, others, written(tmp_path, MARK + table))

    assert (report.listed, report.proposed, report.bad, report.unused) == (3, 1, [], [])
    assert await titles(others) == ["-5 %, for all", "=SUM(A1:A9)", "'=not a formula"]
    assert await stands(others) == await stands(team)
    assert await exported(others.backlog) == table
    semicolons = await exported(others.backlog, delimiter=";")
    again = await brought(others.ada, others, written(tmp_path, semicolons))
    assert (again.known, again.listed, again.proposed) == (4, 0, 0)


async def test_no_cell_that_goes_out_is_a_formula(db: Settings) -> None:
    team = await a_team()
    for title in ("=1+1", "+49 30", "-x", "@home", "'=1"):
        await an_item(team, title)
    rows = (await exported(team.backlog)).splitlines()[1:]
    assert [row.split(",")[1] for row in rows] == ["'=1+1", "'+49 30", "'-x", "'@home", "''=1"]


@given(some.text())
def test_a_shield_is_taken_off_as_it_was_put_on(text: str) -> None:
    assert unshielded(shielded(text)) == text
    assert shielded(text)[:1] not in tuple("=+-@\t\r\n")


async def test_the_same_table_comes_in_once_and_the_owners_order_stands(
    db: Settings, tmp_path: Path
) -> None:
    team = await a_team()
    path = written(tmp_path, "id,title\n7,One\n8,Two\n,Two\n,Two\n")
    assert (await brought(team.ada, team, path)).listed == 4
    two = (await fetch("SELECT id FROM backlog_item WHERE title = 'Two' ORDER BY id"))[0]["id"]
    await move_item(team.ada, two, after=None)
    before = await everything(team)
    again = await brought(team.ada, team, path)
    assert (again.known, again.listed, again.was_written) == (4, 0, True)
    assert await everything(team) == before
    longer = written(tmp_path, "id,title\n9,Three\n7,Renamed\n8,Two\n,Two\n,Two\n,Two\n")
    assert (await brought(team.ada, team, longer)).listed == 2
    assert await titles(team) == ["Two", "One", "Two", "Two", "Three", "Two"]
    own = global_id("BacklogItem", two)
    mine = written(tmp_path, f"reference,title\n{own},Anything\n")
    assert (await brought(team.ada, team, mine)).known == 1


async def test_order_comes_from_the_table_and_work_under_way_comes_on_top(
    db: Settings, tmp_path: Path
) -> None:
    team = await a_team()
    await a_ready_item(team, "Was here")
    table = (
        "Title\tPosition\tStatus\nThird\t10\tTo do\nFirst\t1.5\topen\nNo place\t\t\n"
        "Second\t2\tREADY\nBegun\t\tIn Progress\nMaybe\t1\tIdea\nOut\t0\tDone\n"
    )
    report = await brought(team.ada, team, written(tmp_path, table, "utf-16"))
    assert (report.rows, report.listed, report.proposed, report.passed_over) == (7, 5, 1, 1)
    assert await stands(team) == [
        ("Was here", "READY"),
        ("Begun", "BACKLOG"),
        ("First", "BACKLOG"),
        ("Second", "BACKLOG"),
        ("Third", "BACKLOG"),
        ("No place", "BACKLOG"),
        ("Maybe", "PROPOSED"),
    ]
    version = (await fetch("SELECT order_version FROM backlog"))[0]["order_version"]
    assert version == 2


async def test_only_who_may_do_as_the_owner_does_places_items(db: Settings, tmp_path: Path) -> None:
    team = await a_team()
    path = written(tmp_path, "id,title\n1,One\n2,Two\n")
    with pytest.raises(Refused) as refused:
        await brought(SYSTEM, team, path)
    assert refused.value.code == "NOT_A_MEMBER"
    assert await everything(team) == [(0,), (team.ada.member_id, 0)]
    report = await brought(team.sue, team, path)
    assert (report.may_list, report.listed, report.proposed) == (False, 0, 2)
    assert await stands(team) == [("One", "PROPOSED"), ("Two", "PROPOSED")]
    await break_glass(team.roy, team.backlog, reason="Nobody is here")
    more = written(tmp_path, "id,title\n3,Three\n")
    assert (await brought(team.roy, team, more)).listed == 1
    lines = await fetch("SELECT to_value, reason, mandate FROM backlog_log ORDER BY id")
    assert [tuple(line) for line in lines] == [
        ("PROPOSED", "Brought in", None),
        ("PROPOSED", "Brought in", None),
        ("BACKLOG", "Brought in", "BREAK_GLASS"),
    ]


BAD = """reference,title,kind,effort,customer value,confidence,metric,target,state,depends on
a,Good,Story,3,,,,,To do,
b,,Story,3,,,,,To do,
c,"Two
lines",Fairy,3,,,,,To do,
d,D,,4,,,,,To do,
e,E,,,6,,,,To do,
f,F,,,,101%,,,To do,
g,G,,,,,,3,To do,
h,H,,,,,SMILES,3,To do,
i,I,,,,,,,Nowhere,
a,Again,,,,,,,To do,
j,J,,,,,,,To do,d
k,K,,,,,,,To do,l
l,L,,,,,,,To do,k
m,M,,x,,,,,To do,
n,N,,,,,,,To do,z
o,O,,,,,,,To do,a; p
p,P,,,,,,,Done,
"""
PLACES = [
    (3, "title", "TITLE_INVALID"),
    (4, "kind", "BAD_VALUE"),
    (6, "effort", "EFFORT_INVALID"),
    (7, "customer value", "LEVEL_INVALID"),
    (8, "confidence", "LEVEL_INVALID"),
    (9, "metric", "TARGET_INVALID"),
    (10, "metric", "BAD_VALUE"),
    (11, "state", "BAD_VALUE"),
    (12, "reference", "BAD_VALUE"),
    (13, "depends on", "BAD_VALUE"),
    (14, "depends on", "BAD_VALUE"),
    (15, "depends on", "BAD_VALUE"),
    (16, "effort", "BAD_VALUE"),
    (17, "depends on", "BAD_VALUE"),
]


async def test_bad_rows_are_told_by_line_and_column_and_nothing_is_half_done(
    db: Settings, tmp_path: Path
) -> None:
    team = await a_team()
    before = await everything(team)
    path = written(tmp_path, BAD)
    for dry_run, skip_bad in ((False, False), (True, False), (True, True)):
        report = await brought(team.ada, team, path, dry_run=dry_run, skip_bad=skip_bad)
        assert [(bad.line, bad.column, bad.code) for bad in report.bad] == PLACES
        assert not report.was_written
        assert await everything(team) == before
    skipped = await brought(team.ada, team, path, skip_bad=True)
    assert (skipped.listed, skipped.passed_over, skipped.was_written) == (2, 1, True)
    assert await titles(team) == ["Good", "O"]
    rows = await fetch("SELECT id, depends_on FROM backlog_item ORDER BY id")
    assert str(rows[1]["depends_on"]).strip("[]") == str(rows[0]["id"])


@pytest.mark.parametrize(
    "name, table",
    [
        (
            "jira",
            (
                "\ufeffSummary;Issue key;Issue Type;Status;Custom field (Story Points);"
                "Labels;Labels\n"
                "Guide;MKT-1;Story;Selected for Development;5.0;a;b\n"
                "Fix links;MKT-2;Bug;In Progress;2.0;;\n"
                "Maybe;MKT-3;New Feature;Triage;;;\n"
                "Old;MKT-4;Task;Done;3;;\n"
            ),
        ),
        (
            "trello",
            (
                "Card ID,Card Name,Card URL,Card Description,Labels,Members,List Name\n"
                "1,Guide,https://trello.com/c/1,Write,red,ada,This week\n"
                "2,Fix links,https://trello.com/c/2,,,bob,Doing\n"
                "3,Maybe,https://trello.com/c/3,,,,Someday\n"
                "4,Old,https://trello.com/c/4,,,,Done\n"
            ),
        ),
    ],
)
async def test_tables_of_other_tools_come_in_by_their_maps(
    db: Settings, tmp_path: Path, name: str, table: str
) -> None:
    team = await a_team()
    known = read_backlog_map(EXAMPLES / f"{name}.toml")
    report = await brought(team.ada, team, written(tmp_path, table), known)
    assert (report.listed, report.proposed, report.passed_over, report.bad) == (2, 1, 1, [])
    assert await stands(team) == [
        ("Fix links", "BACKLOG"),
        ("Guide", "BACKLOG"),
        ("Maybe", "PROPOSED"),
    ]
    assert "Labels" in report.unused


async def test_what_comes_in_is_no_arrival_and_is_worked_on_as_any_other(
    db: Settings, tmp_path: Path
) -> None:
    team = await a_team()
    table = (
        "title,effort,hypothesis,metric,target,window,depends on\n"
        'Ready,3,They read,READS,"12,5",14 days,nothing\n'
    )
    await brought(team.ada, team, written(tmp_path, table))
    await accept_item(team.ada, await an_item(team, "Arrived", **READY))
    assert await stands(team) == [("Ready", "READY"), ("Arrived", "READY")]
    item = (await fetch("SELECT id FROM backlog_item WHERE title = 'Ready'"))[0]["id"]
    await pull_item(team.bob, item)
    arrivals = await fetch(
        "SELECT count(*) AS n FROM backlog_log WHERE from_value = 'PROPOSED'"
        " AND to_value = 'BACKLOG'"
    )
    assert arrivals[0]["n"] == 1


async def test_files_and_maps_that_cannot_be_used_are_refused(db: Settings, tmp_path: Path) -> None:
    team = await a_team()
    before = await everything(team)
    cases = [
        ("when,who\n1,2\n", None, "UNKNOWN_COLUMN"),
        ("title\nx\n", 'columns = { title = "Summary" }', "UNKNOWN_COLUMN"),
        ("title\nx\n", 'columns = { owner = "x" }', "MAP_INVALID"),
        ("title\nx\n", 'states = { Done = "GONE" }', "MAP_INVALID"),
        ("title\nx\n", 'kinds = { Bug = "FIX" }', "MAP_INVALID"),
        ("title\nx\n", "columns =", "MAP_NOT_READABLE"),
        ("", None, "FILE_HAS_NO_HEADER"),
        ("title\n" + "x\n" * 5_001, None, "FILE_NOT_READABLE"),
    ]
    for text, said, code in cases:
        (tmp_path / "map.toml").write_text(said or "")
        with pytest.raises(ImportRefused) as refused:
            await brought(
                team.ada, team, written(tmp_path, text), read_backlog_map(tmp_path / "map.toml")
            )
        assert refused.value.code == code
    with pytest.raises(Refused) as unknown:
        await find_backlog("Nothing")
    assert unknown.value.code == "BACKLOG_NOT_FOUND"
    assert await find_backlog(" MARKETING ") == team.backlog
    assert await find_backlog(global_id("Backlog", team.backlog)) == team.backlog
    assert await everything(team) == before
