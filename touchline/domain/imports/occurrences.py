"""Telling identical rows apart: the first, the second, the n-th.

Exports hold rows that are alike to the last letter and yet are two touches. Their message ids
must differ, and must be the same again on the next run, so the id says which of its like a row is.
The counts live in a temporary SQLite file that spills to disk, so memory stays constant.
"""

import sqlite3
from collections.abc import Sequence
from hashlib import blake2b

_SEEN = """
INSERT INTO seen (row, times) VALUES (?, 1)
ON CONFLICT (row) DO UPDATE SET times = times + 1 RETURNING times
"""


class Occurrences:
    """Counts the rows of one file, by everything they hold."""

    def __init__(self, header: Sequence[str]) -> None:
        self._header = "\x1f".join(header).encode()
        self._counts = sqlite3.connect("", isolation_level=None)
        self._counts.execute("PRAGMA journal_mode = OFF")
        self._counts.execute("CREATE TABLE seen (row BLOB PRIMARY KEY, times INT) WITHOUT ROWID")
        self._counts.execute("BEGIN")

    def count(self, cells: Sequence[str]) -> tuple[bytes, int]:
        """The row's digest, and how many times it has been counted, this time included."""
        mixed = blake2b(self._header, digest_size=16)
        mixed.update("\x1f".join(cells).encode("utf-8", "surrogatepass"))
        row = mixed.digest()
        ((times,),) = self._counts.execute(_SEEN, (row,)).fetchall()
        return row, times

    def close(self) -> None:
        """Give the temporary file back."""
        self._counts.close()
