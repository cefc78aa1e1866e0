"""Durations are of exact length and have one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.domain.kernel.clock import DAY, HOUR, MINUTE, SECOND
from touchline.graphql.base.durations import format_duration, parse_duration


@pytest.mark.parametrize(
    "text, length",
    [
        ("P30D", 30 * DAY),
        ("P2W", 14 * DAY),
        ("P1W2DT3H4M5.6S", 9 * DAY + 3 * HOUR + 4 * MINUTE + 5_600),
        ("PT0S", 0),
        ("PT90S", 90 * SECOND),
        ("PT0.001S", 1),
    ],
)
def test_a_duration_is_read(text: str, length: int) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1DT", "P1M", "P1Y", "-P1D", "1D", "P1.5D", "P١D", "P999999W", "p1d"]
)
def test_what_is_of_no_exact_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_duration(text)


@given(st.integers(0, 36_500 * DAY))
def test_a_length_has_one_text(length: int) -> None:
    assert parse_duration(format_duration(length)) == length
