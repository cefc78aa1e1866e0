"""A journey written anew where customers are many: in the background, and all at once."""

import pytest

from tests.support.clock import SettableClock
from tests.support.dying import die_at
from tests.support.events import arrive, customer_of
from tests.support.judging import judge_all
from tests.support.many import TOO_MANY, fill
from tests.support.scoring import run_tasks
from touchline.domain.conditions.tree import Did, HasTag
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, now
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused
from touchline.domain.stages import replacing, service
from touchline.domain.stages.service import StageText
from touchline.domain.tags.deleting import delete_tag
from touchline.domain.tags.service import TagText, create_tag
from touchline.settings import Settings

pytestmark = pytest.mark.usefixtures("clock")

VISITED, PAID = Did(event="Visited", within=DAY), Did(event="Paid")


async def does(settings: Settings, who: str, event: str) -> int:
    """Something happens; nobody judges it yet."""
    call = {"type": "track", "userId": who, "event": event, "messageId": f"{who}{event}{now()}"}
    await arrive(settings, call)
    return await customer_of("user_id", who)


async def journey() -> dict[str, int]:
    """Three stages, the first two with conditions."""
    for row in await fetch("SELECT id FROM stage"):
        await service.delete_stage(SYSTEM, row["id"])
    return {
        "Visitor": await service.create_stage(SYSTEM, StageText("Visitor", None, VISITED)),
        "Buyer": await service.create_stage(SYSTEM, StageText("Buyer", None, PAID)),
        "Friend": await service.create_stage(SYSTEM, StageText("Friend")),
    }


async def placed() -> dict[int, str]:
    rows = await fetch(
        "SELECT c.customer_id, s.name FROM customer_stage c JOIN stage s ON s.id = c.stage_id"
    )
    return {row["customer_id"]: row["name"] for row in rows}


async def counts() -> dict[str, int]:
    rows = await fetch("SELECT name, customer_count FROM stage")
    return {row["name"]: row["customer_count"] for row in rows if row["customer_count"]}


async def last_task() -> tuple[int, str, int, int]:
    (row,) = await fetch("SELECT id, status, done, total FROM task ORDER BY id DESC LIMIT 1")
    return row["id"], row["status"], row["done"], row["total"]


async def is_as_rebuilt() -> bool:
    await judge_all()
    for row in await fetch("SELECT id FROM task"):  # those that gave way leave nothing either
        await replacing.go_on(row["id"])
    left = [
        table
        for table in ("stage_meant", "condition_found", "condition_build")
        if await fetch(f"SELECT 1 FROM {table}")
    ]
    before = await counts()
    return await service.place_everybody(SYSTEM) == 0 and await counts() == before and not left


async def test_the_journey_before_stands_until_everybody_is_placed(db: Settings) -> None:
    stages = await journey()
    ann, bob = await does(db, "ann", "Visited"), await does(db, "bob", "Paid")
    await judge_all()
    await fill()
    await service.update_stage(SYSTEM, stages["Visitor"], StageText("Visitor", None, PAID))
    await service.update_stage(SYSTEM, stages["Buyer"], StageText("Payer", None, VISITED))
    assert await placed() == {ann: "Visitor", bob: "Payer"}
    task, status, _, total = await last_task()
    assert (status, total) == ("QUEUED", 2 * (TOO_MANY + 2))
    await replacing.go_on(task)
    assert await placed() == {ann: "Payer", bob: "Visitor"}
    assert await last_task() == (task, "DONE", total, total)
    assert await counts() == {"Payer": 1, "Visitor": 1}
    assert await is_as_rebuilt()


async def test_what_happens_meanwhile_counts_before_and_after(db: Settings) -> None:
    stages = await journey()
    await fill()
    ann = await does(db, "ann", "Paid")
    await judge_all()
    await service.order_stages(SYSTEM, [stages["Buyer"], stages["Friend"], stages["Visitor"]])
    task, *_ = await last_task()
    await die_at("stages.step", replacing.go_on(task), passes=2)
    bob = await does(db, "bob", "Visited")
    await does(db, "ann", "Visited")
    await judge_all()
    assert await placed() == {ann: "Buyer", bob: "Visitor"}
    await replacing.go_on(task)
    assert await placed() == {ann: "Visitor", bob: "Visitor"}
    assert await is_as_rebuilt()


async def test_dying_at_the_swap_leaves_the_journey_before_whole(db: Settings) -> None:
    stages = await journey()
    await fill()
    ann, bob = await does(db, "ann", "Visited"), await does(db, "bob", "Visited")
    await judge_all()
    for customer in (ann, bob):
        await service.move_customer(
            SYSTEM, customer_id=customer, stage_id=stages["Friend"], reason="Met her"
        )
    await service.move_customer(SYSTEM, customer_id=bob, stage_id=stages["Buyer"], reason="Paid")
    await service.delete_stage(SYSTEM, stages["Friend"])
    task, *_ = await last_task()
    await die_at("stages.swapped", replacing.go_on(task))
    assert await placed() == {ann: "Friend", bob: "Buyer"}
    await replacing.go_on(task)
    assert await placed() == {ann: "Visitor", bob: "Buyer"}
    assert await fetch("SELECT 1 FROM stage WHERE name = 'Friend'") == []
    assert await is_as_rebuilt()


async def test_time_ends_a_stage_that_was_worked_out_in_the_background(
    db: Settings, clock: SettableClock
) -> None:
    stages = await journey()
    await fill()
    await service.update_stage(SYSTEM, stages["Visitor"], StageText("Visitor"))
    await run_tasks()
    ann = await does(db, "ann", "Visited")
    await judge_all()
    assert await placed() == {}
    await service.update_stage(SYSTEM, stages["Visitor"], StageText("Visitor", None, VISITED))
    await run_tasks()
    assert await placed() == {ann: "Visitor"}
    clock.advance(DAY)
    await judge_all()
    assert await placed() == {}
    assert await is_as_rebuilt()


async def test_what_is_written_meanwhile_takes_the_place_of_what_is_on_its_way(
    db: Settings,
) -> None:
    stages = await journey()
    await fill()
    ann = await does(db, "ann", "Visited")
    await judge_all()
    await service.update_stage(SYSTEM, stages["Visitor"], StageText("Visitor", None, PAID))
    first, *_ = await last_task()
    await die_at("stages.step", replacing.go_on(first))
    await service.order_stages(SYSTEM, [stages["Buyer"], stages["Visitor"], stages["Friend"]])
    await service.update_stage(SYSTEM, stages["Buyer"], StageText("Buyer", None, VISITED))
    (row,) = await fetch("SELECT status FROM task WHERE id = ?", (first,))
    assert row["status"] == "CANCELLED"
    await run_tasks()
    assert await placed() == {ann: "Buyer"}
    rows = await fetch("SELECT name FROM stage ORDER BY place")
    assert [row["name"] for row in rows] == ["Buyer", "Visitor", "Friend"]
    assert await is_as_rebuilt()


async def test_what_a_journey_on_its_way_names_may_not_go(db: Settings) -> None:
    stages = await journey()
    await fill()
    tag = await create_tag(SYSTEM, TagText("VIP"))
    await service.update_stage(SYSTEM, stages["Visitor"], StageText("Visitor", None, HasTag(tag)))
    with pytest.raises(Refused) as refused:
        await delete_tag(SYSTEM, tag)
    assert "the stage Visitor" in refused.value.message
