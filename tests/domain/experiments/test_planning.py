"""How many people an experiment needs, against published figures."""

import math

import pytest

from touchline.domain.experiments.planning import Expected, of_rate, plan, share_of

EVEN = (1, 1)


def test_one_look_needs_what_the_textbook_says() -> None:
    """3% that is to become 3.6%, with 80% power at 5%: 13,914 people an arm."""
    planned = plan(of_rate(0.03, 0.006), 0.006, EVEN, is_rate=True)
    assert share_of(planned.at_one_look, EVEN) == 13_914


def test_looking_at_any_time_is_paid_for_with_people() -> None:
    planned = plan(of_rate(0.03, 0.006), 0.006, EVEN, is_rate=True)
    assert planned.per_arm(EVEN) == 26_643


def test_half_the_target_needs_about_four_times_the_people() -> None:
    many = plan(of_rate(0.1, 0.01), 0.01, EVEN, is_rate=True).people
    few = plan(of_rate(0.1, 0.02), 0.02, EVEN, is_rate=True).people
    assert many / few == pytest.approx(4, rel=0.1)


def test_a_number_needs_what_its_spread_says() -> None:
    """Two means of one spread: n = 2 ((1.96 + 0.84) s / d)²."""
    planned = plan(Expected(50, 20, 20), 2, EVEN, is_rate=False)
    assert share_of(planned.at_one_look, EVEN) == math.ceil(
        2 * ((1.959963985 + 0.841621234) * 20 / 2) ** 2
    )


def test_uneven_arms_need_more_people_in_all() -> None:
    even = plan(of_rate(0.1, 0.02), 0.02, EVEN, is_rate=True)
    uneven = plan(of_rate(0.1, 0.02), 0.02, (9, 1), is_rate=True)
    assert uneven.people > 2 * even.people
    assert uneven.per_arm((9, 1)) == uneven.people // 10


def test_several_arms_share_what_may_go_wrong() -> None:
    two = plan(of_rate(0.1, 0.02), 0.02, EVEN, is_rate=True)
    four = plan(of_rate(0.1, 0.02), 0.02, (1, 1, 1, 1), is_rate=True)
    assert four.per_arm((1, 1, 1, 1)) > two.per_arm(EVEN)
