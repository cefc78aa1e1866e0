"""How databases write instants and days as the schema shows them."""

from collections.abc import Callable
from typing import NamedTuple


class Dated(NamedTuple):
    """A kind of time: what the years 1 to 9999 are in it, and how it is written.

    ``lite`` is SQLite's value, ``text`` PostgreSQL's, which stands between the texts ``around``.
    """

    span: str
    lite: Callable[[str], str]
    text: Callable[[str], str]
    around: tuple[str, str]


def _lite_moment(read: str) -> str:
    return f"strftime('%Y-%m-%dT%H:%M:%fZ', {read} / 1000.0, 'unixepoch')"


def _moment_text(read: str) -> str:
    """Fractions are shown without zeros at their end: half a millisecond is added, and cut off."""
    since = f"timestamp '1970-01-01 00:00:00.0005' + {read} * interval '1 millisecond'"
    return f"left(to_json({since})::text, 24)"


def _lite_day(read: str) -> str:
    return f"date({read} * 86400, 'unixepoch')"


def _day_text(read: str) -> str:
    return f"(date '1970-01-01' + ({read})::int)::text"


MOMENT = Dated("-62135596800000 AND 253402300799999", _lite_moment, _moment_text, ("", "'Z\"'"))
"""Milliseconds since 1970."""

DAY = Dated("-719162 AND 2932896", _lite_day, _day_text, ("'\"'", "'\"'"))
"""Days since 1970."""
