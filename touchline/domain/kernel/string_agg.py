"""``string_agg`` on SQLite: what joins texts of rows is called so on PostgreSQL, and on SQLite only
from 3.44 on.
"""

import sqlite3
from typing import Any

_BUILT_IN = (3, 44)


class Connection(sqlite3.Connection):
    """A connection that knows ``string_agg(text, separator)``."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if sqlite3.sqlite_version_info < _BUILT_IN:
            self.create_aggregate("string_agg", 2, _Joined)


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
