"""The columns a map may name: those of the file, and those of the side tables beside it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from touchline.domain.imports.errors import ImportCode, ImportRefused
from touchline.domain.kernel.errors import PathStep

Cells = Sequence[str]
ReadText = Callable[[Cells], str]
SideTable = Mapping[str, Mapping[str, str]]
Path = tuple[PathStep, ...]

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


@dataclass(frozen=True)
class Joined:
    """A loaded side table: its columns, its rows by key, and how a row finds its key."""

    columns: frozenset[str]
    rows: SideTable
    key: ReadText


@dataclass(frozen=True)
class Columns:
    """Names to readers. A reader gives the stripped text, "" for what the map calls empty."""

    header: Sequence[str]
    empty: frozenset[str] = frozenset({""})
    joined: dict[str, Joined] = field(default_factory=dict)

    def reader(self, name: str, path: Path) -> ReadText:
        """How to read a column; ``UNKNOWN_COLUMN`` names the map's place and what there is."""
        if name in self.header:
            return self._own(list(self.header).index(name))
        table, dot, column = name.partition(".")
        if dot and table in self.joined and column in self.joined[table].columns:
            return self._beside(self.joined[table], column)
        raise self._unknown(name, path)

    def template(self, text: str, path: Path) -> ReadText:
        """A template's reader; one empty column empties the whole, so no id is half an id."""
        parts = [self._part(piece, path) for piece in _pieces(text, path)]
        if len(parts) == 1 and not isinstance(parts[0], str):
            return parts[0]
        if all(isinstance(part, str) for part in parts):
            constant = "".join(part for part in parts if isinstance(part, str))
            return lambda cells: constant

        def fill(cells: Cells) -> str:
            filled = [part if isinstance(part, str) else part(cells) for part in parts]
            return "".join(filled) if all(filled) else ""

        return fill

    def _part(self, piece: tuple[str, bool], path: Path) -> str | ReadText:
        text, is_column = piece
        return self.reader(text, path) if is_column else text

    def _own(self, place: int) -> ReadText:
        empty = self.empty

        def read(cells: Cells) -> str:
            text = cells[place].strip()
            return "" if text in empty else text

        return read

    def _beside(self, table: Joined, column: str) -> ReadText:
        empty = self.empty

        def read(cells: Cells) -> str:
            row = table.rows.get(table.key(cells))
            text = row[column].strip() if row else ""
            return "" if text in empty else text

        return read

    def _unknown(self, name: str, path: Path) -> ImportRefused:
        known = [*self.header]
        known += [f"{table}.{c}" for table, found in self.joined.items() for c in found.columns]
        near = get_close_matches(name, known, 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        message = f"There is no column {name!r}.{hint} There are: {', '.join(known)}."
        return ImportRefused(ImportCode.UNKNOWN_COLUMN, message, path)


def _pieces(text: str, path: Path) -> list[tuple[str, bool]]:
    """Split a template into (text, is a column); ``{{`` and ``}}`` are braces."""
    pieces: list[tuple[str, bool]] = []
    literal, end = "", 0
    for found in _PIECE.finditer(text):
        literal, end = literal + text[end : found.start()], found.end()
        if found[0] in {"{{", "}}"}:
            literal += found[0][0]
        elif found[1] is None:
            message = f"A single brace in {text!r}; write it twice, or name a column: {{name}}."
            raise ImportRefused(ImportCode.MAP_INVALID, message, path)
        else:
            pieces += [(literal, False)] * bool(literal) + [(found[1].strip(), True)]
            literal = ""
    literal += text[end:]
    return pieces + [(literal, False)] * bool(literal)
