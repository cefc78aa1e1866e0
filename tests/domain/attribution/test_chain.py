"""Removal effects: held against going step by step through the chain, nothing drawn by lot."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.journeys import CHANNELS, JOURNEYS, journey
from touchline.domain.attribution.chain import Chain
from touchline.domain.attribution.journeys import Journey

EXAMPLES = 40
MANY = st.lists(JOURNEYS, min_size=1, max_size=12)
STEPS = 20_000


def effects(journeys: list[Journey]) -> dict[object, float]:
    chain = Chain()
    chain.add(journeys)
    return dict(chain.effects())


def converting(journeys: list[Journey], without: str | None) -> float:
    """How many of those who start convert, by moving all of them on, step by step."""
    steps: Counter[tuple[str, str]] = Counter()
    for one in journeys:
        end = "converted" if one.conversions else "lost"
        path = ["start", *(str(touch.channel) for touch in one.touches), end]
        for before, after in pairwise(path):
            steps[before, after] += one.conversions or 1
    leaving: Counter[str] = Counter()
    for (before, _), count in steps.items():
        leaving[before] += count
    present, converted = {"start": 1.0}, 0.0
    for _ in range(STEPS):
        moved: dict[str, float] = {}
        for (before, after), count in steps.items():
            share = present.get(before, 0.0) * count / leaving[before]
            if after == "converted":
                converted += share
            elif after not in ("lost", without) and share:
                moved[after] = moved.get(after, 0.0) + share
        present = moved
        if sum(present.values()) < 1e-13:
            break
    return converted


@settings(max_examples=EXAMPLES)
@given(MANY)
def test_an_effect_is_the_share_of_conversions_that_would_be_missing(
    journeys: list[Journey],
) -> None:
    found = effects(journeys)
    whole = converting(journeys, None)
    for channel in CHANNELS:
        expected = 1 - converting(journeys, channel) / whole if whole else 0.0
        assert found.get(channel, 0.0) == pytest.approx(expected, abs=1e-9)


def test_the_textbook_s_three_journeys_have_the_textbook_s_effects() -> None:
    """Worked out by hand: a, b, c of which one comes to nothing."""
    told = [
        journey("ads", "mail", "search"),
        journey("ads", conversions=0),
        journey("mail", "search", conversions=0),
    ]
    assert effects(told) == pytest.approx({"ads": 0.5, "mail": 1.0, "search": 1.0})


@settings(max_examples=EXAMPLES)
@given(MANY)
def test_staying_with_a_channel_changes_nothing(journeys: list[Journey]) -> None:
    stayed = [
        journey(
            *(str(touch.channel) for touch in one.touches for _ in range(2)),
            conversions=one.conversions,
        )
        for one in journeys
    ]
    assert effects(stayed) == pytest.approx(effects(journeys))


@settings(max_examples=EXAMPLES)
@given(MANY)
def test_in_whichever_order_journeys_are_counted_the_effects_are_the_same(
    journeys: list[Journey],
) -> None:
    assert effects(journeys[::-1]) == pytest.approx(effects(journeys))


@settings(max_examples=EXAMPLES)
@given(MANY)
def test_every_channel_on_the_way_to_a_conversion_has_an_effect(journeys: list[Journey]) -> None:
    found = effects(journeys)
    for one in journeys:
        for touch in one.touches:
            assert not one.conversions or 0 < found[touch.channel] <= 1 + 1e-12


def test_where_nobody_converts_nothing_has_an_effect() -> None:
    assert effects([journey("ads", conversions=0)]) == {}
    assert effects([]) == {}
