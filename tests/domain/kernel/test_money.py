"""Amounts keep the decimals of their currency, in Python and in SQL alike."""

from enum import StrEnum

import pytest

from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.money import (
    MOST_MINOR,
    MOST_SUM,
    added_sql,
    amount_sql,
    amount_text,
    checked_currency,
    sum_sql,
    to_minor,
)


class _Code(StrEnum):
    NO_CURRENCY = "NO_CURRENCY"


AMOUNTS = [
    ("12.50", "EUR", 1250, "12.50"),
    ("-0.05", "EUR", -5, "-0.05"),
    ("7", "JPY", 7, "7"),
    ("1.2345", "KWD", 1234, "1.234"),
    ("0.125", "USD", 12, "0.12"),
    ("0.135", "USD", 14, "0.14"),
    ("1234567.8", "CNY", 123456780, "1234567.80"),
]


@pytest.mark.parametrize(("given", "currency", "minor", "shown"), AMOUNTS)
def test_an_amount_is_kept_in_minor_units(
    given: str, currency: str, minor: int, shown: str
) -> None:
    assert to_minor(given, currency) == minor
    assert amount_text(minor, currency) == shown


@pytest.mark.usefixtures("db")
async def test_sql_writes_amounts_as_python_does() -> None:
    for _, currency, minor, shown in AMOUNTS:
        told = amount_sql("CAST(? AS BIGINT)", "CAST(? AS TEXT)")
        count = told.count("?")
        given = [currency if one == "TEXT" else minor for one in _kinds(told)]
        assert len(given) == count
        rows = await fetch(f"SELECT {told} AS shown", given)
        assert rows[0]["shown"] == shown


def _kinds(sql: str) -> list[str]:
    return [piece.split(")")[0] for piece in sql.split("CAST(? AS ")[1:]]


@pytest.mark.parametrize("given", ["", "1e3", "NaN", "1,5", "١٢", "9" * 16, "1" + "0" * 14])
def test_what_is_no_amount_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        to_minor(given, "EUR")


def test_an_unknown_currency_is_refused_with_the_code_of_the_caller() -> None:
    assert checked_currency(" eur ", _Code.NO_CURRENCY, ("currency",)) == "EUR"
    with pytest.raises(Refused) as refused:
        checked_currency("XYZ", _Code.NO_CURRENCY, ("currency",))
    assert (refused.value.code, refused.value.path) == (_Code.NO_CURRENCY, ("currency",))


SUMS = [
    ([5, -7, 1_234_567, -1_000_001], 234_564),
    ([MOST_MINOR - 1] * 3, 3 * MOST_MINOR - 3),
    ([-999_999, -1], -MOST_MINOR // 10**9),
    ([MOST_SUM, MOST_SUM, MOST_SUM], MOST_SUM),
    ([-MOST_SUM, -MOST_SUM], -MOST_SUM),
    ([MOST_SUM, -MOST_SUM, 8], 8),
]


@pytest.mark.usefixtures("db")
async def test_sums_that_are_kept_are_exact_and_stop_before_64_bits_do() -> None:
    for amounts, whole in SUMS:
        rows = " UNION ALL ".join(f"SELECT CAST({one} AS BIGINT) AS minor" for one in amounts)
        (row,) = await fetch(f"SELECT {sum_sql('minor')} AS whole FROM ({rows}) a")
        assert row["whole"] == whole
        kept = "CAST(0 AS BIGINT)"
        for one in amounts:
            added = added_sql("kept", f"CAST({one} AS BIGINT)")
            (row,) = await fetch(f"SELECT {added} AS kept FROM (SELECT {kept} AS kept) a")
            kept = f"CAST({row['kept']} AS BIGINT)"
        assert row["kept"] == whole
    (row,) = await fetch(f"SELECT {sum_sql('id')} AS whole FROM customer")
    assert row["whole"] is None
