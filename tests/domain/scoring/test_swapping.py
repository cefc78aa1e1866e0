"""A publish swaps builds without touching customers, and tells of it bit by bit."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.support.events import arrive, customer_of
from tests.support.judging import judge_all
from tests.support.scoring import run_tasks
from touchline.domain.conditions.tree import Did
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.crash import use_crash_hook
from touchline.domain.kernel.db import fetch
from touchline.domain.scoring import announcing, building, service
from touchline.domain.scoring.bands import Band
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.upkeep import keep
from touchline.domain.scoring.wording import ModelText, RuleText
from touchline.settings import Settings

pytestmark = pytest.mark.usefixtures("clock")

PEOPLE = "abcde"
HISTORY = "SELECT customer_id, version, value, cause FROM score_change ORDER BY id"
SHOWN = (
    "SELECT s.customer_id, s.steady, b.version FROM customer_score s"
    " JOIN scoring_model m ON m.build_id = s.build_id"
    " JOIN scoring_build b ON b.id = m.build_id ORDER BY 1"
)


class Killed(Exception):
    """A process that dies."""


@asynccontextmanager
async def dying(at: str) -> AsyncIterator[None]:
    """Die at the first crash point of this name."""

    def die(name: str) -> None:
        if name == at:
            raise Killed

    use_crash_hook(die)
    try:
        with pytest.raises(Killed):
            yield
    finally:
        use_crash_hook(None)


def model(points: int) -> ModelText:
    rules = [
        RuleText("Signed", points * MICRO, Did(event="Signed")),
        RuleText("Clicked", MICRO, Did(event="Clicked")),
    ]
    return ModelText("Maturity", rules, (Band("Cold", 0), Band("Hot", 50 * MICRO)))


async def did(db: Settings, who: str, event: str) -> int:
    key = f"{who} {event}"
    await arrive(db, {"type": "track", "event": event, "userId": who, "messageId": key})
    await judge_all()
    return await customer_of("user_id", who)


async def published(db: Settings) -> tuple[int, list[int]]:
    """The model, and five people with 20 points."""
    model_id = await service.create_model(SYSTEM, model(20))
    await service.publish_model(SYSTEM, model_id)
    await run_tasks()
    return model_id, [await did(db, who, "Signed") for who in PEOPLE]


async def next_version(model_id: int, points: int) -> int:
    await service.update_model(SYSTEM, model_id, model(points))
    return await service.publish_model(SYSTEM, model_id)


async def shown() -> list[tuple[int, float, int]]:
    rows = await fetch(SHOWN)
    return [(row["customer_id"], row["steady"] / MICRO, row["version"]) for row in rows]


async def history(version: int) -> list[tuple[int, float, str]]:
    rows = [row for row in await fetch(HISTORY) if row["version"] == version]
    return [(row["customer_id"], row["value"] / MICRO, row["cause"]) for row in rows]


async def test_all_are_told_once_however_often_the_telling_dies(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "TOLD_AT_ONCE", 2)
    model_id, people = await published(db)
    task = await next_version(model_id, 60)
    async with dying("scores.swapped"):
        await building.recompute(task)
    assert await shown() == [(one, 20, 1) for one in people]
    async with dying("scores.told"):
        await building.recompute(task)
    assert await shown() == [(one, 60, 2) for one in people]
    assert await history(2) == [(one, 60, "PUBLISHED") for one in people[:2]]
    first, last = await did(db, "a", "Clicked"), await did(db, "e", "Clicked")
    assert await history(2) == [
        *((one, 60, "PUBLISHED") for one in people[:2]),
        (first, 61, "EVENT"),
    ]
    await run_tasks()
    assert await history(2) == [
        *((one, 60, "PUBLISHED") for one in people[:2]),
        (first, 61, "EVENT"),
        *((one, 60, "PUBLISHED") for one in people[2:4]),
        (last, 61, "PUBLISHED"),
    ]
    (left,) = await fetch("SELECT count(*) AS n FROM scoring_build")
    assert left["n"] == 1


async def test_another_version_comes_into_force_after_all_were_told_of_the_one_before(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "TOLD_AT_ONCE", 2)
    model_id, people = await published(db)
    task = await next_version(model_id, 60)
    async with dying("scores.told"):
        await building.recompute(task)
    await building.recompute(await next_version(model_id, 70))
    assert await shown() == [(one, 70, 3) for one in people]
    for version, points in ((2, 60), (3, 70)):
        assert await history(version) == [(one, points, "PUBLISHED") for one in people]


async def test_upkeep_tells_what_a_task_that_was_given_up_left(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "TOLD_AT_ONCE", 2)
    model_id, people = await published(db)
    task = await next_version(model_id, 60)
    async with dying("scores.told"):
        await building.recompute(task)
    await keep()
    assert await history(2) == [(one, 60, "PUBLISHED") for one in people]


async def test_a_model_retired_before_all_were_told_leaves_nothing_behind(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "TOLD_AT_ONCE", 2)
    model_id, _ = await published(db)
    task = await next_version(model_id, 60)
    async with dying("scores.told"):
        await building.recompute(task)
    await service.retire_model(SYSTEM, model_id)
    await run_tasks()
    for table in ("customer_score", "scoring_build", "wake"):
        (row,) = await fetch(f"SELECT count(*) AS n FROM {table}")
        assert row["n"] == 0, table


async def test_who_is_to_be_woken_is_known_at_the_swap(db: Settings) -> None:
    model_id, people = await published(db)
    fading = ModelText("Maturity", model(60).rules, model(60).bands, half_life=DAY)
    await service.update_model(SYSTEM, model_id, fading)
    await building.recompute(await service.publish_model(SYSTEM, model_id))
    rows = await fetch(
        "SELECT w.customer_id FROM wake w JOIN scoring_model m"
        " ON w.owner = 'score_build:' || m.build_id ORDER BY 1"
    )
    assert [row["customer_id"] for row in rows] == people
