"""``touchline recompute tags``, ``scores`` and ``stages``, and what ``doctor --verify`` finds."""

import asyncio
from pathlib import Path

from tests.support.cli import touchline
from tests.support.database_file import run_sql
from tests.support.judging import judge_all
from tests.support.rows import a_customer, a_touchpoint
from tests.support.scoring import run_tasks
from touchline.domain.conditions.tree import Did
from touchline.domain.conversions.definition import Definition, FixedValue
from touchline.domain.conversions.describing import GoalText
from touchline.domain.conversions.service import create_goal
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import close_database, open_database
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.service import create_model, publish_model
from touchline.domain.scoring.wording import ModelText, RuleText
from touchline.domain.stages.service import StageText, create_stage
from touchline.domain.tags import rules
from touchline.domain.tags.publishing import publish_rule
from touchline.domain.tags.service import TagText, create_tag
from touchline.settings import Settings

ORDERED = Did(event="Ordered")


async def _judged(folder: Path) -> None:
    await open_database(Settings(_env_file=None, data_dir=folder))
    try:
        await a_touchpoint(await a_customer(), name="Ordered")
        await a_customer()
        tag = await create_tag(SYSTEM, TagText("Buyer"))
        rule = await rules.create_rule(SYSTEM, tag, rules.RuleText("Bought", ORDERED))
        await publish_rule(SYSTEM, rule)
        await create_stage(SYSTEM, StageText("Customer", condition=ORDERED))
        text = ModelText("Maturity", [RuleText("Ordered", 5 * MICRO, ORDERED)])
        await publish_model(SYSTEM, await create_model(SYSTEM, text))
        await run_tasks()
        await judge_all()
    finally:
        await close_database()


def test_what_was_lost_of_tags_scores_and_stages_is_found_and_mended(tmp_path: Path) -> None:
    where = ("--data-dir", tmp_path, "--json")
    touchline("migrate", "--data-dir", tmp_path)
    asyncio.run(_judged(tmp_path))
    assert touchline("doctor", "--verify", "--data-dir", tmp_path).code == 0
    lost = [f"DELETE FROM {table}" for table in ("tag_hold", "customer_tag", "customer_stage")]
    run_sql(tmp_path, *lost, "UPDATE customer_score SET steady = 0", "DELETE FROM stale")

    told = touchline("doctor", "--verify", *where)
    parts = {part["part"]: part["state"] for part in told.parsed()["parts"]}
    assert told.code == 5
    assert parts["tags"] == "Bought: 1 customers differ"
    assert parts["stages"] == "1 customers stand elsewhere"
    assert parts["scores"] == "Maturity: 1 of 2 scores differ"

    assert touchline("recompute", "tags", *where).json() == [
        {"rule": "Bought", "customers": 1, "changed": 1},
        {"rule": None, "customers": 2, "changed": 0},
    ]
    assert touchline("recompute", "stages", *where).json() == {"moved": 1}
    assert touchline("recompute", "scores", "--model", "maturity", *where).json() == [
        {"model": "Maturity", "scores": 2, "changed": 1}
    ]
    assert touchline("doctor", "--verify", "--data-dir", tmp_path).code == 0
    unknown = touchline("recompute", "scores", "--model", "x", "--data-dir", tmp_path)
    assert unknown.code == 1
    assert unknown.err == "touchline: There is no model in force called x.\n"


async def _converted(folder: Path) -> None:
    await open_database(Settings(_env_file=None, data_dir=folder))
    try:
        await a_touchpoint(await a_customer(), name="Ordered")
        worth = Definition("Ordered", value=FixedValue(1_000, "EUR"))
        await create_goal(SYSTEM, GoalText("Orders", worth))
        await judge_all()
    finally:
        await close_database()


def test_what_was_lost_of_conversions_is_found_and_mended(tmp_path: Path) -> None:
    where = ("--data-dir", tmp_path, "--json")
    touchline("migrate", "--data-dir", tmp_path)
    asyncio.run(_converted(tmp_path))
    assert touchline("doctor", "--verify", "--data-dir", tmp_path).code == 0
    run_sql(tmp_path, "UPDATE conversion SET value_minor = 1", "DELETE FROM customer_value")

    told = touchline("doctor", "--verify", *where)
    parts = {part["part"]: part["state"] for part in told.parsed()["parts"]}
    assert told.code == 5
    assert parts["conversions"] == "Orders: 1 of 1 conversions differ"

    assert touchline("recompute", "conversions", *where).json() == [
        {"goal": "Orders", "conversions": 1, "changed": 1},
        {"goal": "Lifetime values", "conversions": 1, "changed": 0},
    ]
    assert touchline("doctor", "--verify", "--data-dir", tmp_path).code == 0
