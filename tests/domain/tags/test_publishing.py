"""Bringing rules into force where customers are many: in the background, and all at once."""

import pytest

from tests.support.clock import SettableClock
from tests.support.dying import die_at, dies
from tests.support.events import arrive, customer_of
from tests.support.judging import judge_all
from tests.support.many import fill
from tests.support.operations import ask
from tests.support.scoring import run_tasks
from touchline.domain.conditions.tree import Condition, Did, HasTag, Not
from touchline.domain.identity import service as identity
from touchline.domain.kernel import jobs
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, now
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.ids import global_id
from touchline.domain.tags import publishing, rules, tagging
from touchline.domain.tags.bulk import tag_all
from touchline.domain.tags.deleting import delete_tag
from touchline.domain.tags.publishing import publish_rule, retire_rule
from touchline.domain.tags.rules import RuleText
from touchline.domain.tags.service import TagText, create_tag
from touchline.domain.tags.tagging import Pin
from touchline.domain.tags.upkeep import differences
from touchline.settings import Settings

pytestmark = pytest.mark.usefixtures("clock")

BOUGHT, LOOKED = Did(event="Bought"), Did(event="Looked")


async def does(settings: Settings, who: str, event: str) -> int:
    """Something happens; nobody judges it yet."""
    call = {"type": "track", "userId": who, "event": event, "messageId": f"{who}{event}"}
    await arrive(settings, call)
    return await customer_of("user_id", who)


async def drafted(name: str, condition: Condition, tag: int | None = None) -> tuple[int, int]:
    """A tag and the draft of a rule that sets it."""
    tag_id = tag or await create_tag(SYSTEM, TagText(name))
    return tag_id, await rules.create_rule(SYSTEM, tag_id, RuleText(name, condition))


async def tagged(tag_id: int) -> list[int]:
    rows = await fetch(
        "SELECT customer_id FROM customer_tag WHERE tag_id = ? AND is_on ORDER BY customer_id",
        (tag_id,),
    )
    return [row["customer_id"] for row in rows]


async def state(rule_id: int) -> tuple[str, int | None, int]:
    (row,) = await fetch("SELECT * FROM tag_rule WHERE id = ?", (rule_id,))
    return row["status"], row["published_version"], row["matched_count"]


async def status(task_id: int) -> str:
    (row,) = await fetch("SELECT status FROM task WHERE id = ?", (task_id,))
    return str(row["status"])


async def as_rebuilt() -> bool:
    """Whether all that stands is what a rebuild would make, and nothing is left of builds."""
    await judge_all()
    left = [
        row["customer_id"]
        for table in ("condition_found", "tag_weighed")
        for row in await fetch(f"SELECT customer_id FROM {table}")
    ]
    return left == [] and all(one.changed == 0 for one in await differences())


async def test_few_customers_are_tagged_at_once(db: Settings) -> None:
    ada = await does(db, "ada", "Bought")
    tag_id, rule_id = await drafted("Buyer", BOUGHT)
    task = await publish_rule(SYSTEM, rule_id)
    assert (await status(task), await state(rule_id)) == ("DONE", ("PUBLISHED", 1, 1))
    assert await tagged(tag_id) == [ada]
    assert await fetch("SELECT 1 FROM job WHERE kind = 'publish_tag_rule'") == []
    assert await as_rebuilt()


async def test_of_many_the_version_before_stands_until_the_next_is_whole(db: Settings) -> None:
    ada, bob = await does(db, "ada", "Bought"), await does(db, "bob", "Looked")
    tag_id, rule_id = await drafted("Buyer", BOUGHT)
    await publish_rule(SYSTEM, rule_id)
    await fill()
    zoe = await does(db, "zoe", "Bought")
    await judge_all()
    await rules.update_rule(SYSTEM, rule_id, RuleText("Buyer", LOOKED))
    task = await publish_rule(SYSTEM, rule_id)
    assert (await status(task), await state(rule_id)) == ("QUEUED", ("BUILDING", 1, 2))
    await die_at("tag_rules.step", publishing.bring(task), passes=2)
    assert (await status(task), await tagged(tag_id)) == ("RUNNING", [ada, zoe])
    with pytest.raises(Refused) as refused:
        await publish_rule(SYSTEM, rule_id)
    assert refused.value.code == "ALREADY_PUBLISHED"

    # Ada was looked at already, Zoe was not, Eve is new: none of it may be missed.
    late = [await does(db, who, "Looked") for who in ("ada", "zoe", "eve")]
    await judge_all()
    assert await tagged(tag_id) == [ada, zoe]
    await die_at("tag_rules.swapped", publishing.bring(task))
    assert (await state(rule_id), await tagged(tag_id)) == (("BUILDING", 1, 2), [ada, zoe])
    await publishing.bring(task)
    assert (await status(task), await state(rule_id)) == ("DONE", ("PUBLISHED", 2, 4))
    assert await tagged(tag_id) == sorted([bob, *late])
    (row,) = await fetch("SELECT customer_count AS kept FROM tag WHERE id = ?", (tag_id,))
    assert row["kept"] == 4
    assert await as_rebuilt()


async def test_a_later_publish_takes_the_place_of_one_under_way(db: Settings) -> None:
    ada = await does(db, "ada", "Bought")
    bob = await does(db, "bob", "Looked")
    await fill()
    tag_id, rule_id = await drafted("Buyer", BOUGHT)
    first = await publish_rule(SYSTEM, rule_id)
    await die_at("tag_rules.step", publishing.bring(first))
    await rules.update_rule(SYSTEM, rule_id, RuleText("Buyer", LOOKED))
    assert (await state(rule_id))[:2] == ("DRAFT", None)
    second = await publish_rule(SYSTEM, rule_id, expected_version=2)
    assert await status(first) == "CANCELLED"
    await publishing.bring(first)
    await run_tasks()
    assert (await status(second), await tagged(tag_id)) == ("DONE", [bob])
    assert (await state(rule_id), ada in await tagged(tag_id)) == (("PUBLISHED", 2, 1), False)
    assert await as_rebuilt()


async def test_what_is_written_meanwhile_stays_a_draft(db: Settings) -> None:
    ada = await does(db, "ada", "Bought")
    await fill()
    tag_id, rule_id = await drafted("Buyer", BOUGHT)
    task = await publish_rule(SYSTEM, rule_id)
    await rules.update_rule(SYSTEM, rule_id, RuleText("Buyer", LOOKED))
    await publishing.bring(task)
    assert (await state(rule_id), await tagged(tag_id)) == (("DRAFT", 1, 1), [ada])


async def test_a_rule_that_goes_takes_its_publish_along(db: Settings) -> None:
    await does(db, "ada", "Bought")
    await fill()
    tag_id, rule_id = await drafted("Buyer", BOUGHT)
    retired = await publish_rule(SYSTEM, rule_id)
    await die_at("tag_rules.step", publishing.bring(retired))
    await retire_rule(SYSTEM, rule_id)
    _, other = await drafted("Other", BOUGHT, tag_id)
    deleted = await publish_rule(SYSTEM, other)
    await die_at("tag_rules.step", publishing.bring(deleted))
    await delete_tag(SYSTEM, tag_id, force=True)
    for task in (retired, deleted):
        await publishing.bring(task)
        assert await status(task) == "CANCELLED"
    assert await tagged(tag_id) == []
    assert await as_rebuilt()


async def test_two_rules_on_their_way_may_not_depend_on_each_other(db: Settings) -> None:
    await fill()
    one = await create_tag(SYSTEM, TagText("One"))
    two = await create_tag(SYSTEM, TagText("Two"))
    _, first = await drafted("One", HasTag(two), one)
    _, second = await drafted("Two", HasTag(one), two)
    await publish_rule(SYSTEM, first)
    with pytest.raises(Refused) as refused:
        await publish_rule(SYSTEM, second)
    assert refused.value.code == "CONDITION_CYCLE"
    assert await state(second) == ("DRAFT", None, 0)


async def test_a_window_that_ends_during_the_work_is_not_missed(
    db: Settings, clock: SettableClock
) -> None:
    ada = await does(db, "ada", "Bought")
    await fill()
    tag_id, rule_id = await drafted("Buyer", Did(event="Bought", within=DAY))
    task = await publish_rule(SYSTEM, rule_id)
    await die_at("tag_rules.step", publishing.bring(task))
    clock.advance(DAY - 1)
    await judge_all()
    await publishing.bring(task)
    assert await tagged(tag_id) == [ada]
    clock.advance(1)
    await judge_all()
    assert await tagged(tag_id) == []


async def test_all_are_weighed_at_once_as_each_would_be(db: Settings, clock: SettableClock) -> None:
    people = {who: await does(db, who, "Bought") for who in "abcdefghij"}
    tag_id, rule_id = await drafted("Buyer", BOUGHT)
    _, other = await drafted("Looker", LOOKED, tag_id)
    _, follower = await drafted("Follower", HasTag(tag_id))
    for rule in (follower, other):
        await publish_rule(SYSTEM, rule)
    for who in "abc":
        await does(db, who, "Looked")
    await judge_all()
    clock.advance(1_000)
    for who, pin, expires_at in (
        ("d", Pin.OFF, None),
        ("e", Pin.ON, now() + DAY),
        ("f", Pin.ON, now() + 1),
    ):
        await tagging.pin_tag(
            SYSTEM, customer_id=people[who], tag_id=tag_id, pin=pin, expires_at=expires_at
        )
    for who in "gh":
        await tagging.add_tags(SYSTEM, customer_id=people[who], tag_ids=[tag_id])
    await tagging.remove_tags(SYSTEM, customer_id=people["h"], tag_ids=[tag_id])
    await identity.merge(SYSTEM, survivor_id=people["i"], absorbed_id=people["g"])
    await judge_all()
    clock.advance(2)
    await publish_rule(SYSTEM, rule_id)
    assert await as_rebuilt()
    await rules.update_rule(SYSTEM, rule_id, RuleText("Buyer", Not(LOOKED)))
    await publish_rule(SYSTEM, rule_id)
    assert await as_rebuilt()
    await retire_rule(SYSTEM, rule_id)
    assert await as_rebuilt()
    assert (await tag_all(SYSTEM, condition=BOUGHT, tag_ids=[tag_id])) > 0
    await run_tasks()
    await retire_rule(SYSTEM, other)
    assert await as_rebuilt()


RULE = """query ($id: ID!) { tagRule(id: $id) {
  status version publishedVersion recompute { status error } } }"""


async def test_a_publish_that_was_given_up_has_failed_and_is_begun_anew(
    db: Settings, clock: SettableClock
) -> None:
    ada = await does(db, "ada", "Bought")
    await fill()
    tag_id, rule_id = await drafted("Buyer", BOUGHT)
    first = await publish_rule(SYSTEM, rule_id)
    await die_at("tag_rules.step", publishing.bring(first))
    await dies(clock, publishing.PUBLISH, "OSError: disk full")
    shown = (await ask(RULE, id=global_id("TagRule", rule_id)))["tagRule"]
    error = {"status": "FAILED", "error": "OSError: disk full"}
    assert shown.pop("recompute") == error
    assert shown == {"status": "FAILED", "version": 1, "publishedVersion": None}
    assert await tagged(tag_id) == []
    await publish_rule(SYSTEM, rule_id)
    assert (await status(first), (await state(rule_id))[0]) == ("CANCELLED", "BUILDING")
    for job in await jobs.claim([publishing.PUBLISH], 9):
        await publishing.bring(job.payload["task"])
        await jobs.finish(job)
    assert (await state(rule_id), await tagged(tag_id)) == (("PUBLISHED", 1, 1), [ada])
    assert await as_rebuilt()
