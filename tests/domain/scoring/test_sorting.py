"""Lists by score show one version whole, whatever dies, and no transaction writes them all."""

import pytest

from tests.support.events import arrive, customer_of
from tests.support.judging import judge_all
from tests.support.many import did, fill
from tests.support.scoring import run_tasks
from touchline.domain.conditions.tree import Did
from touchline.domain.customers import lists
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.crash import use_crash_hook
from touchline.domain.kernel.db import fetch
from touchline.domain.scoring import announcing, building, ending, service, sorting
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.primary import make_primary
from touchline.domain.scoring.wording import ModelText, RuleText
from touchline.domain.tags import lists as lists_by_tag
from touchline.domain.tags import rules
from touchline.domain.tags.publishing import publish_rule
from touchline.domain.tags.service import TagText, create_tag
from touchline.settings import Settings

pytestmark = pytest.mark.usefixtures("clock")

CUSTOMERS, AT_ONCE, POINTS = 60, 10, 10 * MICRO
DID = {"Bought": 2, "Looked": 3}
GROWING = ("customer_score", "customer_rank", "tag_rank", "score_change", "stale", "wake")
LISTED = (
    "SELECT r.customer_id, r.rank FROM customer_rank r"
    " JOIN customer_list l ON l.id = r.list_id WHERE l.is_shown = TRUE"
)
LISTED_BY_TAG = (
    "SELECT r.customer_id, r.rank FROM tag_rank r"
    " JOIN customer_list l ON l.id = r.list_id WHERE l.is_shown = TRUE"
)


class Killed(Exception):
    """A process that dies."""


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "AT_ONCE", AT_ONCE)
    monkeypatch.setattr(sorting, "SORTED_AT_ONCE", AT_ONCE)
    monkeypatch.setattr(announcing, "TOLD_AT_ONCE", AT_ONCE)
    monkeypatch.setattr(ending, "FORGET_AT_ONCE", AT_ONCE)
    monkeypatch.setattr(lists, "FORGOTTEN_AT_ONCE", AT_ONCE)
    monkeypatch.setattr(lists_by_tag, "FORGOTTEN_AT_ONCE", AT_ONCE)


async def populate() -> None:
    """Every second bought and has a tag, every third looked."""
    await fill(CUSTOMERS)
    for event, each in DID.items():
        await did(event, each)
    tag = await create_tag(SYSTEM, TagText("Buyer"))
    rule = rules.RuleText("Buyers", Did(event="Bought"))
    await publish_rule(SYSTEM, await rules.create_rule(SYSTEM, tag, rule))


def model(event: str, name: str = "Interest") -> ModelText:
    return ModelText(name, [RuleText("Did", POINTS, Did(event=event))])


async def in_force(event: str, name: str = "Interest") -> int:
    model_id = await service.create_model(SYSTEM, model(event, name))
    await service.publish_model(SYSTEM, model_id)
    await run_tasks()
    return model_id


def ranks(event: str) -> dict[int, int]:
    return {one: 0 if one % DID[event] else POINTS for one in range(1, CUSTOMERS + 1)}


async def assert_sorted_by(event: str) -> None:
    expected = ranks(event)
    assert {row["customer_id"]: row["rank"] for row in await fetch(LISTED)} == expected
    tagged = {row["customer_id"]: row["rank"] for row in await fetch(LISTED_BY_TAG)}
    assert tagged == {one: rank for one, rank in expected.items() if one % 2 == 0}


async def version() -> str:
    (row,) = await fetch("SELECT published_version FROM scoring_model")
    return "Bought" if row["published_version"] == 1 else "Looked"


async def sizes() -> dict[str, int]:
    found = {}
    for table in GROWING:
        (row,) = await fetch(f"SELECT count(*) AS n FROM {table}")
        found[table] = row["n"]
    return found


def die(name: str) -> None:
    if name.startswith("scores.") and name != "scores.swapped":
        raise Killed


async def test_every_step_of_a_publish_is_bounded_and_leaves_one_version_whole(
    db: Settings,
) -> None:
    await populate()
    model_id = await in_force("Bought")
    await assert_sorted_by("Bought")
    await service.update_model(SYSTEM, model_id, model("Looked"))
    await service.publish_model(SYSTEM, model_id)
    steps, before, seen = 0, await sizes(), set()
    finished = False
    while not finished:
        use_crash_hook(die)
        try:
            await run_tasks()
            finished = True
        except Killed:
            steps += 1
        finally:
            use_crash_hook(None)
        after = await sizes()
        moved = {table: abs(after[table] - before[table]) for table in GROWING}
        assert max(moved.values()) <= 2 * AT_ONCE, moved
        before = after
        seen.add(await version())
        await assert_sorted_by(await version())
    assert seen == {"Bought", "Looked"}
    assert steps >= 4 * CUSTOMERS // AT_ONCE
    assert before["customer_score"] == before["customer_rank"] == CUSTOMERS
    assert len(await fetch("SELECT id FROM customer_list")) == 1


async def test_what_happens_while_a_list_is_made_is_in_it(db: Settings) -> None:
    await populate()
    model_id = await in_force("Bought")
    await service.update_model(SYSTEM, model_id, model("Looked"))
    task = await service.publish_model(SYSTEM, model_id)

    def die_sorting(name: str) -> None:
        if name == "scores.sorting":
            raise Killed

    use_crash_hook(die_sorting)
    for _ in range(3):
        with pytest.raises(Killed):
            await building.recompute(task)
    use_crash_hook(None)
    for who in ("new", "other"):
        call = {"type": "track", "event": "Looked", "userId": who, "messageId": who}
        await arrive(db, call)
    await judge_all()
    ids = [await customer_of("user_id", who) for who in ("new", "other")]
    shown = {row["customer_id"]: row["rank"] for row in await fetch(LISTED)}
    assert [shown[one] for one in ids] == [0, 0]
    await run_tasks()
    shown = {row["customer_id"]: row["rank"] for row in await fetch(LISTED)}
    assert shown == ranks("Looked") | dict.fromkeys(ids, POINTS)


async def test_another_primary_model_sorts_lists_in_one_step(db: Settings) -> None:
    await populate()
    await in_force("Bought")
    other = await in_force("Looked", "Attention")
    await assert_sorted_by("Bought")
    task = await make_primary(SYSTEM, other)
    use_crash_hook(die)
    with pytest.raises(Killed):
        await run_tasks()
    use_crash_hook(None)
    await assert_sorted_by("Bought")
    await run_tasks()
    await assert_sorted_by("Looked")
    (row,) = await fetch("SELECT status FROM task WHERE id = ?", (task,))
    assert row["status"] == "DONE"
    assert len(await fetch("SELECT id FROM customer_list")) == 1
