"""How the touches of one journey share its credit."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.journeys import CHANNELS, JOURNEYS, journey
from touchline.domain.attribution.journeys import Journey
from touchline.domain.attribution.weights import AttributionModel as Model
from touchline.domain.attribution.weights import weights
from touchline.domain.kernel.clock import DAY

EFFECTS = {"ads": 0.5, "mail": 0.25, "search": 0.125}


@pytest.mark.parametrize(
    "model, expected",
    [
        (Model.FIRST, [1, 0, 0, 0]),
        (Model.LAST, [0, 0, 0, 1]),
        (Model.LAST_NON_DIRECT, [0, 0, 1, 0]),
        (Model.LINEAR, [0.25, 0.25, 0.25, 0.25]),
        (Model.POSITION, [0.4, 0.1, 0.1, 0.4]),
        (Model.TIME_DECAY, [1 / 15, 2 / 15, 4 / 15, 8 / 15]),
        (Model.SHAPLEY, [1 / 6, 1 / 3, 1 / 6, 1 / 3]),
        (Model.MARKOV, [1 / 3, 1 / 3, 1 / 3, 0]),
    ],
)
def test_each_model_shares_by_its_rule(model: Model, expected: list[float]) -> None:
    told = journey("ads", "mail", "ads", "direct", apart=7 * DAY)
    assert weights(model, told, EFFECTS) == pytest.approx(expected)


def test_two_touches_share_alike_by_position() -> None:
    assert weights(Model.POSITION, journey("ads", "mail"), {}) == [0.5, 0.5]


def test_the_last_direct_touch_has_it_all_where_every_touch_is_direct() -> None:
    assert weights(Model.LAST_NON_DIRECT, journey("direct", "direct"), {}) == [0, 1]


def test_a_half_life_is_seven_days() -> None:
    assert weights(Model.TIME_DECAY, journey("ads", "mail", apart=7 * DAY), {}) == pytest.approx(
        [1 / 3, 2 / 3]
    )


def test_channels_of_which_no_effect_is_known_share_alike() -> None:
    assert weights(Model.MARKOV, journey("ads", "mail"), {}) == [0.5, 0.5]


@given(st.sampled_from(Model), JOURNEYS)
def test_weights_sum_to_one_and_none_is_below_nothing(model: Model, told: Journey) -> None:
    found = weights(model, told, EFFECTS)
    assert len(found) == len(told.touches)
    assert min(found) >= 0
    assert isclose(sum(found), 1, rel_tol=1e-12)


@given(JOURNEYS, st.permutations(CHANNELS))
def test_what_channels_are_called_changes_nothing_in_models_that_know_no_direct(
    told: Journey, names: list[str]
) -> None:
    other = dict(zip(CHANNELS, names, strict=True))
    renamed = journey(*(other[str(touch.channel)] for touch in told.touches))
    for model in (Model.FIRST, Model.LAST, Model.LINEAR, Model.POSITION, Model.SHAPLEY):
        assert weights(model, renamed, {}) == weights(model, told, {})
