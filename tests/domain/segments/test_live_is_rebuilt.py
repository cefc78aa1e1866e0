"""Whatever happens and in whatever order: what was kept live is what a rebuild makes.

``TOUCHLINE_TEST_SEGMENTS=500`` looks at more histories.
"""

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.clock import SettableClock
from tests.support.events import arrive
from tests.support.judging import judge_all
from tests.support.ledger import empty
from touchline.domain.conditions.tree import (
    AccountTrait,
    All,
    Channel,
    Comparison,
    Condition,
    Did,
    Identifier,
    InSegment,
    Not,
    Operator,
    Sequence,
    Step,
    Trait,
)
from touchline.domain.conditions.tree import Any as AnyOf
from touchline.domain.identity import service as identity
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, HOUR, format_moment
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.segments import service
from touchline.domain.segments.service import SegmentText
from touchline.domain.segments.verifying import differences
from touchline.settings import Settings

TABLES = ("segment", "segment_member", "segment_origin", "stale", "wake")
PRO = Trait("plan", Comparison(Operator.EQUALS, "Pro"))
NEWS = Comparison(Operator.STARTS_WITH, "news")
CONDITIONS: list[Condition] = [
    PRO,
    Did(event="Ordered", within=2 * DAY),
    Did(event="Ordered", at_least=2, within=3 * DAY),
    Did(event="Ordered", at_most=1),
    Sequence((Step(event="Viewed"), Step(event="Ordered")), span=DAY, within=3 * DAY),
    All((Identifier("email"), Not(Did(event="Viewed", within=DAY)))),
    AccountTrait("industry", Comparison(Operator.EQUALS, "Steel")),
    AnyOf((AccountTrait("industry", Comparison(Operator.MISSING)), Channel(campaign=NEWS))),
]
users = st.sampled_from(["u1", "u2", "u3"])
devices = st.sampled_from(["c1", "c2", "c3", "c4"])
events = st.sampled_from(["Ordered", "Viewed"])
industries = st.sampled_from(["Steel", "Glass", None])
acts = st.one_of(
    st.tuples(st.just("track"), devices, events, st.integers(0, 72)),
    st.tuples(st.just("identify"), devices, users, st.sampled_from(["Pro", "Free"])),
    st.tuples(st.just("group"), devices, st.sampled_from(["g1", "g2"]), industries),
    st.tuples(st.just("wait"), st.integers(1, 30)),
    st.tuples(st.just("merge")),
    st.tuples(st.just("unmerge")),
    st.tuples(st.just("snapshot")),
)


async def _act(db: Settings, clock: SettableClock, act: tuple[object, ...]) -> None:
    match act:
        case ("track", str(device), str(event), int(ago)):
            moment = format_moment(clock() - ago * HOUR)
            campaign = {"campaign": {"name": "newsletter" if ago % 2 else "fair"}}
            told = {"type": "track", "event": event, "anonymousId": device, "context": campaign}
            await arrive(db, told | {"timestamp": moment})
        case ("identify", str(device), str(user), str(plan)):
            traits = {"plan": plan, "email": f"{user}@acme.com"}
            await arrive(
                db, {"type": "identify", "anonymousId": device, "userId": user, "traits": traits}
            )
        case ("group", str(device), str(group), industry):
            about = {"industry": industry, "domain": "acme.com" if group == "g1" else None}
            await arrive(
                db, {"type": "group", "anonymousId": device, "groupId": group, "traits": about}
            )
        case ("wait", int(hours)):
            clock.advance(hours * HOUR)
        case ("snapshot",):
            await _static("Those of now", CONDITIONS[3])
        case (decision,):
            await _decide(str(decision))


async def _decide(decision: str) -> None:
    if decision == "merge":
        rows = await fetch("SELECT DISTINCT customer_id FROM identity_link ORDER BY customer_id")
        if len(rows) > 1:
            await identity.merge(SYSTEM, survivor_id=rows[0][0], absorbed_id=rows[-1][0])
        return
    merges = await fetch("SELECT id FROM identity_merge WHERE undone_at IS NULL ORDER BY id DESC")
    if merges:
        await identity.unmerge(SYSTEM, merge_id=merges[0][0])


async def _static(name: str, condition: Condition) -> None:
    if not await fetch("SELECT 1 FROM segment WHERE is_static"):
        await service.create_segment(SYSTEM, SegmentText(name), condition, is_static=True)


async def _clear() -> None:
    for table in TABLES:
        await execute(f"DELETE FROM {table}")


@settings(
    max_examples=int(os.environ.get("TOUCHLINE_TEST_SEGMENTS", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(acts, min_size=3, max_size=14), st.sets(st.integers(0, 13)))
async def test_what_was_kept_live_is_what_a_rebuild_makes(
    db: Settings, clock: SettableClock, happened: list[tuple[object, ...]], pauses: set[int]
) -> None:
    await empty()
    await in_transaction(_clear)
    made = [
        (await service.create_segment(SYSTEM, SegmentText(f"Segment {n}"), condition)).id
        for n, condition in enumerate(CONDITIONS)
    ]
    nested = Not(All((InSegment(made[0]), InSegment(made[3]))))
    made.append((await service.create_segment(SYSTEM, SegmentText("Nested"), nested)).id)
    for number, act in enumerate(happened):
        await _act(db, clock, act)
        if number in pauses:
            await judge_all()
            assert await differences() == []
    await judge_all()
    assert await differences() == []
    for segment in made:
        built = await service.rebuild_segment(segment)
        assert (built.entered, built.left) == (0, 0)
        rows = await fetch("SELECT member_count FROM segment WHERE id = ?", (segment,))
        assert rows[0]["member_count"] == built.members
