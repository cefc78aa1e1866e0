"""How estimates compare with what came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.domain.backlog.calibrating import (
    FEWEST,
    Done,
    OfEffort,
    OfLevel,
    OfPace,
    OfTargets,
    calibrate,
)

NOTHING = "There is too little to go by: nothing is said of fewer than 5."
RESULTS = st.builds(
    Done,
    effort=st.one_of(st.none(), st.sampled_from((1, 2, 3, 5, 8, 13))),
    cycle_days=st.one_of(st.none(), st.floats(0, 100)),
    customer_level=st.one_of(st.none(), st.integers(1, 5)),
    business_level=st.one_of(st.none(), st.integers(1, 5)),
    worked=st.one_of(st.none(), st.booleans()),
    attained=st.one_of(st.none(), st.floats(0, 10)),
)


def test_sizes_are_held_against_the_time_that_items_took() -> None:
    items = [Done(1, 1.0)] * 6 + [Done(2, 2.0)] * 6 + [Done(8, 24.0)] * 5 + [Done(3, 9.0)] * 4
    found = calibrate(items, [], [])
    assert found.efforts == [
        OfEffort(1, 6, 1.0, 1.0),
        OfEffort(2, 6, 2.0, 1.0),
        OfEffort(3, 4, None, None),
        OfEffort(8, 5, 24.0, 3.0),
    ]
    assert found.sentence == "Items of size 8 take 3.0 times as long as their size says."
    assert calibrate(items[:12], [], []).sentence == "Items take as long as their sizes say."


def test_worth_is_held_against_what_worked_and_targets_against_figures() -> None:
    items = [
        *(Done(1, None, 5, 2, worked=at < 4, attained=1.5 if at < 4 else 0.5) for at in range(6)),
        Done(1, None, 1, 2, worked=None),
        Done(1, None, 2, 3, worked=True),
    ]
    found = calibrate(items, [], [])
    assert found.customer_levels == [OfLevel(2, 1, None), OfLevel(5, 6, 4 / 6)]
    assert found.business_levels == [OfLevel(2, 6, 4 / 6), OfLevel(3, 1, None)]
    assert found.targets == OfTargets(6, 4 / 6, 1.5)
    assert found.sentence == "67% of 6 targets were reached."


def test_each_week_is_held_against_the_mean_of_those_before_it() -> None:
    """Nothing is said while fewer than five weeks have six before them."""
    weeks = [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]
    found = calibrate([], weeks, [(10, 8)] * 5).forecast
    assert (found.count, found.actual) == (5, 1.0)
    assert found.expected == pytest.approx(sum((2 * 6 + at) / (6 + at) for at in range(5)) / 5)
    assert calibrate([], weeks[1:], []).forecast == OfPace(4, None, None)
    assert calibrate([], weeks, [(10, 8)] * 5).cycles == OfPace(5, 10, 8)
    said = calibrate([], [1, 1, 1, 1, 1, *[2] * 18], []).sentence
    assert said.startswith("Weeks got ")


@given(
    st.lists(RESULTS, max_size=25),
    st.lists(st.integers(0, 5), max_size=24),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8),
)
def test_nothing_is_said_of_few(
    items: list[Done], weeks: list[int], cycles: list[tuple[int, int]]
) -> None:
    found = calibrate(items, weeks, cycles)
    for one in found.efforts:
        assert (one.median_days is not None) == (one.items >= FEWEST)
        assert one.ratio is None or one.items >= FEWEST
    for level in (*found.customer_levels, *found.business_levels):
        assert (level.worked_share is not None) == (level.items >= FEWEST)
    assert (found.targets.reached_share is not None) == (found.targets.items >= FEWEST)
    for pace in (found.forecast, found.cycles):
        assert (pace.expected is not None) == (pace.count >= FEWEST)
    if len(items) < FEWEST and len(weeks) < FEWEST:
        assert found.sentence == NOTHING
