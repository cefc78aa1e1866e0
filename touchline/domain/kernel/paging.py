"""Keyset paging: cursors that name a place in an order, not a page number."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

VERSION = 1
MAX_PAGE = 100

KeyPart = int | float | str | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the list called ``connection``: the sort values of a row, its id last."""

    connection: str
    key: tuple[KeyPart, ...]

    def encode(self) -> str:
        """Opaque text for the client: hexadecimal, which every database can write too."""
        return orjson.dumps([VERSION, self.connection, *self.key]).hex()


def decode_cursor(text: str, connection: str, length: int) -> Cursor:
    """Read a cursor of ``connection`` with ``length`` sort values.

    Raises ``ValueError`` when the text is no cursor, or one of another list or version.
    """
    try:
        parts: Any = orjson.loads(bytes.fromhex(text))
    except ValueError:
        raise ValueError("not a cursor of this API") from None
    if not isinstance(parts, list) or len(parts) < 2 or parts[0] != VERSION:
        raise ValueError("not a cursor of this API")
    if parts[1] != connection or len(parts) != length + 2:
        raise ValueError("a cursor of another list")
    if not all(part is None or isinstance(part, int | float | str) for part in parts[2:]):
        raise ValueError("not a cursor of this API")
    return Cursor(connection, tuple(parts[2:]))


@dataclass(frozen=True, slots=True)
class SortKey:
    """A column of a list's order. The last one of an order is always unique (the id)."""

    column: str
    descending: bool = False


def keyset_condition(order: Sequence[SortKey], cursor: Cursor) -> tuple[str, list[KeyPart]]:
    """SQL that holds for the rows strictly after the cursor, and its parameters.

    Columns of an order are never null.
    """
    compared = _compared(tuple(order))
    if compared is not None:
        return compared, list(cursor.key)
    branches: list[str] = []
    params: list[KeyPart] = []
    for depth, key in enumerate(order):
        equal = [f"{earlier.column} = ?" for earlier in order[:depth]]
        branches.append(" AND ".join([*equal, f"{key.column} {'<' if key.descending else '>'} ?"]))
        params += cursor.key[: depth + 1]
    return f"(({') OR ('.join(branches)}))", params


@lru_cache(maxsize=1024)
def _compared(order: tuple[SortKey, ...]) -> str | None:
    """All columns at once, where they have one direction."""
    if len({key.descending for key in order}) > 1:
        return None
    sign = "<" if order[0].descending else ">"
    columns = ", ".join(key.column for key in order)
    return f"({columns}) {sign} ({', '.join('?' * len(order))})"


def reversed_order(order: Sequence[SortKey]) -> list[SortKey]:
    """The same list read from its end."""
    return [SortKey(key.column, not key.descending) for key in order]


def order_by(order: Sequence[SortKey]) -> str:
    """The ``ORDER BY`` list of an order."""
    return ", ".join(f"{key.column} {'DESC' if key.descending else 'ASC'}" for key in order)
