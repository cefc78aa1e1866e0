"""Where a value to be compared stands, in the words of each database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from touchline.domain.conditions.sql import Query, Scope
from touchline.domain.conditions.tree import Scalar

_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Place(Protocol):
    """One value of a row. What it yields is null, not true, where there is no such value."""

    def binary(self) -> str:
        """What compares texts by their code points."""

    def exists(self) -> Query:
        """There is a value, and it is not null."""

    def equals(self, value: Scalar) -> Query:
        """It is this value, of the same type."""

    def equals_any(self, values: Sequence[Scalar]) -> Query:
        """It is one of these values."""

    def is_text(self) -> Query:
        """It is text."""

    def text(self) -> Query:
        """The text, for where it is one."""

    def lowered(self) -> Query:
        """The same with a–z for A–Z."""

    def ordered(self, sign: str, number: float) -> Query:
        """It is a number that compares so with another."""

    def number(self) -> Query:
        """The number, null where it is none."""


def place(column: str, path: Sequence[str], scope: Scope) -> Place:
    """The value under a path of keys in a JSON column; without a path the whole of it."""
    if scope.is_postgres:
        return _PostgresJson(column, tuple(path))
    return _SqliteJson(column, "$" + "".join(f'."{key}"' for key in path))


def text_place(column: str, scope: Scope) -> Place:
    """The value of a column of text."""
    return _Text(column, scope)


@dataclass(frozen=True, slots=True)
class _SqliteJson:
    column: str
    path: str

    def binary(self) -> str:
        return ""

    def exists(self) -> Query:
        return Query(f"json_type({self.column}, ?) <> 'null'", (self.path,))

    def equals(self, value: Scalar) -> Query:
        if isinstance(value, bool):
            return Query(
                f"json_type({self.column}, ?) = ?", (self.path, "true" if value else "false")
            )
        kinds = "('text')" if isinstance(value, str) else "('integer', 'real')"
        return Query(
            f"json_type({self.column}, ?) IN {kinds}"
            f" AND json_extract({self.column}, ?) = json_extract(?, '$')",
            (self.path, self.path, _json(value)),
        )

    def equals_any(self, values: Sequence[Scalar]) -> Query:
        each = [self.equals(value) for value in values]
        text = " OR ".join(f"({one.text})" for one in each)
        return Query(text, tuple(param for one in each for param in one.params))

    def is_text(self) -> Query:
        return Query(f"json_type({self.column}, ?) = 'text'", (self.path,))

    def text(self) -> Query:
        return Query(f"json_extract({self.column}, ?)", (self.path,))

    def lowered(self) -> Query:
        return Query(f"lower(json_extract({self.column}, ?))", (self.path,))

    def ordered(self, sign: str, number: float) -> Query:
        return Query(
            f"json_type({self.column}, ?) IN ('integer', 'real')"
            f" AND json_extract({self.column}, ?) {sign} json_extract(?, '$')",
            (self.path, self.path, _json(number)),
        )

    def number(self) -> Query:
        return Query(
            f"CASE WHEN json_type({self.column}, ?) IN ('integer', 'real')"
            f" THEN CAST(json_extract({self.column}, ?) AS REAL) END",
            (self.path, self.path),
        )


@dataclass(frozen=True, slots=True)
class _PostgresJson:
    """Steps go one by one: a path of several would take ``0`` for the place in a list.

    Documents are kept as text; what is found in them is compared as JSONB.
    """

    column: str
    path: tuple[str, ...]

    def binary(self) -> str:
        return ' COLLATE "C"'

    def exists(self) -> Query:
        return self._query("jsonb_typeof({}) <> 'null'")

    def equals(self, value: Scalar) -> Query:
        return self._query("{} = ?::jsonb", _json(value))

    def equals_any(self, values: Sequence[Scalar]) -> Query:
        return self._query("{} = ANY(?::jsonb[])", [_json(value) for value in values])

    def is_text(self) -> Query:
        return self._query("jsonb_typeof({}) = 'string'")

    def text(self) -> Query:
        return self._query("({} #>> '{{}}')")

    def lowered(self) -> Query:
        return self._query(f"translate({{}} #>> '{{{{}}}}', '{_UPPER}', '{_UPPER.lower()}')")

    def ordered(self, sign: str, number: float) -> Query:
        typed = self._query("jsonb_typeof({}) = 'number'")
        compared = self._query(f"{{}} {sign} ?::jsonb", _json(number))
        return Query(f"{typed.text} AND {compared.text}", typed.params + compared.params)

    def number(self) -> Query:
        return self._query(
            "(SELECT CASE WHEN jsonb_typeof(found) = 'number' THEN (found #>> '{{}}')::numeric END"
            " FROM (SELECT {} AS found) one)"
        )

    def _query(self, text: str, *params: Any) -> Query:
        steps = "".join(" -> ?::text" for _ in self.path)
        found = f"({self.column}{steps})::jsonb"
        return Query(text.format(found), (*self.path, *params))


@dataclass(frozen=True, slots=True)
class _Text:
    column: str
    scope: Scope

    def binary(self) -> str:
        return ' COLLATE "C"' if self.scope.is_postgres else ""

    def exists(self) -> Query:
        return Query(f"{self.column} IS NOT NULL")

    def equals(self, value: Scalar) -> Query:
        return Query(f"{self.column} = ?", (str(value),))

    def equals_any(self, values: Sequence[Scalar]) -> Query:
        if self.scope.is_postgres:
            return Query(f"{self.column} = ANY(?::text[])", ([str(value) for value in values],))
        marks = ", ".join("?" * len(values))
        return Query(f"{self.column} IN ({marks})", tuple(str(value) for value in values))

    def is_text(self) -> Query:
        return self.exists()

    def text(self) -> Query:
        return Query(self.column)

    def lowered(self) -> Query:
        if self.scope.is_postgres:
            return Query(f"translate({self.column}, '{_UPPER}', '{_UPPER.lower()}')")
        return Query(f"lower({self.column})")

    def ordered(self, sign: str, number: float) -> Query:
        return Query("1 = 0")

    def number(self) -> Query:
        return Query("NULL")


def _json(value: Scalar) -> str:
    return orjson.dumps(value).decode()
