"""Working segments out where customers are many: in the background, and all at once."""

import pytest

from tests.support.dying import die_at
from tests.support.events import arrive, customer_of
from tests.support.judging import judge_all
from tests.support.many import TOO_MANY, fill
from tests.support.scoring import run_tasks
from touchline.domain.conditions.tree import Condition, Did, HasTag, InSegment, Not
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Conflict
from touchline.domain.segments import service, working_out
from touchline.domain.segments.building import member_ids
from touchline.domain.segments.service import SegmentText, Written
from touchline.domain.segments.verifying import differences
from touchline.domain.tags.publishing import publish_rule
from touchline.domain.tags.rules import RuleText, create_rule
from touchline.domain.tags.service import TagText, create_tag
from touchline.settings import Settings

pytestmark = pytest.mark.usefixtures("clock")

BOUGHT, LOOKED = Did(event="Bought"), Did(event="Looked")
BUYERS = SegmentText("Buyers")


async def does(settings: Settings, who: str, event: str) -> int:
    """Something happens; nobody judges it yet."""
    call = {"type": "track", "userId": who, "event": event, "messageId": f"{who}{event}"}
    await arrive(settings, call)
    return await customer_of("user_id", who)


async def made(condition: Condition, *, is_static: bool = False) -> tuple[int, int]:
    written = await service.create_segment(SYSTEM, BUYERS, condition, is_static=is_static)
    return known(written)


def known(written: Written) -> tuple[int, int]:
    assert written.task_id is not None
    return written.id, written.task_id


async def shown(segment: int) -> tuple[int, int | None, int]:
    (row,) = await fetch("SELECT * FROM segment WHERE id = ?", (segment,))
    return row["version"], row["building_version"], row["member_count"]


async def status(task_id: int) -> str:
    (row,) = await fetch("SELECT status FROM task WHERE id = ?", (task_id,))
    return str(row["status"])


async def as_rebuilt() -> bool:
    await judge_all()
    left = await fetch("SELECT 1 FROM condition_found") or await fetch("SELECT 1 FROM stale")
    return await differences() == [] and not left


async def test_few_customers_are_members_at_once(db: Settings) -> None:
    ada = await does(db, "ada", "Bought")
    segment, task = await made(BOUGHT)
    assert (await status(task), await shown(segment)) == ("DONE", (1, None, 1))
    assert await member_ids(segment) == {ada}
    assert await as_rebuilt()


async def test_of_many_nobody_is_in_a_new_segment_until_all_were_looked_at(db: Settings) -> None:
    ada, bob = await does(db, "ada", "Bought"), await does(db, "bob", "Looked")
    await fill()
    segment, task = await made(BOUGHT)
    tag = await create_tag(SYSTEM, TagText("In"))
    rule = await create_rule(SYSTEM, tag, RuleText("In", InSegment(segment)))
    tagging = await publish_rule(SYSTEM, rule)
    await die_at("segments.step", working_out.go_on(task), passes=1)
    assert (await status(task), await shown(segment)) == ("RUNNING", (1, 1, 0))
    await does(db, "bob", "Bought")
    await judge_all()
    assert await member_ids(segment) == set()
    await die_at("segments.swapped", working_out.go_on(task))
    assert (await shown(segment), await member_ids(segment)) == ((1, 1, 0), set())
    await run_tasks()
    assert (await status(task), await status(tagging)) == ("DONE", "DONE")
    assert (await shown(segment), await member_ids(segment)) == ((1, None, 2), {ada, bob})
    await judge_all()
    rows = await fetch("SELECT customer_id FROM customer_tag ORDER BY customer_id")
    assert [row["customer_id"] for row in rows] == [ada, bob]
    assert await as_rebuilt()


async def test_of_many_the_version_before_stands_until_the_next_is_whole(db: Settings) -> None:
    ada, bob = await does(db, "ada", "Bought"), await does(db, "bob", "Looked")
    segment, _ = await made(BOUGHT)
    await fill()
    first = known(await service.update_segment(SYSTEM, segment, BUYERS, Not(BOUGHT)))[1]
    await die_at("segments.step", working_out.go_on(first))
    assert (await shown(segment), await member_ids(segment)) == ((1, 2, 1), {ada})
    zoe = await does(db, "zoe", "Bought")
    await judge_all()
    assert await member_ids(segment) == {ada, zoe}

    with pytest.raises(Conflict):
        await service.update_segment(SYSTEM, segment, BUYERS, LOOKED, expected_version=1)
    later = await service.update_segment(SYSTEM, segment, BUYERS, LOOKED, expected_version=2)
    assert (await status(first), await member_ids(segment)) == ("CANCELLED", {ada, zoe})
    await does(db, "zoe", "Looked")
    await judge_all()
    await working_out.go_on(first)
    await run_tasks()
    assert (await status(known(later)[1]), await shown(segment)) == ("DONE", (3, None, 2))
    assert await member_ids(segment) == {bob, zoe}
    assert await as_rebuilt()


async def test_a_new_segment_that_is_changed_on_its_way_is_only_the_latter(db: Settings) -> None:
    await does(db, "ada", "Bought")
    bob = await does(db, "bob", "Looked")
    await fill()
    segment, first = await made(BOUGHT)
    await service.update_segment(SYSTEM, segment, BUYERS, LOOKED)
    await judge_all()
    assert (await status(first), await member_ids(segment)) == ("CANCELLED", set())
    await run_tasks()
    assert (await shown(segment), await member_ids(segment)) == ((2, None, 1), {bob})
    assert await as_rebuilt()


async def test_a_snapshot_of_many_is_of_one_instant(db: Settings) -> None:
    ada = await does(db, "ada", "Bought")
    await fill()
    segment, task = await made(Not(LOOKED), is_static=True)
    await die_at("segments.step", working_out.go_on(task))
    await does(db, "ada", "Looked")
    await judge_all()
    await working_out.go_on(task)
    assert await shown(segment) == (1, None, TOO_MANY)
    await does(db, "bob", "Bought")
    await judge_all()
    assert ada not in await member_ids(segment)
    assert await shown(segment) == (1, None, TOO_MANY)


async def test_an_archived_segment_takes_its_work_along(db: Settings) -> None:
    await does(db, "ada", "Bought")
    await fill()
    tag = await create_tag(SYSTEM, TagText("Any"))
    segment, task = await made(Not(HasTag(tag)))
    await die_at("segments.step", working_out.go_on(task))
    await service.archive_segment(SYSTEM, segment)
    await run_tasks()
    await working_out.go_on(task)
    assert (await status(task), await member_ids(segment)) == ("CANCELLED", set())
    assert await as_rebuilt()
