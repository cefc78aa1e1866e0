"""What PostgreSQL's SQL can say and SQLite's cannot, as functions of our connections.

``string_agg`` joins texts of rows, which SQLite itself knows from 3.44 on; ``json_real`` writes a
number with all of its digits, where SQLite's JSON shows fifteen.
"""

import sqlite3
from typing import Any

import orjson

from touchline.settings import LARGEST_ANSWER

_BUILT_IN = (3, 44)


class Connection(sqlite3.Connection):
    """A connection that knows ``string_agg(text, separator)`` and ``json_real(number)``."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.create_function("json_real", 1, _json_real, deterministic=True)
        if sqlite3.sqlite_version_info < _BUILT_IN:
            self.create_aggregate("string_agg", 2, _Joined)


class Reading(Connection):
    """One that makes no text larger than an answer may be, and fails instead."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_ANSWER)


def _json_real(value: float | None) -> str | None:
    """A number as JSON; raises ``ValueError`` for one that JSON cannot hold."""
    if value is None:
        return None
    shown = orjson.dumps(float(value))
    if shown == b"null":
        raise ValueError("not a finite number")
    return shown.decode()


class _Joined:
    def __init__(self) -> None:
        self._texts: list[str] = []
        self._separator = ""

    def step(self, *values: Any) -> None:
        text, separator = values
        if text is not None:
            self._texts.append(text)
            self._separator = separator

    def finalize(self) -> Any:
        return self._separator.join(self._texts) if self._texts else None
