"""Pieces of SQL that conditions are compiled to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import Dialect

CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Query:
    """SQL with ``?`` for each of its parameters, in order."""

    text: str
    params: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """Customers with ids after ``after``, up to and including ``up_to``."""

    after: int
    up_to: int


@dataclass(frozen=True, slots=True)
class Scope:
    """For when and for whom a condition is compiled.

    With ``chosen`` the statement holds a table ``chosen(id)`` of the customers in question, and
    every part keeps to them, or to those of a ``range``. What is nested is ``defined`` under
    names, since SQLite cannot read deep brackets.
    """

    at: Moment
    dialect: Dialect
    chosen: bool = False
    range: Range | None = None
    definitions: list[Query] = field(default_factory=list)

    def defined(self, query: Query) -> str:
        """A name under which the rest of the statement finds the rows of a query."""
        self.definitions.append(query)
        return f"d{len(self.definitions)}"

    def bound(self, column: str) -> str:
        """`` AND …`` that keeps ``column`` to the customers in question; empty for all."""
        if self.range is not None:
            return (
                f" AND {column} > {int(self.range.after)} AND {column} <= {int(self.range.up_to)}"
            )
        return f" AND {column} IN (SELECT id FROM {CHOSEN})" if self.chosen else ""

    @property
    def is_postgres(self) -> bool:
        """Whether it is compiled for PostgreSQL."""
        return self.dialect == "postgres"


@dataclass(frozen=True, slots=True)
class Members:
    """A set of customers: those of ``query`` (column ``customer_id``), or all ``outside`` it."""

    query: Query
    outside: bool = False


def joined(word: str, pieces: Iterable[Query]) -> Query:
    """The pieces in brackets, joined by ``AND``, ``OR`` or the like."""
    said = list(pieces)
    text = f" {word} ".join(f"({piece.text})" for piece in said)
    return Query(text, tuple(param for piece in said for param in piece.params))


def united(queries: Sequence[Query], columns: str, scope: Scope) -> Query:
    """The rows of all queries, one below the other."""
    names = [scope.defined(query) for query in queries]
    return Query(" UNION ALL ".join(f"SELECT {columns} FROM {name}" for name in names))
