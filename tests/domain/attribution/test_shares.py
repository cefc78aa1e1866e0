"""Credits sum to what is shared, exactly."""

from hypothesis import given
from hypothesis import strategies as st

from touchline.domain.attribution.shares import share

WEIGHTS = st.lists(st.floats(0, 1, allow_subnormal=False), min_size=1, max_size=30).filter(
    lambda found: max(found) > 0
)


@given(st.integers(-(10**15), 10**15), WEIGHTS)
def test_parts_sum_exactly_and_each_is_within_one_of_its_due(
    total: int, weights: list[float]
) -> None:
    parts = share(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / whole) < 1 + abs(total) * 1e-14


def test_the_largest_remainders_are_rounded_up_and_the_earlier_of_equal_ones() -> None:
    assert share(100, [1, 1, 1]) == [34, 33, 33]
    assert share(100, [1, 2, 4]) == [14, 29, 57]
    assert share(-100, [1, 1, 1]) == [-34, -33, -33]
    assert share(1, [0.4, 0.2, 0.4]) == [1, 0, 0]


@given(st.integers(0, 10**12), WEIGHTS)
def test_who_weighs_nothing_gets_nothing(total: int, weights: list[float]) -> None:
    parts = share(total, [*weights, 0.0])
    assert parts == [*share(total, weights), 0]


@given(st.integers(0, 10**9), WEIGHTS, st.sampled_from([2.0, 0.5, 1024.0]))
def test_only_how_weights_compare_counts(total: int, weights: list[float], times: float) -> None:
    assert share(total, [weight * times for weight in weights]) == share(total, weights)
