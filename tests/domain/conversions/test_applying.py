"""A goal of many customers: counted in the background, kept true meanwhile, and shown whole."""

import pytest

from tests.support.dying import die_at
from tests.support.events import arrive
from tests.support.judging import judge_all
from touchline.domain.conditions import building
from touchline.domain.conversions import applying
from touchline.domain.conversions.definition import Counting, Definition, FixedValue
from touchline.domain.conversions.describing import GoalText
from touchline.domain.conversions.service import archive_goal, create_goal, update_goal
from touchline.domain.conversions.upkeep import differences
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch
from touchline.domain.tasks.service import TaskStatus
from touchline.settings import Settings

WORTH = FixedValue(1_000, "EUR")
EACH = GoalText("Orders", Definition("Ordered", value=WORTH))
ONCE = GoalText("Orders", Definition("Ordered", counting=Counting.ONCE, value=WORTH))


@pytest.fixture(autouse=True)
def by_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every customer is one too many to be done at once, and looked at by itself."""
    monkeypatch.setattr(building, "AT_ONCE_UP_TO", 0)
    monkeypatch.setattr(building, "LOOKED_AT_ONCE", 1)


async def does(db: Settings, who: str, number: int) -> None:
    call = {"type": "track", "userId": who, "event": "Ordered", "messageId": f"{who}{number}"}
    await arrive(db, call)
    await judge_all()


async def count() -> int:
    (row,) = await fetch("SELECT count(*) AS found FROM conversion")
    return int(row["found"])


async def status(task: int | None) -> str:
    (row,) = await fetch("SELECT status FROM task WHERE id = ?", (task,))
    return str(row["status"])


async def killed_after_one_step(task: int | None) -> None:
    await die_at("conversions.step", applying.go_on(task or 0))


async def test_what_happens_on_the_way_counts_and_nothing_is_shown_before_all_is(
    db: Settings,
) -> None:
    for who in ("ada", "bob", "cyd"):
        await does(db, who, 1)
    made = await create_goal(SYSTEM, EACH)
    assert await status(made.task_id) == TaskStatus.QUEUED
    await killed_after_one_step(made.task_id)
    await does(db, "ada", 2)  # was looked at already
    await does(db, "cyd", 2)  # is looked at later
    await does(db, "eve", 1)  # is new
    assert await count() == 0
    await applying.go_on(made.task_id or 0)
    assert await status(made.task_id) == TaskStatus.DONE
    assert await count() == 6
    await judge_all()
    assert await differences() == []
    assert await fetch("SELECT 1 FROM conversion_staged") == []


async def test_the_version_before_stands_until_the_next_is_whole(db: Settings) -> None:
    await does(db, "ada", 1)
    await does(db, "bob", 1)
    made = await create_goal(SYSTEM, EACH)
    await applying.go_on(made.task_id or 0)
    await does(db, "ada", 2)
    ids = [row[0] for row in await fetch("SELECT id FROM conversion ORDER BY id")]
    changed = await update_goal(SYSTEM, made.id, ONCE)
    await killed_after_one_step(changed.task_id)
    await does(db, "ada", 3)
    assert await count() == 4
    again = await update_goal(SYSTEM, made.id, EACH, expected_version=2)
    assert await status(changed.task_id) == TaskStatus.CANCELLED
    await applying.go_on(changed.task_id or 0)  # does nothing
    await applying.go_on(again.task_id or 0)
    assert await count() == 4
    last = await update_goal(SYSTEM, made.id, ONCE)
    await applying.go_on(last.task_id or 0)
    assert [row[0] for row in await fetch("SELECT id FROM conversion ORDER BY id")] == ids[:2]
    await judge_all()
    assert await differences() == []
    (goal,) = await fetch("SELECT version, building_version FROM conversion_goal")
    assert (goal["version"], goal["building_version"]) == (4, None)


async def test_a_goal_that_is_archived_on_the_way_does_not_get_there(db: Settings) -> None:
    await does(db, "ada", 1)
    made = await create_goal(SYSTEM, EACH)
    await archive_goal(SYSTEM, made.id)
    await applying.go_on(made.task_id or 0)
    assert await status(made.task_id) == TaskStatus.CANCELLED
    assert await count() == 0
    assert await differences() == []
