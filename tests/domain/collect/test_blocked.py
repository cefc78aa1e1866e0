"""Values that identify nobody."""

import pytest

from touchline.domain.collect.blocked import is_blocked


@pytest.mark.parametrize(
    "value",
    [
        "",
        "   ",
        "0",
        "000-00",
        "00000000-0000-0000-0000-000000000000",
        "---",
        "-1",
        "null",
        "NULL",
        " None ",
        "NaN",
        "undefined",
        "Anonymous",
        "guest",
        "unknown",
        "N/A",
        "[object Object]",
        "true",
        "FALSE",
        '"null"',
        "'guest'",
        "'\"undefined\"'",
        '"',
        '""',
    ],
)
def test_a_placeholder_is_blocked_whatever_its_case_padding_or_quotes(value: str) -> None:
    assert is_blocked(value) is True


@pytest.mark.parametrize(
    "value", ["1", "10", "-2", "0a", "nulls", "guest-17", "ann@example.com", "'o'brien", "ー"]
)
def test_a_value_of_someone_is_not_blocked(value: str) -> None:
    assert is_blocked(value) is False
