"""Amounts that nobody can have earned keep nobody else from being judged, and are counted."""

from tests.support.conversions import ORDERS, goal
from tests.support.events import arrive
from tests.support.judging import judge_all
from touchline.domain.conversions.totalling import is_true, total_anew
from touchline.domain.conversions.upkeep import rebuild
from touchline.domain.conversions.valuing import value_anew
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.kernel.money import MOST_MINOR, MOST_SUM
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.staleness.queries import aside, waiting
from touchline.settings import Settings

LARGEST = MOST_MINOR - 1
TOTAL = "SELECT conversions, value_minor FROM conversion_total WHERE currency = 'EUR'"


async def ordered(settings: Settings, who: str, total: str = "9999999999999.99") -> None:
    event = {
        "type": "track",
        "event": "Order Completed",
        "anonymousId": who,
        "properties": {"total": total, "order_id": who},
    }
    await arrive(settings, event)
    await judge_all()


async def total() -> tuple[int, int]:
    (row,) = await fetch(TOTAL)
    assert isinstance(row["value_minor"], int)
    return row["conversions"], row["value_minor"]


async def test_a_total_stops_and_who_converts_then_is_judged(db: Settings) -> None:
    await goal(ORDERS)
    await ordered(db, "a")
    assert await total() == (1, LARGEST)
    await execute("UPDATE conversion_total SET value_minor = ?", (MOST_SUM - 5,))

    await ordered(db, "b")
    await ordered(db, "c", "20")
    assert await total() == (3, MOST_SUM)
    assert (await waiting(), await aside()) == (0, None)
    rows = await fetch("SELECT value_minor FROM customer_value ORDER BY customer_id")
    assert [row["value_minor"] for row in rows] == [LARGEST, LARGEST, 2_000]

    await rebuild()
    assert await total() == (3, 2 * LARGEST + 2_000)


async def test_sums_made_anew_stop_as_well(db: Settings) -> None:
    await goal(ORDERS)
    await ordered(db, "a")
    (one,) = await fetch("SELECT * FROM conversion")
    columns = ["goal_id", "customer_id", "touchpoint_id", "occurred_at", "value_minor", "currency"]
    rows = [
        (one["goal_id"], one["customer_id"], -at, one["occurred_at"], LARGEST, "EUR", 0, True, 0)
        for at in range(1, 9_301)
    ]
    more = [*columns, "refunded_minor", "in_lifetime", "computed_at"]
    await insert_rows("conversion", more, rows)

    await in_transaction(lambda: total_anew(one["goal_id"]))
    await in_transaction(lambda: value_anew([one["customer_id"]]))
    assert await total() == (9_301, MOST_SUM)
    assert await is_true(one["goal_id"])
    (value,) = await fetch("SELECT conversions, value_minor FROM customer_value")
    assert tuple(value) == (9_301, MOST_SUM)
