"""Points that fade, bands, and parts that sum exactly."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from touchline.domain.kernel.clock import DAY, HOUR
from touchline.domain.scoring.bands import Band, Change, Fading, Total, band_of, next_band_change
from touchline.domain.scoring.decay import (
    MICRO,
    RESCALE_AFTER,
    crossing,
    faded,
    grown,
    landmark_at,
    parted,
    rank,
)

LANDMARK = 1_700_000_000_000
HALF_LIVES = st.integers(HOUR, 400 * DAY)
AGES = st.integers(-400 * DAY, 400 * DAY)
POINTS = st.integers(-10_000 * MICRO, 10_000 * MICRO)
BANDS = (Band("Cold", 0), Band("Warm", 10 * MICRO), Band("Hot", 50 * MICRO))


def test_points_halve_in_a_half_life() -> None:
    amount = grown(8 * MICRO, LANDMARK, LANDMARK, DAY)
    worth = [faded(amount, LANDMARK + days * DAY, LANDMARK, DAY) for days in range(4)]
    assert worth == [8 * MICRO, 4 * MICRO, 2 * MICRO, 1 * MICRO]


def test_what_happens_later_is_worth_as_much_when_it_happens() -> None:
    amount = grown(5 * MICRO, LANDMARK + 10 * DAY, LANDMARK, DAY)
    assert faded(amount, LANDMARK + 10 * DAY, LANDMARK, DAY) == 5 * MICRO


def test_without_a_half_life_nothing_fades() -> None:
    assert faded(grown(7, LANDMARK + DAY, LANDMARK, None), LANDMARK + 9 * DAY, LANDMARK, None) == 7


@given(st.lists(POINTS, min_size=1, max_size=12), AGES, HALF_LIVES)
def test_the_parts_of_a_score_sum_to_it_exactly(
    amounts: list[int], age: int, half_life: int
) -> None:
    at = LANDMARK + abs(age)
    parts = [parted(amounts[: place + 1], at, LANDMARK, half_life) for place in range(len(amounts))]
    assert sum(parts) == faded(sum(amounts), at, LANDMARK, half_life)
    for amount, part in zip(amounts, parts, strict=True):
        assert abs(part - amount * 2 ** ((LANDMARK - at) / half_life)) < 2


@given(
    st.lists(st.tuples(POINTS, AGES), max_size=12).flatmap(
        lambda told: st.tuples(st.just(told), st.permutations(told))
    ),
    HALF_LIVES,
)
def test_the_order_of_arrival_never_matters(
    told: tuple[list[tuple[int, int]], list[tuple[int, int]]], half_life: int
) -> None:
    def total(arrived: Sequence[tuple[int, int]]) -> int:
        kept = LANDMARK + 400 * DAY
        return sum(grown(points, LANDMARK + age, kept, half_life) for points, age in arrived)

    assert total(told[0]) == total(told[1])


@given(POINTS, st.integers(0, RESCALE_AFTER), HALF_LIVES)
def test_moving_the_landmark_changes_no_score(points: int, halvings: int, half_life: int) -> None:
    happened, later = LANDMARK + 5 * half_life, LANDMARK + halvings * half_life
    at = max(happened, later) + 3 * half_life
    values = [
        faded(grown(points, happened, kept, half_life), at, kept, half_life)
        for kept in (LANDMARK, later)
    ]
    assert abs(values[0] - values[1]) <= 1


def test_sums_stay_within_64_bits_until_the_landmark_moves() -> None:
    every_hour_late = grown(1_000 * MICRO, LANDMARK + (RESCALE_AFTER + 1) * HOUR, LANDMARK, HOUR)
    assert 10_000 * every_hour_late < 2**63


@given(st.integers(0, 400 * DAY), HALF_LIVES)
def test_a_landmark_moves_by_whole_half_lives_when_it_is_time(age: int, half_life: int) -> None:
    moved = landmark_at(LANDMARK + age, LANDMARK, half_life)
    assert (moved - LANDMARK) % half_life == 0
    assert LANDMARK + age - moved < 16 * half_life
    assert (moved == LANDMARK) == (age < 16 * half_life)


@given(
    st.integers(MICRO, 10_000 * MICRO),
    st.integers(MICRO, 10_000 * MICRO),
    st.integers(0, 40 * DAY),
    st.integers(10 * DAY, 100 * DAY),
)
def test_the_order_of_customers_does_not_change_with_time(
    one: int, other: int, age: int, half_life: int
) -> None:
    at = LANDMARK + age
    ranks = [rank(faded(amount, at, LANDMARK, half_life), at, half_life) for amount in (one, other)]
    firsts = [rank(amount, LANDMARK, half_life) for amount in (one, other)]
    # A value is known to a micro-point: of the least, 62,500 after 4 half-lives, 2.4e-5 half-lives.
    near = 3 * half_life // 10**5
    assert all(abs(now - first) <= near for now, first in zip(ranks, firsts, strict=True))


def test_scores_are_ranked_below_and_above_nothing() -> None:
    ranks = [rank(points, LANDMARK, DAY) for points in (-20, -10, 0, 10, 20)]
    assert ranks == sorted(ranks)
    assert [rank(points, LANDMARK, None) for points in (-2, 0, 2)] == [-2, 0, 2]


@given(
    st.integers(-10_000 * MICRO, 10_000 * MICRO),
    st.integers(-100 * MICRO, 100 * MICRO),
    st.integers(-100 * MICRO, 100 * MICRO),
    st.integers(0, 30 * DAY),
    HALF_LIVES,
)
def test_a_crossing_is_met_to_the_millisecond(
    fading: int, steady: int, minimum: int, age: int, half_life: int
) -> None:
    at = LANDMARK + age

    def reaches(moment: int) -> bool:
        return faded(fading, moment, LANDMARK, half_life) + steady >= minimum

    met = crossing(fading, steady, minimum, at, LANDMARK, half_life)
    if met is None:
        later = (at + times * half_life for times in (1, 2, 5, 20, 100))
        assert {reaches(moment) for moment in later} == {reaches(at)}
    else:
        assert met > at
        assert reaches(met - 1) == reaches(at) != reaches(met)


def test_a_value_lies_in_the_highest_band_that_it_reaches() -> None:
    values = (-1, 0, 10 * MICRO - 1, 10 * MICRO, 90 * MICRO)
    names = [band.name if (band := band_of(value, BANDS)) else None for value in values]
    assert names == [None, "Cold", "Cold", "Warm", "Hot"]


KEPT = Fading(LANDMARK, DAY)


def test_the_next_band_change_is_the_instant_at_which_it_comes() -> None:
    hot = Total(100 * MICRO, 0)
    assert next_band_change(hot, BANDS, LANDMARK, KEPT) == LANDMARK + DAY + 1
    assert next_band_change(Total(0, 20 * MICRO), BANDS, LANDMARK, KEPT) is None
    assert next_band_change(Total(-40 * MICRO, 30 * MICRO), BANDS, LANDMARK, KEPT) is not None


def test_an_adjustment_that_lapses_changes_the_band_at_that_instant() -> None:
    total = Total(0, 60 * MICRO, (Change(LANDMARK + 5 * DAY, -30 * MICRO),))
    assert next_band_change(total, BANDS, LANDMARK, KEPT) == LANDMARK + 5 * DAY
    still = Total(0, 90 * MICRO, (Change(LANDMARK + 5 * DAY, -30 * MICRO),))
    assert next_band_change(still, BANDS, LANDMARK, KEPT) is None


@given(
    st.integers(-1_000 * MICRO, 1_000 * MICRO),
    st.integers(-100 * MICRO, 100 * MICRO),
    st.lists(st.tuples(st.integers(1, 30 * DAY), st.integers(-60 * MICRO, 60 * MICRO)), max_size=3),
)
def test_until_the_next_band_change_the_band_holds_and_then_it_is_another(
    fading: int, steady: int, lapses: list[tuple[int, int]]
) -> None:
    changes = tuple(Change(LANDMARK + after, points) for after, points in lapses)
    total = Total(fading, steady, changes)

    def band(at: int) -> Band | None:
        return band_of(total.value(at, KEPT), BANDS)

    met = next_band_change(total, BANDS, LANDMARK, KEPT)
    end = LANDMARK + 60 * DAY if met is None else met
    steps = {LANDMARK + (end - 1 - LANDMARK) * part // 50 for part in range(51)}
    watched = steps | {change.at for change in changes if change.at < end} | {end - 1}
    assert {band(at) for at in watched if at >= LANDMARK} == {band(LANDMARK)}
    if met is not None:
        assert band(met) != band(LANDMARK)
