"""Timestamps as clients write them, and as Touchline writes them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.clock import SettableClock
from touchline.domain.kernel import clock as kernel_clock
from touchline.domain.kernel.clock import DAY, MINUTE, format_moment, parse_moment

NEW_YEAR = 1_767_225_600_000  # 2026-01-01T00:00:00Z
FIRST = -62_135_596_800_000  # 0001-01-01T00:00:00Z
LAST = 253_402_300_799_999  # 9999-12-31T23:59:59.999Z


@pytest.mark.parametrize(
    "written, moment",
    [
        ("2026-01-01T00:00:00Z", NEW_YEAR),
        ("2026-01-01T00:00:00.000Z", NEW_YEAR),
        ("2026-01-01T00:00:00.1Z", NEW_YEAR + 100),
        ("2026-01-01T00:00:00.12Z", NEW_YEAR + 120),
        ("2026-01-01T00:00:00.123456789Z", NEW_YEAR + 123),
        ("2026-01-01T00:00:00,5Z", NEW_YEAR + 500),
        ("2026-01-01T00:00:00", NEW_YEAR),
        ("2026-01-01T00:00", NEW_YEAR),
        ("2026-01-01 00:00:00", NEW_YEAR),
        ("2026-01-01 00:00:00 UTC", NEW_YEAR),
        ("2026-01-01", NEW_YEAR),
        ("2026-1-1", NEW_YEAR),
        ("  2026-01-01T00:00:00z ", NEW_YEAR),
        ("2026-01-01T02:00:00+02:00", NEW_YEAR),
        ("2026-01-01T02:00:00+0200", NEW_YEAR),
        ("2026-01-01T02:00:00+02", NEW_YEAR),
        ("2025-12-31T18:30:00-05:30", NEW_YEAR),
        ("2015-2-02T00:30:08.276Z", 1_422_837_008_276),
        ("2016-02-29T00:00:00Z", 1_456_704_000_000),
        ("0001-01-01T00:00:00Z", FIRST),
        ("9999-12-31T23:59:59.999Z", LAST),
        ("0001-01-01T14:00:00+14:00", FIRST),
        ("9999-12-31T11:59:59.999-12:00", LAST),
        (NEW_YEAR, NEW_YEAR),
        (NEW_YEAR // 1000, NEW_YEAR),
        (NEW_YEAR / 1000 + 0.25, NEW_YEAR + 250),
        (0, 0),
        (-1, -1_000),
    ],
)
def test_a_timestamp_is_read_as_clients_write_it(written: str | float, moment: int) -> None:
    assert parse_moment(written) == moment


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "banana",
        "now",
        "2026",
        "2026-01",
        "2026-13-01",
        "2026-02-30",
        "2015-02-29T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:61Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00X",
        "2026-01-01T00:00:00+1",
        "2026-01-01T",
        "0000-01-01",
        "10000-01-01T00:00:00Z",
        "0001-01-01T13:59:59.999+14:00",
        "9999-12-31T12:00:00-12:00",
        "２０２６-01-01",
        "2026-01-01T00:00:00Z\x00",
        "1767225600",
        True,
        False,
        float("nan"),
        float("inf"),
    ],
)
def test_what_is_no_timestamp_is_refused(nonsense: str | float) -> None:
    with pytest.raises(ValueError):
        parse_moment(nonsense)


@given(st.integers(FIRST, LAST))
def test_what_is_written_is_read_back(moment: int) -> None:
    written = format_moment(moment)
    assert parse_moment(written) == moment
    assert len(written) == len("2026-01-01T00:00:00.000Z")


@given(
    st.integers(FIRST + 2 * DAY, LAST - 2 * DAY),
    st.integers(-14 * 60, 14 * 60),
    st.sampled_from(["T", " "]),
)
def test_an_instant_is_the_same_in_every_zone(moment: int, offset: int, between: str) -> None:
    sign = "-" if offset < 0 else "+"
    zone = f"{sign}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
    local = format_moment(moment + offset * MINUTE).replace("T", between).removesuffix("Z")
    assert parse_moment(local + zone) == moment


@given(st.lists(st.integers(FIRST, LAST), min_size=2))
def test_written_instants_sort_as_they_happened(moments: list[int]) -> None:
    assert sorted(map(format_moment, moments)) == [format_moment(each) for each in sorted(moments)]


@given(st.one_of(st.text(), st.floats(), st.integers()))
def test_whatever_comes_is_read_or_refused_with_a_value_error(anything: str | float) -> None:
    try:
        assert isinstance(parse_moment(anything), int)
    except ValueError:
        assert not isinstance(anything, int)


def test_the_clock_of_the_process_can_be_set_and_given_back() -> None:
    settable = SettableClock("2026-01-01T00:00:00Z")
    kernel_clock.use_clock(settable)
    try:
        assert kernel_clock.now() == NEW_YEAR
        settable.advance(5)
        assert kernel_clock.now() == NEW_YEAR + 5
    finally:
        kernel_clock.use_clock(None)
    assert abs(kernel_clock.now() - datetime.now(UTC).timestamp() * 1000) < 60_000
