"""The history of an item tells of titles and names, never of the keys of rows."""

from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from tests.support.backlog import Team, a_ready_item, a_team, an_item
from tests.support.operations import ask
from touchline.domain.backlog.ordering import move_item
from touchline.domain.backlog.proposing import revise_item, text_of
from touchline.domain.backlog.service import create_goal
from touchline.domain.backlog.types import GoalKind
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.rows import insert_rows
from touchline.settings import Settings

HISTORY = "query ($id: ID!) { backlogItem(id: $id) { history { kind from to reason } } }"


@pytest.fixture
async def team(db: Settings) -> Team:
    return await a_team()


async def history(item: int) -> list[tuple[Any, ...]]:
    """All but steps from state to state."""
    answer = await ask(HISTORY, id=global_id("BacklogItem", item))
    lines = answer["backlogItem"]["history"]
    return [tuple(one.values()) for one in lines if one["kind"] != "STATE"]


async def rewritten(team: Team, item: int, **written: Any) -> tuple[Any, ...]:
    await revise_item(team.bob, item, replace(await text_of(item), **written))
    return (await history(item))[-1]


async def test_a_move_names_the_item_behind_which_one_goes(team: Team) -> None:
    one, two = [await a_ready_item(team, title) for title in ("One", "Two")]
    await move_item(team.ada, one, after=two, reason="The fair is near")
    await move_item(team.ada, one, after=None)
    assert (await history(one))[-2:] == [
        ("ORDER", None, "behind “Two”", "The fair is near"),
        ("ORDER", None, "the top", None),
    ]
    kept = await fetch("SELECT to_value FROM backlog_log WHERE kind = 'ORDER' ORDER BY id")
    assert [row["to_value"] for row in kept] == [f"behind {two}", "the top"]


async def test_what_an_item_waits_for_is_told_by_titles(team: Team) -> None:
    first, second, item = [await an_item(team, title) for title in ("First", "Second", "Third")]
    told = await rewritten(team, item, depends_on=(second, first))
    assert told == ("DEPENDENCIES", None, "“Second”, “First”", None)
    told = await rewritten(team, item, depends_on=())
    assert told == ("DEPENDENCIES", "“Second”, “First”", "nothing", None)
    told = await rewritten(team, item, depends_on=None)
    assert told == ("DEPENDENCIES", "nothing", None, None)


async def test_what_is_written_anew_is_told_as_people_call_it(team: Team) -> None:
    item = await an_item(team)
    goal = await create_goal(SYSTEM, name="More pipeline", kind=GoalKind.GOAL)
    assert await rewritten(team, item, goal_id=goal) == ("EDIT", None, "More pipeline", "goal")
    await rewritten(team, item, metric="READS", target_milli=12_500)
    assert (await history(item))[-2:] == [
        ("EDIT", None, "READS", "metric"),
        ("EDIT", None, "12.5", "target"),
    ]
    assert await rewritten(team, item, effort=5) == ("ESTIMATE", None, "5", None)


async def test_lines_that_were_written_with_keys_tell_of_names_after_the_migration(
    team: Team,
) -> None:
    one, two = [await an_item(team, title) for title in ("One", "Two")]
    goal = await create_goal(SYSTEM, name="More pipeline", kind=GoalKind.GOAL)
    lines = [
        ("ORDER", None, f"behind {two}", "by proposal 3 of Ada"),
        ("ORDER", None, "the top", "VALUE_EFFORT, by proposal 3"),
        ("DEPENDENCIES", "[]", f"[{two}]", None),
        ("DEPENDENCIES", f"[{one},{two}]", "[987654]", None),
        ("EDIT", None, str(goal), "goal id"),
        ("EDIT", "Two", "3", "title"),
        ("SUGGESTION", "longer:1", "PROPOSED", "Run it longer"),
        ("SUGGESTION", "again:1", "DECLINED", "Not now"),
    ]
    columns = ["kind", "from_value", "to_value", "reason", "backlog_id", "item_id", "actor_name"]
    who = (team.backlog, one, "Ada")
    rows = [(*line, *who, at) for at, line in enumerate(lines)]
    await execute("DELETE FROM backlog_log")
    await insert_rows("backlog_log", [*columns, "logged_at"], rows)
    for _ in range(2):
        await _migrate_lines()
    assert await history(one) == [
        ("ORDER", None, "behind “Two”", "by proposal 3 of Ada"),
        ("ORDER", None, "the top", "VALUE_EFFORT, by proposal BacklogOrderProposal_3"),
        ("DEPENDENCIES", "nothing", "“Two”", None),
        ("DEPENDENCIES", "“One”, “Two”", "nothing", None),
        ("EDIT", None, "More pipeline", "goal"),
        ("EDIT", "Two", "3", "title"),
        ("SUGGESTION", "Run it longer", "PROPOSED", "Run it longer"),
        ("SUGGESTION", None, "DECLINED", "Not now"),
    ]
    kept = await fetch("SELECT kind, from_value, to_value FROM backlog_log ORDER BY logged_at")
    assert [tuple(row) for row in kept] == [line[:3] for line in lines]


async def _migrate_lines() -> None:
    migration = import_module("touchline.domain.migrations.0048_history_by_names").Migration
    for step in migration.operations:
        if hasattr(step, "sql"):
            await execute(step.sql)
