"""What a journey is, and which of its touches count."""

import pytest

from tests.support.journeys import journey
from touchline.domain.attribution.journeys import (
    Journey,
    Look,
    Outcome,
    Touch,
    Transform,
    gathering,
    looked_at,
    parted,
    whole,
)
from touchline.domain.kernel.clock import DAY

TOUCHES = [Touch(at, name) for at, name in enumerate("abcde")]
OUTCOMES = [Outcome(2, 1, 100, "first"), Outcome(3, 2, 50, "second")]


def named(found: list[Journey]) -> list[tuple[str, int, int]]:
    return [
        ("".join(str(touch.channel) for touch in one.touches), one.conversions, one.value)
        for one in found
    ]


def test_a_whole_journey_is_all_that_a_customer_did_with_all_that_came_of_it() -> None:
    assert named(whole(TOUCHES, OUTCOMES)) == [("abcde", 2, 150)]


def test_a_journey_is_parted_at_each_conversion_and_what_follows_the_last_came_to_nothing() -> None:
    assert named(parted(TOUCHES, OUTCOMES)) == [("ab", 1, 100), ("c", 1, 50), ("de", 0, 0)]


def test_a_gathering_journey_reaches_from_the_beginning_to_each_conversion() -> None:
    assert named(gathering(TOUCHES, OUTCOMES)) == [("ab", 1, 100), ("abc", 1, 50)]
    assert named(gathering(TOUCHES, [])) == [("abcde", 0, 0)]


def test_nothing_done_is_no_journey() -> None:
    assert [whole([], []), parted([], []), gathering([], [])] == [[], [], []]


def test_the_last_touch_led_to_a_second_conversion_too_where_nothing_came_between() -> None:
    outcomes = [Outcome(2, 1, 10), Outcome(2, 1, 20)]
    assert named(parted(TOUCHES[:2], outcomes)) == [("ab", 1, 10), ("b", 1, 20)]
    assert named(parted([], [Outcome(0, 1, 10)])) == [("", 1, 10)]


@pytest.mark.parametrize(
    "transforms, left",
    [
        ((), "mail mail direct mail search direct"),
        ((Transform.UNIQUE,), "mail mail direct mail search direct"),
        ((Transform.EXPOSURE,), "mail direct mail search direct"),
        ((Transform.FIRST,), "mail direct search"),
        ((Transform.REMOVE_DIRECT,), "mail mail mail search"),
        ((Transform.REMOVE_DIRECT, Transform.EXPOSURE), "mail search"),
        ((Transform.EXPOSURE, Transform.REMOVE_DIRECT), "mail mail search"),
    ],
)
def test_a_transform_says_which_touches_count(transforms: tuple[Transform, ...], left: str) -> None:
    told = journey("mail", "mail", "direct", "mail", "search", "direct")
    found = looked_at(told, Look(transforms=transforms))
    assert " ".join(str(touch.channel) for touch in found.touches) == left


def test_direct_touches_stay_where_there_are_no_others() -> None:
    told = journey("direct", "direct")
    assert looked_at(told, Look(transforms=(Transform.REMOVE_DIRECT,))) == told


def test_a_touch_counts_for_exactly_the_days_of_the_look_back() -> None:
    told = journey("ads", "mail", "search", apart=DAY)
    assert [touch.channel for touch in looked_at(told, Look(days=2 * DAY)).touches] == [
        "mail",
        "search",
    ]
    assert len(looked_at(told, Look(days=2 * DAY + 1)).touches) == 3


def test_steps_count_what_the_transforms_have_left() -> None:
    told = journey("ads", "mail", "mail", "search", "search")
    found = looked_at(told, Look(steps=2, transforms=(Transform.EXPOSURE,)))
    assert [touch.channel for touch in found.touches] == ["mail", "search"]
