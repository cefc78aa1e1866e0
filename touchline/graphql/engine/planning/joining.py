"""SQL of a JSON object, of the SQL of its fields."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

_ALL = 1_000_000_000
_LITERAL = re.compile(r"'(?:[^']|'')*'")


class Piece(NamedTuple):
    """SQL of one place of the answer.

    ``is_text``: it yields JSON as text, never null, to be joined with other texts. Otherwise
    (only on SQLite) it is what ``json_object`` takes as a value. ``parts`` are the texts that it
    joins, where it does nothing else.
    """

    sql: str
    is_text: bool = True
    parts: Sequence[str] = ()


Pairs = Sequence[tuple[str, Piece]]


def texts(*parts: str) -> Piece:
    """The texts one behind the other; those that stand in the statement are one at once.

    Each joint copies what was joined so far.
    """
    said: list[str] = []
    for part in parts:
        if part == "''":
            continue
        if said and _LITERAL.fullmatch(part) and _LITERAL.fullmatch(said[-1]):
            said[-1] = said[-1][:-1] + part[1:]
        else:
            said.append(part)
    return Piece(f"({' || '.join(said)})", parts=said)


def object_of(pairs: Pairs, mark: str, *, lite: bool) -> Piece:
    """A JSON object of pieces, on SQLite or on PostgreSQL."""
    if not lite:
        return _texts_object(pairs, mark)
    if not any(piece.is_text for _, piece in pairs):
        made = _values(pairs)
        return Piece(f"('{mark}' || {made})") if mark else Piece(made, is_text=False)
    return _joined(pairs, mark)


def _texts_object(pairs: Pairs, mark: str) -> Piece:
    said, opening = [], mark + "{"
    for name, piece in pairs:
        said += [f"'{opening}\"{name}\":'", *(piece.parts or [piece.sql])]
        opening = ","
    return texts(*said, "'}'") if said else texts(f"'{opening}}}'")


def _values(pairs: Pairs) -> str:
    said = ", ".join(f"'{name}', {piece.sql}" for name, piece in pairs)
    return f"json_object({said})"


def _joined(pairs: Pairs, mark: str) -> Piece:
    """SQLite's texts with their names.

    Values between them go through ``json_object``, without braces: as bytes, whose end SQLite finds
    without counting characters.
    """
    groups = [(text, list(each)) for text, each in groupby(pairs, lambda pair: pair[1].is_text)]
    said: list[str] = []
    for at, (is_text, group) in enumerate(groups, 1):
        if is_text:
            for name, piece in group:
                opening = "," if said else mark + "{"
                said += [f"'{opening}\"{name}\":'", *(piece.parts or [piece.sql])]
            continue
        made = f"CAST({_values(group)} AS BLOB)"
        made = made if at == len(groups) else f"substr({made}, -1, -{_ALL})"
        said += ["','", f"substr({made}, 2)"] if said else [f"'{mark}'", made]
    return texts(*said, *["'}'"] * groups[-1][0])


def literal(value: object) -> str:
    """A value as it stands in a statement."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"
