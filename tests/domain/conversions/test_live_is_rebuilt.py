"""Whatever happens and in whatever order: conversions kept live are what a rebuild makes.

``TOUCHLINE_TEST_CONVERSIONS=500`` looks at more histories.
"""

import os
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.clock import SettableClock
from tests.support.events import arrive
from tests.support.judging import judge_all
from tests.support.ledger import empty
from touchline.domain.conditions.tree import Comparison, Operator, Where
from touchline.domain.conversions.definition import (
    Counting,
    Definition,
    FixedValue,
    PropertyValue,
    Refunds,
)
from touchline.domain.conversions.describing import GoalText
from touchline.domain.conversions.refunding import refund
from touchline.domain.conversions.service import create_goal
from touchline.domain.conversions.upkeep import differences
from touchline.domain.identity import service as identity
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import HOUR, format_moment
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.settings import Settings

TABLES = (
    *("conversion_goal", "conversion_goal_version", "conversion", "conversion_staged"),
    *("conversion_total", "refund_word", "customer_value", "stale"),
)
REFUNDS = Refunds(("Refunded",), "order", "total")
LARGE = Where("total", Comparison(Operator.AT_LEAST, 50.0))
GOALS = (
    Definition("Ordered", value=PropertyValue("total", "currency", "EUR"), refunds=REFUNDS),
    Definition("Ordered", counting=Counting.ONCE, value=FixedValue(700, "JPY"), refunds=REFUNDS),
    Definition("Ordered", where=(LARGE,), value=FixedValue(1_050, "EUR"), in_lifetime=False),
    Definition("Viewed", counting=Counting.ONCE),
)
devices = st.sampled_from(["c1", "c2", "c3"])
acts = st.one_of(
    st.tuples(
        *(st.just("order"), devices, st.integers(0, 48), st.integers(0, 3)),
        st.sampled_from([None, "USD"]),
    ),
    st.tuples(st.just("refund"), devices, st.integers(0, 3), st.sampled_from([None, 5, 80])),
    st.tuples(st.just("view"), devices, st.integers(0, 48)),
    st.tuples(st.just("identify"), devices, st.sampled_from(["u1", "u2"])),
    st.tuples(st.just("word"), st.integers(0, 5), st.sampled_from([None, 3])),
    st.tuples(st.just("merge")),
    st.tuples(st.just("unmerge")),
)


async def _act(db: Settings, clock: SettableClock, act: tuple[object, ...]) -> None:
    match act:
        case ("order", str(device), int(ago), int(order), currency):
            said = {"total": 20 * (order + 1) + 0.5, "order": f"o{order}", "currency": currency}
            await _track(db, clock, device, "Ordered", ago, said)
        case ("refund", str(device), int(order), total):
            await _track(db, clock, device, "Refunded", 0, {"order": f"o{order}", "total": total})
        case ("view", str(device), int(ago)):
            await _track(db, clock, device, "Viewed", ago, {})
        case ("identify", str(device), str(user)):
            await arrive(db, {"type": "identify", "anonymousId": device, "userId": user})
        case ("word", int(place), amount):
            await _say(place, amount)
        case (decision,):
            await _decide(str(decision))


async def _track(
    db: Settings, clock: SettableClock, device: str, name: str, ago: int, said: dict[str, object]
) -> None:
    moment = format_moment(clock() - ago * HOUR)
    told = {"type": "track", "event": name, "anonymousId": device, "properties": said}
    await arrive(db, told | {"timestamp": moment})


async def _say(place: int, amount: object) -> None:
    rows = await fetch("SELECT id, currency FROM conversion WHERE currency IS NOT NULL ORDER BY id")
    if place < len(rows):
        given = Decimal(str(amount)) if amount is not None else None
        await refund(
            SYSTEM, rows[place]["id"], reason="Said", amount=given, currency=rows[place]["currency"]
        )


async def _decide(decision: str) -> None:
    if decision == "merge":
        rows = await fetch("SELECT DISTINCT customer_id FROM identity_link ORDER BY customer_id")
        if len(rows) > 1:
            await identity.merge(SYSTEM, survivor_id=rows[0][0], absorbed_id=rows[-1][0])
        return
    merges = await fetch("SELECT id FROM identity_merge WHERE undone_at IS NULL ORDER BY id DESC")
    if merges:
        await identity.unmerge(SYSTEM, merge_id=merges[0][0])


async def _clear() -> None:
    for table in TABLES:
        await execute(f"DELETE FROM {table}")


@settings(
    max_examples=int(os.environ.get("TOUCHLINE_TEST_CONVERSIONS", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(acts, min_size=3, max_size=14), st.sets(st.integers(0, 13)))
async def test_what_was_kept_live_is_what_a_rebuild_makes(
    db: Settings, clock: SettableClock, happened: list[tuple[object, ...]], pauses: set[int]
) -> None:
    await empty()
    await in_transaction(_clear)
    for number, definition in enumerate(GOALS):
        await create_goal(SYSTEM, GoalText(f"Goal {number}", definition))
    for number, act in enumerate(happened):
        await _act(db, clock, act)
        if number in pauses:
            await judge_all()
            assert await differences() == []
    await judge_all()
    assert await differences() == []
    lifetime = await fetch(
        "SELECT currency, sum(value_minor - refunded_minor) FROM customer_value"
        " GROUP BY currency ORDER BY currency"
    )
    summed = await fetch(
        "SELECT currency, sum(value_minor - refunded_minor) FROM conversion"
        " WHERE in_lifetime AND currency IS NOT NULL"
        " GROUP BY currency ORDER BY currency"
    )
    assert [tuple(row) for row in lifetime] == [tuple(row) for row in summed]
