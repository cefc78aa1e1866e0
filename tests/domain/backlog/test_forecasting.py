"""Playing past weeks again: exact where nothing is left to chance, and honest where it is."""

from collections.abc import Sequence

import pytest

from touchline.domain.backlog.forecasting import RUNS, drained_by_week, forecast, nets_of


def test_weeks_that_are_all_alike_leave_nothing_to_chance() -> None:
    found = forecast(21, [3] * 6, [1] * 6)
    assert (found.p50, found.p85, found.p95, found.never_drains) == (11, 11, 11, 0)
    assert (found.throughput, found.arrivals) == (3, 1)
    assert found.sentence == "At today's pace this backlog takes 11 weeks."
    assert drained_by_week(21, nets_of([3] * 6, [1] * 6))[0][:12] == (*[0] * 11, RUNS)


def test_chance_is_what_the_weeks_say() -> None:
    """One item, and every other week none is done: half of the runs end with each week."""
    drained, _ = drained_by_week(1, nets_of([0, 1] * 3, [0] * 6))
    expected = [RUNS * (1 - 0.5**week) for week in range(6)]
    assert list(drained[:6]) == pytest.approx(expected, abs=250)
    assert list(drained) == sorted(drained)


def test_the_same_weeks_give_the_same_forecast() -> None:
    weeks = ([3, 5, 4, 6, 2, 4], [2, 1, 3, 2, 1, 2])
    first = forecast(80, *weeks)
    drained_by_week.cache_clear()
    assert forecast(80, *weeks) == first


def test_more_coming_in_than_going_out_never_drains() -> None:
    found = forecast(40, [1] * 8, [2] * 8)
    assert (found.p50, found.p95, found.never_drains) == (None, None, 1)
    assert found.sentence == (
        "At today's pace this backlog never drains: as much comes in as gets done."
    )


def test_dropping_half_is_told_where_it_helps() -> None:
    assert forecast(200, [4] * 6, [2] * 6).sentence == (
        "At today's pace this backlog takes 100 weeks; dropping 100 items makes it 50 weeks."
    )
    assert forecast(0, [1] * 6, [1] * 6).sentence == "Nothing stands in this backlog."


@pytest.mark.parametrize(
    "done, known", [([], "is no week"), ([1], "is 1 week"), ([1, 2, 3, 4, 5], "are 5 weeks")]
)
def test_too_little_history_is_no_forecast(done: Sequence[int], known: str) -> None:
    found = forecast(9, done, done)
    assert (found.p50, found.p85, found.p95, found.never_drains) == (None, None, None, None)
    assert found.sentence == f"There {known} of history; a forecast needs 6."
