"""The values are those of Shapley: held against all orders in which channels may come."""

from collections import Counter
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.journeys import CHANNELS, JOURNEYS, journey
from touchline.domain.attribution.journeys import Journey
from touchline.domain.attribution.weights import AttributionModel, weights

EXAMPLES = 40
MANY = st.lists(JOURNEYS, min_size=1, max_size=12)
Coalition = frozenset[object]


def earned(journeys: list[Journey]) -> dict[Coalition, int]:
    """The conversions of journeys by exactly their set of channels."""
    found: Counter[Coalition] = Counter()
    for one in journeys:
        found[frozenset(touch.channel for touch in one.touches)] += one.conversions
    return dict(found)


def worth(coalition: Coalition, earnings: dict[Coalition, int]) -> int:
    """What a coalition earns: all that its members, or some of them, earned without others."""
    return sum(count for members, count in earnings.items() if members <= coalition)


def values(journeys: list[Journey]) -> dict[object, float]:
    """What the model credits to each channel over all journeys."""
    found: dict[object, float] = {}
    for one in journeys:
        weighed = weights(AttributionModel.SHAPLEY, one, {})
        for touch, weight in zip(one.touches, weighed, strict=True):
            found[touch.channel] = found.get(touch.channel, 0.0) + weight * one.conversions
    return found


def marginal(earnings: dict[Coalition, int]) -> dict[str, Fraction]:
    """What each channel adds to those before it, over all orders."""
    orders = list(permutations(CHANNELS))
    found = dict.fromkeys(CHANNELS, Fraction(0))
    for order in orders:
        for place, channel in enumerate(order):
            before, after = frozenset(order[:place]), frozenset(order[: place + 1])
            found[channel] += worth(after, earnings) - worth(before, earnings)
    return {channel: total / len(orders) for channel, total in found.items()}


@settings(max_examples=EXAMPLES)
@given(MANY)
def test_a_channel_gets_what_it_adds_on_average_over_all_orders(journeys: list[Journey]) -> None:
    found = values(journeys)
    for channel, expected in marginal(earned(journeys)).items():
        assert found.get(channel, 0.0) == pytest.approx(float(expected))


@settings(max_examples=EXAMPLES)
@given(MANY)
def test_the_values_share_all_that_was_earned(journeys: list[Journey]) -> None:
    together = sum(one.conversions for one in journeys)
    assert sum(values(journeys).values()) == pytest.approx(together)


@settings(max_examples=EXAMPLES)
@given(MANY)
def test_a_channel_that_adds_nothing_gets_nothing(journeys: list[Journey]) -> None:
    without = [one for one in journeys if all(touch.channel != "mail" for touch in one.touches)]
    found = marginal(earned(without))
    assert found["mail"] == 0
    assert "mail" not in values(without)


@settings(max_examples=EXAMPLES)
@given(MANY, st.permutations(CHANNELS))
def test_channels_that_do_the_same_get_the_same(journeys: list[Journey], names: list[str]) -> None:
    other = dict(zip(CHANNELS, names, strict=True))
    swapped = [
        journey(*(other[str(touch.channel)] for touch in one.touches), conversions=one.conversions)
        for one in journeys
    ]
    found, mirrored = values(journeys), values(swapped)
    for channel, value in found.items():
        assert mirrored[other[str(channel)]] == pytest.approx(value)


@settings(max_examples=EXAMPLES)
@given(MANY, MANY)
def test_values_of_two_lots_of_journeys_add_up(some: list[Journey], more: list[Journey]) -> None:
    both, one, two = (values(lot) for lot in ([*some, *more], some, more))
    for channel, value in both.items():
        assert value == pytest.approx(one.get(channel, 0) + two.get(channel, 0))
