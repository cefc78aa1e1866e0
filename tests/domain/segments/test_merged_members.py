"""Segments follow merges, unmerges and splits of customers."""

from tests.support.events import arrive, customer_of
from tests.support.judging import judge_all
from touchline.domain.conditions.tree import Did
from touchline.domain.identity import service as identity
from touchline.domain.identity.digests import Identifier
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.segments import service
from touchline.domain.segments.building import member_ids
from touchline.domain.segments.service import SegmentText
from touchline.settings import Settings


async def _segment(*, is_static: bool = False, at_least: int = 2) -> int:
    condition = Did(event="Ordered", at_least=at_least)
    text = SegmentText("Static" if is_static else "Live")
    return (await service.create_segment(SYSTEM, text, condition, is_static=is_static)).id


async def _ordered(db: Settings, *users: str) -> list[int]:
    await arrive(db, *[{"type": "track", "event": "Ordered", "userId": user} for user in users])
    await judge_all()
    return [await customer_of("user_id", user) for user in users]


async def test_two_who_become_one_are_judged_as_one_and_parted_again(db: Settings) -> None:
    buyers = await _segment()
    ann, bob = await _ordered(db, "u1", "u2")
    assert await member_ids(buyers) == set()
    merged = await identity.merge(SYSTEM, survivor_id=ann, absorbed_id=bob)
    await judge_all()
    assert await member_ids(buyers) == {ann}
    assert merged.merge_id is not None
    await identity.unmerge(SYSTEM, merge_id=merged.merge_id)
    await judge_all()
    assert await member_ids(buyers) == set()


async def test_who_was_absorbed_is_in_no_segment(db: Settings) -> None:
    buyers = await _segment(at_least=1)
    ann, bob = await _ordered(db, "u1", "u2")
    assert await member_ids(buyers) == {ann, bob}
    await identity.merge(SYSTEM, survivor_id=ann, absorbed_id=bob)
    await judge_all()
    assert await member_ids(buyers) == {ann}


async def test_a_split_off_customer_is_judged_by_what_it_took_along(db: Settings) -> None:
    buyers = await _segment()
    await arrive(
        db,
        {"type": "identify", "userId": "u1", "anonymousId": "c1"},
        {"type": "track", "event": "Ordered", "userId": "u1"},
        {"type": "track", "event": "Ordered", "anonymousId": "c1"},
    )
    await judge_all()
    ann = await customer_of("user_id", "u1")
    assert await member_ids(buyers) == {ann}
    await identity.split(SYSTEM, customer_id=ann, identifiers=[Identifier("anonymous_id", "c1")])
    await judge_all()
    assert await member_ids(buyers) == set()


async def test_a_static_segment_holds_whom_its_members_became(db: Settings) -> None:
    ann, bob = await _ordered(db, "u1", "u2")
    (carl,) = await _ordered(db, "u3")
    await _ordered(db, "u2", "u3")
    static = await _segment(is_static=True)
    assert await member_ids(static) == {bob, carl}
    merged = await identity.merge(SYSTEM, survivor_id=ann, absorbed_id=bob)
    await judge_all()
    assert await member_ids(static) == {ann, carl}
    await _ordered(db, "u1", "u1")
    assert await member_ids(static) == {ann, carl}
    assert merged.merge_id is not None
    await identity.unmerge(SYSTEM, merge_id=merged.merge_id)
    await judge_all()
    assert await member_ids(static) == {bob, carl}
