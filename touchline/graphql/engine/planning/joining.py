"""SQL of a JSON object, of the SQL of its fields."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

_ALL = 1_000_000_000


class Piece(NamedTuple):
    """SQL of one place of the answer.

    ``is_text``: it yields JSON as text, never null, to be joined with other texts. Otherwise
    (only on SQLite) it is what ``json_object`` takes as a value.
    """

    sql: str
    is_text: bool = True


Pairs = Sequence[tuple[str, Piece]]


def values_object(pairs: Pairs) -> str:
    """SQLite's object of values."""
    said = ", ".join(f"'{name}', {piece.sql}" for name, piece in pairs)
    return f"json_object({said})"


def joined(pairs: Pairs, mark: str) -> str:
    """Texts with their names; values between them go through ``json_object``, without braces."""
    said: list[str] = []
    for is_text, group in groupby(pairs, lambda pair: pair[1].is_text):
        if not is_text:
            open_end = f"substr({values_object(list(group))}, -1, -{_ALL})"
            first = f"'{mark}' || {open_end}" if mark else open_end
            said.append(f"',' || substr({open_end}, 2)" if said else first)
            continue
        for name, piece in group:
            opening = "," if said else mark + "{"
            said.append(f"'{opening}\"{name}\":' || {piece.sql}")
    return " || ".join([*said, "'}'"]) if said else f"'{mark}{{}}'"
