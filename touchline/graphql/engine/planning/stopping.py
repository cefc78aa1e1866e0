"""Telling that a statement came upon something of which normal execution has to tell."""

from collections.abc import Iterable

STOPPED = "not as declared"
"""What a statement of SQLite stops at: no JSON."""

WRONG = "\x1f"
"""What a statement of PostgreSQL writes there, and goes on: JSON holds no control characters.

An expression that fails would cost every request its preparation.
"""

_WRONG = WRONG.encode()


class Stopped(Exception):
    """A statement came upon such a thing."""


def check(row: Iterable[bytes]) -> None:
    """Raise ``Stopped`` if that stands in what a statement wrote."""
    for text in row:
        if _WRONG in text:
            raise Stopped


def is_stop(error: Exception) -> bool:
    """Whether a statement came upon such a thing (``Writer.wrong``).

    SQLite does not repeat the text that it stopped at.
    """
    return isinstance(error, Stopped) or str(error) == "malformed JSON"
