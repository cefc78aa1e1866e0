"""SQL of declared fields, for SQLite and PostgreSQL.

Parents come in one parameter for each join column and stand in the statement as ``p``: ``p.pos``
is the position of a parent in the batch, ``p.k0``, ``p.k1``, … are its keys.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from touchline.domain.kernel.db import Dialect, dialect
from touchline.domain.kernel.paging import Cursor, SortKey, keyset_condition, order_by
from touchline.domain.kernel.relations import POSTGRES_TYPES, Kind, Relation
from touchline.graphql.base.facts import Join

COUNT_LIMIT = 10_000

_OF_U = re.compile(r"\bu\.")

Keys = tuple[Any, ...]

_spoken: ContextVar[Dialect | None] = ContextVar("touchline_dialect", default=None)


def spoken() -> Dialect:
    """Which SQL is written: that of the open database, unless another is asked for."""
    return _spoken.get() or dialect()


@contextmanager
def speaking(other: Dialect) -> Iterator[None]:
    """Write SQL of a dialect although no database of it is open."""
    token = _spoken.set(other)
    try:
        yield
    finally:
        _spoken.reset(token)


class Sql(NamedTuple):
    """A piece of SQL and its parameters, in order."""

    text: str
    params: tuple[Any, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


def both(*pieces: Sql) -> Sql:
    """All of the pieces that say something, joined by ``AND``."""
    said = [piece for piece in pieces if piece.text]
    if len(said) == 1:
        return said[0]
    return Sql(
        " AND ".join([piece.text for piece in said]),
        tuple([param for piece in said for param in piece.params]),
    )


def select_list(relation: Relation, alias: str) -> str:
    """Every column of a relation under its own name."""
    return ", ".join(f"{column.read(alias)} AS {name}" for name, column in relation.columns.items())


@lru_cache(maxsize=1024)
def template(text: str, alias: str) -> Sql:
    """SQL without parameters, with ``{t}`` filled in."""
    return Sql(text.replace("{t}", alias))


def parameter(kind: Kind) -> str:
    """The placeholder of a value."""
    return "?" if spoken() == "sqlite" else f"?::{POSTGRES_TYPES[kind]}"


def bound(values: Sequence[Any]) -> Any:
    """A list as one parameter."""
    return orjson.dumps(values).decode() if spoken() == "sqlite" else list(values)


def keyset_sql(order: Sequence[SortKey], cursor: Cursor | None) -> Sql:
    """Only what comes after the cursor."""
    if cursor is None:
        return Sql("")
    text, params = keyset_condition(order, cursor)
    return Sql(text, tuple(params))


def page_sql(
    relation: Relation,
    where: Sql,
    order: Sequence[SortKey],
    limit: int,
    alias: str = "t",
    source: str = "",
) -> Sql:
    """Rows of a root list; ``source`` stands after ``FROM`` where it is not the table alone."""
    held = f" WHERE {where.text}" if where else ""
    text = (
        f"SELECT {select_list(relation, alias)} FROM {source or f'{relation.table} {alias}'}{held}"
        f" ORDER BY {order_by(order)} LIMIT {limit}"
    )
    return Sql(text, where.params)


def count_sql(relation: Relation, where: Sql) -> Sql:
    """How many rows of a root list there are, counted up to one more than the limit."""
    held = f" WHERE {where.text}" if where else ""
    inner = f"SELECT 1 AS one FROM {relation.table} u{held} LIMIT {COUNT_LIMIT + 1}"
    return Sql(f"SELECT count(*) AS n FROM ({inner}) counted", where.params)


def related_sql(relation: Relation, on: Join, keys: Sequence[Keys]) -> Sql:
    """The rows that belong to each parent, in no order."""
    parents = _parents(relation, on, keys)
    joined = " AND ".join(f"t.{child} = p.k{n}" for n, (_, child) in enumerate(on))
    text = (
        f"SELECT p.pos AS parent_pos, {select_list(relation, 't')} FROM p JOIN {relation.table} t"
    )
    return Sql(f"{parents.text} {text} ON {joined}", parents.params)


def found_sql(relation: Relation, keys: Sequence[int]) -> Sql:
    """The rows a client means by their keys."""
    parents = _parents(relation, (("id", "id"),), [(key,) for key in keys])
    found = relation.find.replace("{t}", "t").replace("{value}", "p.k0")
    text = (
        f"SELECT p.pos AS parent_pos, {select_list(relation, 't')} FROM p JOIN {relation.table} t"
    )
    return Sql(f"{parents.text} {text} ON {found}", parents.params)


def window_sql(
    relation: Relation,
    on: Join,
    keys: Sequence[Keys],
    where: Sql,
    order: Sequence[SortKey],
    limit: int,
) -> Sql:
    """For each parent its first rows in an order. ``where`` and ``order`` speak of alias ``u``."""
    parents = _parents(relation, on, keys)
    held = both(_joined(on), where)
    tail = f"WHERE {held.text} ORDER BY {order_by(order)} LIMIT {limit}"
    outer = [SortKey(_OF_U.sub("t.", key.column), key.descending) for key in order]
    if spoken() == "sqlite":
        text = (
            f"SELECT p.pos AS parent_pos, {select_list(relation, 't')} FROM p"
            f" CROSS JOIN {relation.table} t ON {_joined(on, 't').text}"
            f" AND t.id IN (SELECT u.id FROM {relation.table} u {tail})"
        )
    else:
        text = (
            "SELECT p.pos AS parent_pos, t.* FROM p CROSS JOIN LATERAL"
            f" (SELECT {select_list(relation, 'u')} FROM {relation.table} u {tail}) t"
        )
    text = f"{parents.text} {text} ORDER BY p.pos, {order_by(outer)}"
    return Sql(text, parents.params + held.params)


def counts_sql(relation: Relation, on: Join, keys: Sequence[Keys], where: Sql) -> Sql:
    """For each parent how many rows belong to it, counted up to one more than the limit."""
    parents = _parents(relation, on, keys)
    held = both(_joined(on), where)
    inner = f"SELECT 1 AS one FROM {relation.table} u WHERE {held.text} LIMIT {COUNT_LIMIT + 1}"
    text = f"SELECT p.pos AS parent_pos, (SELECT count(*) FROM ({inner}) counted) AS n FROM p"
    return Sql(f"{parents.text} {text}", parents.params + held.params)


def _joined(on: Join, alias: str = "u") -> Sql:
    return Sql(" AND ".join(f"{alias}.{child} = p.k{n}" for n, (_, child) in enumerate(on)))


def _parents(relation: Relation, on: Join, keys: Sequence[Keys]) -> Sql:
    names = [f"k{n}" for n in range(len(on))]
    if spoken() == "sqlite":
        columns = ", ".join(f"json_extract(value, '$[{n}]')" for n in range(len(on)))
        text = f"WITH p(pos, {', '.join(names)}) AS (SELECT key, {columns} FROM json_each(?))"
        return Sql(text, (orjson.dumps(keys).decode(),))
    kinds = [POSTGRES_TYPES[relation.column(child).kind] for _, child in on]
    arrays = ", ".join(f"?::{kind}[]" for kind in kinds)
    text = (
        f"WITH p({', '.join(names)}, pos) AS (SELECT {', '.join(names)}, pos - 1"
        f" FROM unnest({arrays}) WITH ORDINALITY AS given({', '.join(names)}, pos))"
    )
    return Sql(text, tuple([key[n] for key in keys] for n in range(len(on))))
