"""Read models: what a capability lets others read of its tables, as data.

A relation names columns and the conditions its lists may be filtered by; it runs nothing. The
GraphQL layer builds its statements from relations. SQL inside them is a template that both
engines understand: ``{t}`` stands for the row's alias, ``{value}`` for the parameter.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from touchline.domain.kernel.money import amount_sql


class Kind(StrEnum):
    """What a column holds, whichever engine keeps it."""

    KEY = "KEY"
    INTEGER = "INTEGER"
    REAL = "REAL"
    TEXT = "TEXT"
    BOOLEAN = "BOOLEAN"
    MOMENT = "MOMENT"
    JSON = "JSON"
    BYTES = "BYTES"


POSTGRES_TYPES: Mapping[Kind, str] = {
    Kind.KEY: "bigint",
    Kind.INTEGER: "bigint",
    Kind.REAL: "double precision",
    Kind.TEXT: "text",
    Kind.BOOLEAN: "boolean",
    Kind.MOMENT: "bigint",
    Kind.JSON: "json",
    Kind.BYTES: "bytea",
}


_OWN = re.compile(r"\{t\}\.(\w+)")


@dataclass(frozen=True, slots=True)
class Column:
    """One value of a row; ``sql`` computes it where it is not stored under its name.

    A number that ``is_count`` counts rows: it never leaves the 32 bits that the schema shows.
    """

    name: str
    kind: Kind
    nullable: bool = False
    sql: str = ""
    is_count: bool = False

    def read(self, alias: str) -> str:
        """The SQL that yields the value."""
        return f"({self.sql.replace('{t}', alias)})" if self.sql else f"{alias}.{self.name}"

    def stored(self) -> list[str]:
        """The columns of the table that it is read from."""
        return _OWN.findall(self.sql) if self.sql else [self.name]


@dataclass(frozen=True, slots=True)
class Lead:
    """A quicker way to the rows that meet a condition, where they are sorted by ``order``.

    An index of another table ``d`` keeps both together: ``source`` stands after ``FROM`` and joins
    it to the rows ``u``, ``sql`` is the condition on it, and ``names`` says which of its columns
    equal which of the relation.
    """

    order: str
    source: str
    sql: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter of a list: SQL with one parameter of a kind.

    ``many`` takes a list of values (written ``IN {value}``); ``prepare`` turns the caller's value
    into the parameter. What it makes ``varies`` with time, so that it is made for each request.
    ``write`` makes all of the SQL of the value instead, for rows ``{t}``, and its parameters.
    ``cost`` is what it costs to ask it of everybody, in objects that are read.
    """

    sql: str
    kind: Kind
    many: bool = False
    prepare: Callable[[Any], Any] | None = None
    varies: bool = False
    lead: Lead | None = None
    write: Callable[[Any], tuple[str, tuple[Any, ...]]] | None = None
    cost: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """Rows of one table as others may see them.

    ``standing`` restricts what lists show; ``find`` is how one row is found by the key a client
    holds (an absorbed customer is found as its survivor), ``usual`` how nearly every row is found,
    where that is quicker. ``leads`` are quicker ways to all rows in orders that no index of the
    table keeps. No two rows have the same values in all columns that are ``unique``, which are
    never null.
    """

    table: str
    columns: Mapping[str, Column] = field(repr=False)
    standing: str = ""
    find: str = "{t}.id = {value}"
    usual: str = ""
    leads: tuple[Lead, ...] = ()
    unique: tuple[str, ...] = ()

    @property
    def is_query(self) -> bool:
        """Whether its rows are those of a query, so that no index finds one by its id."""
        return self.table.startswith("(")

    def column(self, name: str) -> Column:
        """The column called ``name``; ``LookupError`` when there is none."""
        try:
            return self.columns[name]
        except KeyError:
            raise LookupError(f"the relation {self.table} has no column {name}") from None


def relation(
    table: str,
    *columns: Column,
    standing: str = "",
    find: str = "{t}.id = {value}",
    usual: str = "",
    leads: tuple[Lead, ...] = (),
    unique: tuple[str, ...] = (),
) -> Relation:
    """Declare a relation; columns come in the order of the table."""
    named = {column.name: column for column in columns}
    return Relation(table, named, standing, find, usual, leads, unique)


def key(name: str = "id", *, nullable: bool = False, sql: str = "") -> Column:
    """An integer key: the row's own or another row's."""
    return Column(name, Kind.KEY, nullable, sql)


def number(name: str, *, nullable: bool = False, sql: str = "") -> Column:
    """A whole number."""
    return Column(name, Kind.INTEGER, nullable, sql)


def count_of(name: str, *, sql: str, nullable: bool = False) -> Column:
    """How many rows there are of something, worked out once: nobody checks how large it is."""
    return Column(name, Kind.INTEGER, nullable, sql, is_count=True)


def text(name: str, *, nullable: bool = False, sql: str = "") -> Column:
    """A text, enums included."""
    return Column(name, Kind.TEXT, nullable, sql)


def flag(name: str, *, sql: str = "") -> Column:
    """A truth value."""
    return Column(name, Kind.BOOLEAN, sql=sql)


def moment(name: str, *, nullable: bool = False, sql: str = "") -> Column:
    """An instant in milliseconds."""
    return Column(name, Kind.MOMENT, nullable, sql)


def document(name: str, *, nullable: bool = False, sql: str = "") -> Column:
    """A JSON document."""
    return Column(name, Kind.JSON, nullable, sql)


def money_columns(
    name: str, *, minor: str, currency: str, nullable: bool = False
) -> tuple[Column, Column]:
    """An amount of money as ``name_amount`` and ``name_currency``, from two stored columns."""
    before = f"{name}_" if name else ""
    amount = amount_sql(f"{{t}}.{minor}", f"{{t}}.{currency}")
    return (
        text(f"{before}amount", nullable=nullable, sql=amount),
        text(f"{before}currency", nullable=nullable, sql=f"{{t}}.{currency}"),
    )


def raw(name: str, *, nullable: bool = False) -> Column:
    """Bytes as they came."""
    return Column(name, Kind.BYTES, nullable)


def equals(column: str, kind: Kind = Kind.TEXT) -> Condition:
    """The column has exactly this value."""
    return Condition(f"{{t}}.{column} = {{value}}", kind)


def one_of(column: str, kind: Kind = Kind.TEXT) -> Condition:
    """The column has one of these values."""
    return Condition(f"{{t}}.{column} IN {{value}}", kind, many=True)


def at_least(column: str, kind: Kind = Kind.MOMENT) -> Condition:
    """The column is this value or more."""
    return Condition(f"{{t}}.{column} >= {{value}}", kind)


def below(column: str, kind: Kind = Kind.MOMENT) -> Condition:
    """The column is less than this value."""
    return Condition(f"{{t}}.{column} < {{value}}", kind)


def contains_pattern(value: str) -> str:
    """A ``LIKE`` pattern (with ``ESCAPE '!'``) for lower-case text that contains ``value``."""
    escaped = value.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"
