"""Rows that could not become calls: written beside the file, with the reason."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from touchline.domain.imports.errors import map_path
from touchline.domain.kernel.errors import PathStep

REASON = ("rejected_code", "rejected_path", "rejected_reason")


class Rejects:
    """A file of rejected rows: the original columns, then code, path and reason.

    It is made with the first rejected row, so a clean import leaves none; a resumed one appends.
    """

    def __init__(self, path: Path, header: Sequence[str], *, resumed: bool) -> None:
        self.path = path
        self._header = header
        self._resumed = resumed
        self._file: TextIO | None = None

    def add(self, cells: Sequence[str], code: str, path: Sequence[PathStep], why: str) -> None:
        """Write one row with its reason."""
        file = self._file or self._open()
        padded = [*cells, *[""] * (len(self._header) - len(cells))]
        csv.writer(file).writerow([*padded, code, map_path(path), why])

    def flush(self) -> None:
        """Bring what has been written to disk."""
        if self._file:
            self._file.flush()

    def close(self) -> None:
        """Close the file, if a row was rejected at all."""
        if self._file:
            self._file.close()

    def _open(self) -> TextIO:
        again = self._resumed and self.path.exists()
        self._file = self.path.open("a" if again else "w", encoding="utf-8-sig", newline="")
        if not again:
            csv.writer(self._file).writerow([*self._header, *REASON])
        return self._file
