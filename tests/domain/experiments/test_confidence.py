"""Confidence at every look: its formulas, against what they must fulfil."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from touchline.domain.experiments.balance import chi_square_tail, split_p_value
from touchline.domain.experiments.confidence import p_value, stepped, stretch, tuned

PEOPLE = some.floats(10, 1e7)


@given(PEOPLE, PEOPLE)
def test_the_interval_is_narrowest_where_it_is_tuned(planned: float, other: float) -> None:
    least = stretch(planned, tuned(planned))
    assert stretch(planned, tuned(other)) >= least * (1 - 1e-12)
    assert least == pytest.approx(3.035122, abs=1e-6)


@given(PEOPLE, PEOPLE, some.floats(0.001, 0.2))
def test_the_p_value_is_where_the_interval_begins_to_leave_out_nothing(
    people: float, planned: float, alpha: float
) -> None:
    rho2 = tuned(planned)
    assert p_value(stretch(people, rho2, alpha), people, rho2) == pytest.approx(alpha)


@given(PEOPLE, some.floats(0, 40))
def test_a_p_value_is_a_share(people: float, deviation: float) -> None:
    assert 0 <= p_value(deviation, people, tuned(1_000)) <= 1


@given(some.lists(some.floats(0, 1), min_size=1, max_size=9))
def test_steps_keep_the_order_and_never_make_surer(p_values: list[float]) -> None:
    adjusted = stepped(p_values)
    for (before, after), (more, later) in zip(
        sorted(zip(p_values, adjusted, strict=True)),
        sorted(zip(p_values, adjusted, strict=True))[1:],
        strict=False,
    ):
        assert before <= more
        assert after <= later
    assert all(one <= after for one, after in zip(p_values, adjusted, strict=True))


def test_steps_are_those_of_holm() -> None:
    assert stepped([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


@pytest.mark.parametrize(
    "value, freedom, tail",
    [
        (3.841459, 1, 0.05),
        (6.634897, 1, 0.01),
        (10.827566, 1, 0.001),
        (5.991465, 2, 0.05),
        (7.814728, 3, 0.05),
        (16.918978, 9, 0.05),
        (0.0, 3, 1.0),
    ],
)
def test_the_tail_of_chi_square_is_that_of_the_tables(
    value: float, freedom: int, tail: float
) -> None:
    assert chi_square_tail(value, freedom) == pytest.approx(tail, rel=1e-5)


def test_a_split_is_judged_by_what_was_meant() -> None:
    assert split_p_value([500, 500], [1, 1]) == 1.0
    assert split_p_value([600, 400], [1, 1]) == pytest.approx(math.erfc(math.sqrt(20)))
    assert split_p_value([900, 100], [9, 1]) == 1.0
    assert split_p_value([4, 0], [1, 1]) == 1.0  # too few to say
