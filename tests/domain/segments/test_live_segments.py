"""Who is in a segment follows what customers do, what is known of them, and time."""

import orjson
import pytest

from tests.support.clock import SettableClock
from tests.support.events import arrive, customer_of
from tests.support.judging import judge_all
from touchline.domain.conditions.tree import (
    All,
    Comparison,
    Condition,
    Did,
    Identifier,
    InSegment,
    Not,
    Operator,
    Trait,
)
from touchline.domain.customers import commands
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import fetch, fetch_one
from touchline.domain.segments import service
from touchline.domain.segments.building import member_ids
from touchline.domain.segments.service import SegmentText
from touchline.domain.segments.verifying import differences
from touchline.settings import Settings

PRO = Trait("plan", Comparison(Operator.EQUALS, "Pro"))
ORDERED = Did(event="Ordered", within=7 * DAY)


async def segment(name: str, condition: Condition, *, is_static: bool = False) -> int:
    text = SegmentText(name)
    return (await service.create_segment(SYSTEM, text, condition, is_static=is_static)).id


async def count(segment_id: int) -> int:
    row = await fetch_one("SELECT member_count FROM segment WHERE id = ?", (segment_id,))
    assert row is not None
    return int(row["member_count"])


def ordered(user: str, **more: object) -> dict[str, object]:
    return {"type": "track", "event": "Ordered", "userId": user} | more


async def test_a_new_segment_holds_all_who_meet_its_condition(db: Settings) -> None:
    await arrive(db, ordered("u1"), ordered("u2"), {"type": "page", "userId": "u3"})
    buyers = await segment("Buyers", ORDERED)
    assert await member_ids(buyers) == {
        await customer_of("user_id", "u1"),
        await customer_of("user_id", "u2"),
    }
    assert await count(buyers) == 2


async def test_who_does_it_enters_and_is_told_of(db: Settings) -> None:
    buyers = await segment("Buyers", ORDERED)
    await arrive(db, ordered("u1"))
    assert await member_ids(buyers) == set()
    await judge_all()
    ann = await customer_of("user_id", "u1")
    assert await member_ids(buyers) == {ann}
    assert await count(buyers) == 1
    rows = await fetch("SELECT payload FROM outbox WHERE topic = 'segments.members_changed'")
    assert [orjson.loads(row["payload"]) for row in rows] == [
        {"entered": [[buyers, ann]], "left": []}
    ]


async def test_time_alone_takes_a_customer_out(db: Settings, clock: SettableClock) -> None:
    buyers = await segment("Buyers", ORDERED)
    moment = clock() - DAY
    await arrive(db, ordered("u1", timestamp="2026-03-01T09:00:00.000Z"))
    await judge_all()
    assert await count(buyers) == 1
    clock.set(moment + 7 * DAY - 1)
    assert await judge_all() == 0
    clock.advance(1)
    await judge_all()
    assert await member_ids(buyers) == set()
    assert await count(buyers) == 0


async def test_a_trait_and_its_correction_move_a_customer(db: Settings) -> None:
    pros = await segment("Pros", PRO)
    others = await segment("Others", Not(PRO))
    await arrive(db, {"type": "identify", "userId": "u1", "traits": {"plan": "Pro"}})
    await judge_all()
    ann = await customer_of("user_id", "u1")
    assert (await member_ids(pros), await member_ids(others)) == ({ann}, set())
    await commands.correct_trait(SYSTEM, customer_id=ann, name="plan", value="Free")
    await judge_all()
    assert (await member_ids(pros), await member_ids(others)) == (set(), {ann})


async def test_a_new_customer_enters_what_it_meets_by_doing_nothing(db: Settings) -> None:
    quiet = await segment("Quiet", Did(event="Ordered", at_most=0))
    await arrive(db, {"type": "page", "userId": "u1"})
    await judge_all()
    assert await member_ids(quiet) == {await customer_of("user_id", "u1")}


async def test_segments_nest_and_follow_each_other(db: Settings) -> None:
    buyers = await segment("Buyers", ORDERED)
    strangers = await segment("Strangers", All((InSegment(buyers), Not(Identifier("email")))))
    await arrive(db, ordered("u1"))
    await judge_all()
    ann = await customer_of("user_id", "u1")
    assert await member_ids(strangers) == {ann}
    await arrive(db, {"type": "identify", "userId": "u1", "traits": {"email": "ann@acme.com"}})
    await judge_all()
    assert await member_ids(strangers) == set()
    text = SegmentText("Buyers")
    await service.update_segment(SYSTEM, buyers, text, Did(event="Ordered", at_least=2))
    await service.update_segment(
        SYSTEM, strangers, SegmentText("Strangers"), Not(InSegment(buyers))
    )
    assert await member_ids(strangers) == {ann}
    await arrive(db, ordered("u1"))
    await judge_all()
    assert (await member_ids(buyers), await member_ids(strangers)) == ({ann}, set())


async def test_a_changed_definition_reaches_who_names_it(db: Settings) -> None:
    await arrive(db, ordered("u1"))
    await judge_all()
    ann = await customer_of("user_id", "u1")
    buyers = await segment("Buyers", ORDERED)
    others = await segment("Others", Not(InSegment(buyers)))
    await service.update_segment(SYSTEM, buyers, SegmentText("Buyers"), Did(event="Left"))
    await judge_all()
    assert (await member_ids(buyers), await member_ids(others)) == (set(), {ann})
    row = await fetch_one("SELECT version FROM segment WHERE id = ?", (buyers,))
    assert row is not None
    assert row["version"] == 2


async def test_a_member_that_stays_keeps_since_when(db: Settings, clock: SettableClock) -> None:
    await arrive(db, ordered("u1"))
    buyers = await segment("Buyers", ORDERED)
    entered = clock()
    clock.advance(DAY)
    await service.rebuild_segment(buyers)
    rows = await fetch("SELECT entered_at FROM segment_member")
    assert [row["entered_at"] for row in rows] == [entered]


@pytest.mark.parametrize("event", ["Ordered", "Viewed"])
async def test_only_rules_that_name_the_event_are_looked_at(db: Settings, event: str) -> None:
    """A segment that something else can change keeps its instant of computation."""
    buyers = await segment("Buyers", Did(event="Ordered"))
    before = await fetch_one("SELECT computed_at FROM segment WHERE id = ?", (buyers,))
    await arrive(db, {"type": "track", "event": event, "userId": "u1"})
    await judge_all()
    after = await fetch_one("SELECT computed_at FROM segment WHERE id = ?", (buyers,))
    assert before is not None
    assert after is not None
    assert (before["computed_at"] == after["computed_at"]) is (event == "Viewed")


async def test_what_differs_from_its_condition_is_found_and_mended(db: Settings) -> None:
    await arrive(db, ordered("u1"), ordered("u2"))
    await judge_all()
    buyers = await segment("Buyers", ORDERED)
    assert await differences() == []
    ann = await customer_of("user_id", "u1")
    await fetch(
        "UPDATE segment_member SET customer_id = 777 WHERE customer_id = ? RETURNING id", (ann,)
    )
    (found,) = await differences()
    assert (found.name, found.missing, found.surplus) == ("Buyers", 1, 1)
    built = await service.rebuild_segment(buyers)
    assert (built.members, built.entered, built.left) == (2, 1, 1)
    assert await differences() == []
