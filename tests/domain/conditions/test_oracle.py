"""Both databases say of whom a condition holds as the plainest reading of it does.

``TOUCHLINE_TEST_CONDITIONS=5000`` looks at more of them.
"""

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.oracle import Person, holds
from tests.support.populating import populate
from tests.support.random_conditions import LATEST, conditions, people
from touchline.domain.conditions.queries import count, matches, wakes
from touchline.domain.conditions.sql import Range
from touchline.domain.conditions.storage import from_json, to_json
from touchline.domain.conditions.tree import Condition
from touchline.domain.conditions.validation import check

FAR = 3 * LATEST
on_each_database = settings(
    max_examples=int(os.environ.get("TOUCHLINE_TEST_CONDITIONS", "50")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
worlds = st.lists(people, min_size=1, max_size=6)
several = st.lists(conditions, min_size=1, max_size=4)


@on_each_database
@given(worlds, several, st.integers(0, LATEST + 5), st.data())
async def test_a_condition_holds_of_the_same_customers_and_wakes_them_in_time(
    db: object,
    world: list[Person],
    asked: list[Condition],
    at: int,
    data: st.DataObject,
) -> None:
    await populate(world)
    chosen = data.draw(st.sets(st.integers(1, len(world) + 1)))
    some = Range(*sorted(data.draw(st.tuples(*[st.integers(0, len(world) + 1)] * 2))))
    between = set(range(some.after + 1, some.up_to + 1))
    for condition in asked:
        await check(condition)
        expected = {n for n, person in enumerate(world, 1) if holds(condition, person, at)}
        assert await matches(condition, at=at) == expected
        assert await matches(condition, at=at, only=chosen) == expected & chosen
        assert await matches(condition, at=at, only=some) == expected & between
        assert await count(condition, at=at) == len(expected)
        woken = await wakes(condition, at=at)
        assert all(moment > at for moment in woken.values())
        assert await wakes(condition, at=at, only=chosen) == {
            one: moment for one, moment in woken.items() if one in chosen
        }
        assert await wakes(condition, at=at, only=some) == {
            one: moment for one, moment in woken.items() if one in between
        }
        for number, person in enumerate(world, 1):
            first = next(
                (
                    later
                    for later in range(at + 1, FAR)
                    if holds(condition, person, later) != (number in expected)
                ),
                FAR,
            )
            assert woken.get(number, FAR) <= first


@settings(max_examples=200, deadline=None)
@given(conditions)
def test_a_stored_condition_reads_as_it_was_and_has_one_text(condition: Condition) -> None:
    text = to_json(condition)
    assert from_json(text) == condition
    assert to_json(from_json(text)) == text
