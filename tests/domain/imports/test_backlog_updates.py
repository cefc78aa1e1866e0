"""Tables tell of items that are known already, and of what items are made of elsewhere."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.backlog import READY, Team, a_ready_item, a_team, everything, titles
from tests.support.content import an_asset
from touchline.domain.backlog.exporting import exported
from touchline.domain.backlog.proposing import text_of
from touchline.domain.backlog.service import create_goal
from touchline.domain.backlog.types import CustomerValueKind, GoalKind, ItemKind
from touchline.domain.backlog.words import ItemText
from touchline.domain.backlog.working import launch_item, pull_item, submit_item
from touchline.domain.campaigns.service import CampaignText, create_campaign
from touchline.domain.conditions.tree import Did
from touchline.domain.content.service import translate_asset
from touchline.domain.content.writing import AssetText
from touchline.domain.imports.backlog_map import BacklogMap
from touchline.domain.imports.backlogs import BacklogReport, import_backlog
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused
from touchline.domain.segments.service import SegmentText, create_segment
from touchline.settings import Settings

FIRST = """reference,title,effort,hypothesis,customer value,depends on
a,One,3,They read it,2,nothing
b,Two,5,They read it,,a
"""


@pytest.fixture
async def team(db: Settings) -> Team:
    return await a_team()


async def brought(
    team: Team, folder: Path, text: str, known: BacklogMap | None = None, **how: Any
) -> BacklogReport:
    path = folder / "items.csv"
    path.write_text(text, encoding="utf-8", newline="")
    actor = how.pop("by", team.ada)
    return await import_backlog(actor, team.backlog, path, known or BacklogMap(), **how)


async def written() -> dict[str, ItemText]:
    rows = await fetch("SELECT id, title FROM backlog_item ORDER BY id")
    return {row["title"]: await text_of(row["id"]) for row in rows}


async def test_only_what_a_table_fills_in_of_known_items_changes(
    team: Team, tmp_path: Path
) -> None:
    await brought(team, tmp_path, FIRST)
    before = await written()
    await brought(team, tmp_path, FIRST, update=True)
    assert await written() == before

    again = (
        "reference,title,effort,customer value,depends on,state\n"
        "b,Two,8,,nothing,Done\n"
        "c,New,1,,b,\n"
        "a,One (better),,4,c,In progress\n"
    )
    look = await brought(team, tmp_path, again, update=True, dry_run=True)
    assert await written() == before
    report = await brought(team, tmp_path, again, update=True)
    for told in (look, report):
        assert (told.listed, told.known, told.changed, told.passed_over) == (1, 1, 1, 1)

    assert await titles(team) == ["One (better)", "Two", "New"]
    after = await written()
    new = (await fetch("SELECT id FROM backlog_item WHERE title = 'New'"))[0]["id"]
    assert after["One (better)"] == ItemText(
        "One (better)",
        ItemKind.CONTENT,
        effort=3,
        customer_kind=CustomerValueKind.SATISFACTION,
        customer_level=4,
        hypothesis="They read it",
        depends_on=(new,),
    )
    assert after["Two"] == before["Two"]  # what is done elsewhere is passed over
    lines = await fetch("SELECT kind, reason FROM backlog_log WHERE kind <> 'STATE' ORDER BY id")
    assert [tuple(line) for line in lines] == [
        ("EDIT", "title"),
        ("EDIT", "customer level"),
        ("DEPENDENCIES", None),
    ]


async def test_what_is_closed_stays_as_it_was_and_an_update_is_whole_or_not_at_all(
    team: Team, tmp_path: Path
) -> None:
    item = await a_ready_item(team, "Out", **{**READY, "effort": 1})
    await pull_item(team.bob, item)
    await submit_item(team.bob, item)
    await launch_item(team.bob, item, reason="It is an internal one")
    await brought(team, tmp_path, FIRST)
    before = await everything(team)
    update = f"reference,title\nBacklogItem_{item},Outside\n"
    report = await brought(team, tmp_path, update, update=True)
    assert (report.known, report.changed, report.was_written) == (1, 0, True)
    assert await everything(team) == before

    circular = "reference,title,depends on\na,One!,b\n"
    with pytest.raises(Refused) as refused:
        await brought(team, tmp_path, circular, update=True)
    assert refused.value.code == "DEPENDENCY_CYCLE"
    unknown = "reference,title,depends on\na,One!,z\n"
    report = await brought(team, tmp_path, unknown, update=True)
    assert [(bad.line, bad.column) for bad in report.bad] == [(2, "depends on")]
    with pytest.raises(Refused) as refused:
        await brought(team, tmp_path, "reference,title\na,One!\n", update=True, by=team.sue)
    assert refused.value.code == "ROLE_TAKES_NO_WORK"
    assert await everything(team) == before


async def test_what_an_item_is_for_and_made_of_comes_in_by_name_and_goes_out(
    team: Team, tmp_path: Path
) -> None:
    goal = await create_goal(SYSTEM, name="More pipeline", kind=GoalKind.GOAL)
    segment = (await create_segment(SYSTEM, SegmentText("Buyers"), Did(event="Bought"))).id
    campaign = await create_campaign(SYSTEM, CampaignText("Spring fair"))
    guide = await an_asset("Air guide", slug="air-guide", language="en")
    german = await translate_asset(SYSTEM, guide, "de", AssetText("Luft", "*Hallo*"))
    table = (
        "title,goal,segment,campaign,content assets\n"
        "Guide,more  PIPELINE,buyers,Spring Fair,air-guide/de; air-guide\n"
    )
    report = await brought(team, tmp_path, table)
    assert (report.bad, report.unused) == ([], [])
    text = (await written())["Guide"]
    assert (text.goal_id, text.segment_id, text.campaign_id) == (goal, segment, campaign)
    assert text.asset_ids == (german, guide)

    out = await exported(team.backlog)
    assert out.splitlines()[1].endswith(",Buyers,Spring fair,air-guide/de; air-guide")
    report = await brought(team, tmp_path, out.replace("title-", "again-"))
    assert (report.listed, report.bad) == (1, [])
    rows = await fetch("SELECT asset_ids, segment_id, campaign_id FROM backlog_item ORDER BY id")
    assert tuple(rows[0]) == tuple(rows[1])


async def test_a_row_is_told_all_of_its_faults(team: Team, tmp_path: Path) -> None:
    table = (
        "reference,title,kind,effort,customer value,confidence,metric,target,window days,state,"
        "order,segment,campaign,content assets\n"
        "a;b,,Fairy,4,6,x,SMILES,3,400,Nowhere,first,Nobody,None,no-such\n"
        "c,Fine,,,,,,,,,,,,\n"
        "d,No metric,,,9,,,7,,,,,,\n"
    )
    before = await everything(team)
    report = await brought(team, tmp_path, table)
    assert {(bad.line, bad.column, bad.code) for bad in report.bad} == {
        (2, "reference", "BAD_VALUE"),
        (2, "title", "TITLE_INVALID"),
        (2, "kind", "BAD_VALUE"),
        (2, "effort", "EFFORT_INVALID"),
        (2, "customer value", "LEVEL_INVALID"),
        (2, "confidence", "BAD_VALUE"),
        (2, "metric", "BAD_VALUE"),
        (2, "window days", "WINDOW_INVALID"),
        (2, "state", "BAD_VALUE"),
        (2, "order", "BAD_VALUE"),
        (2, "segment", "BAD_VALUE"),
        (2, "campaign", "BAD_VALUE"),
        (2, "content assets", "BAD_VALUE"),
        (4, "customer value", "LEVEL_INVALID"),
        (4, "metric", "TARGET_INVALID"),
    }
    assert [bad.line for bad in report.bad] == sorted(bad.line for bad in report.bad)
    assert not report.was_written
    assert await everything(team) == before

    unread = BacklogMap(columns=dict.fromkeys(("segment", "campaign", "content assets"), ""))
    report = await brought(team, tmp_path, "title,segment,campaign\nOne,Nobody,None\n", unread)
    assert (report.bad, report.unused) == ([], ["segment", "campaign"])
