"""What a database works out of a score that fades is, to the byte, what Python makes of it."""

from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support.clock import SettableClock
from tests.support.operations import PLANNED, STEPPED, answer_bytes, caller
from tests.support.rows import a_customer
from touchline.domain.kernel.clock import DAY, HOUR, now
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

PAGE = """query ($id: ID!) { customer(id: $id) { scores { value explanation { total } } } }"""
MODELS = 8
POINTS = st.integers(-(10**13), 10**13) | st.integers(-120, 120) | st.just(0)
KEPT = st.fixed_dictionaries(
    {
        "fading": POINTS,
        "steady": POINTS,
        "age": st.integers(-DAY, 400 * DAY),
        "half_life": st.none() | st.integers(HOUR, 400 * DAY),
    }
)
SMALL = [
    {"fading": 0, "steady": steady, "age": 0, "half_life": None}
    for steady in (1, -1, 9, 10, -37, 99, 100, 3_700_000)
]
THOUSANDTHS = [
    {"fading": 0, "steady": steady, "age": 0, "half_life": None}
    for steady in (999, 1_000, -1_000, 1_001, -123_456_789_000, 10**13, 10**13 - 1_000, 1 - 10**13)
]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(KEPT, min_size=MODELS, max_size=MODELS))
@example(SMALL)
@example(THOUSANDTHS)
async def test_random_scores_are_the_same_either_way(
    db: Settings, clock: SettableClock, scores: list[dict[str, Any]]
) -> None:
    customer = await in_transaction(lambda: _written(scores, now()))
    planned = await answer_bytes(PAGE, {"id": customer}, caller(), PLANNED)
    assert planned == await answer_bytes(PAGE, {"id": customer}, caller(), STEPPED)
    assert b'"errors"' not in planned
    assert planned.count(b'"total"') == MODELS


async def _written(scores: list[dict[str, Any]], at: int) -> str:
    """One customer, scored by as many models."""
    known = await fetch("SELECT id FROM customer")
    customer = known[0]["id"] if known else await a_customer()
    if not known:
        for number in range(1, MODELS + 1):
            await _scored(number, customer)
    for number, kept in enumerate(scores, 1):
        await execute(
            "UPDATE scoring_build SET landmark = ?, half_life = ? WHERE id = ?",
            (at - kept["age"], kept["half_life"], number),
        )
        await execute(
            "UPDATE customer_score SET fading = ?, steady = ? WHERE build_id = ?",
            (kept["fading"], kept["steady"], number),
        )
    return global_id("Customer", customer)


async def _scored(number: int, customer: int) -> None:
    await execute(
        "INSERT INTO scoring_model (id, name, name_key, status, version, definition,"
        " published_version, build_id, is_primary, actor_name, created_at, updated_at)"
        " VALUES (?, ?, ?, 'PUBLISHED', 1, '{}', 1, ?, FALSE, 'Ada', 0, 0)",
        (number, f"M{number}", f"m{number}", number),
    )
    await execute(
        "INSERT INTO scoring_build (id, model_id, version, definition, landmark, status, reached,"
        " created_at) VALUES (?, ?, 1, '{}', 0, 'COUNTS', 0, 0)",
        (number, number),
    )
    await execute(
        "INSERT INTO customer_score (build_id, customer_id, model_id, fading, steady, rank, lines)"
        " VALUES (?, ?, ?, 0, 0, 0, '[]')",
        (number, customer, number),
    )
