"""SQL of declared fields, for SQLite and PostgreSQL.

Parents come in one parameter for each join column and stand in the statement as ``p``: ``p.pos``
is the position of a parent in the batch, ``p.k0``, ``p.k1``, … are its keys.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from types import NoneType
from typing import Any, NamedTuple

import orjson

from touchline.domain.kernel.db import Dialect, dialect
from touchline.domain.kernel.paging import Cursor, SortKey, keyset_condition, order_by
from touchline.domain.kernel.relations import POSTGRES_TYPES, Condition, Kind, Relation
from touchline.graphql.base.facts import Join

COUNT_LIMIT = 10_000
_DEEPEST_FILTER = 5
_WIDEST_FILTER = 100
_WIDE = 9
_MOST_VALUES = 1_000
_LONGEST_TEXT = 1_000  # SQLite takes no pattern beyond 50,000, and no name is that long

_PLAIN = (str, int, float, NoneType)

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


def condition_sql(condition: Condition, value: Any, alias: str, sql: str = "") -> Sql:
    """A filter's condition, or ``sql`` in its place, with the caller's value as its parameter.

    Raises ``ValueError`` for too much of it, and for text that no database can hold.
    """
    if condition.write is not None:
        text, params = condition.write(value)
        return Sql(text.replace("{t}", alias), params)
    _check_size(value if condition.many else [value])
    param = condition.prepare(value) if condition.prepare else value
    if condition.kind is Kind.TEXT and "\0" in "".join(param if condition.many else [param]):
        raise ValueError("not text: it contains a NUL character")
    text = (sql or condition.sql).replace("{t}", alias)
    placed = text.replace("{value}", parameter(condition.kind, many=condition.many))
    return Sql(placed, (bound(param) if condition.many else param,) * text.count("{value}"))


def _check_size(values: Sequence[Any]) -> None:
    if len(values) > _MOST_VALUES:
        raise ValueError(f"given more than {_MOST_VALUES:,} values for one condition")
    if any(isinstance(one, str) and len(one) > _LONGEST_TEXT for one in values):
        raise ValueError(f"given a text of more than {_LONGEST_TEXT:,} characters")


def parameter(kind: Kind, *, many: bool = False) -> str:
    """The placeholder of a value, or of a list of values after ``IN``."""
    if spoken() == "sqlite":
        return "(SELECT value FROM json_each(?))" if many else "?"
    name = POSTGRES_TYPES[kind]
    return f"(SELECT unnest(?::{name}[]))" if many else f"?::{name}"


def bound(values: Sequence[Any]) -> Any:
    """A list as one parameter."""
    return orjson.dumps(values).decode() if spoken() == "sqlite" else list(values)


def filter_pieces(
    conditions: Mapping[str, Condition], given: Mapping[str, Any], alias: str
) -> dict[str, Sql]:
    """The SQL of a filter input, all of whose pieces have to hold, by the names of its fields.

    Raises ``ValueError`` when it nests too deep.
    """
    if _width(given, conditions) > _WIDEST_FILTER:
        raise ValueError(f"made of more than {_WIDEST_FILTER} conditions")
    return _pieces(conditions, given, alias, _DEEPEST_FILTER)


def _width(given: Mapping[str, Any], conditions: Mapping[str, Condition]) -> int:
    """How many conditions a filter input is made of, empty ones too; read level by level.

    One that writes SQL of its own has limits of its own, and counts as ten.
    """
    width, level = 0, [given]
    while level and width <= _WIDEST_FILTER:
        below: list[Mapping[str, Any]] = []
        for one in level:
            width += max(1, len(one))
            for name, value in one.items():
                condition = conditions.get(name)
                if condition is not None and condition.write is not None:
                    width += _WIDE
                elif not isinstance(value, _PLAIN):
                    below += _inner(value)
        level = below
    return width


def _inner(value: Any) -> list[Mapping[str, Any]]:
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, Mapping)]


def _filter(
    conditions: Mapping[str, Condition], given: Mapping[str, Any], alias: str, depth: int
) -> Sql:
    return both(*_pieces(conditions, given, alias, depth).values())


def _pieces(
    conditions: Mapping[str, Condition], given: Mapping[str, Any], alias: str, depth: int
) -> dict[str, Sql]:
    if depth == 0:
        raise ValueError(f"nested deeper than {_DEEPEST_FILTER} levels")
    said: dict[str, Sql] = {}
    for name, value in given.items():
        if value is None:
            continue
        if name in conditions:
            said[name] = condition_sql(conditions[name], value, alias)
        elif name == "not":
            inner = _filter(conditions, value, alias, depth - 1)
            said[name] = Sql(f"({inner.text}) IS NOT TRUE", inner.params) if inner else inner
        else:
            inner_ones = [_filter(conditions, one, alias, depth - 1) for one in value]
            said[name] = _combined(name, inner_ones)
    return said


def _combined(name: str, inner: Sequence[Sql]) -> Sql:
    if name == "or" and not all(inner):  # a branch without a condition holds for every row
        return Sql("")
    text = f" {name.upper()} ".join(f"({one.text})" for one in inner if one)
    return Sql(f"({text})" if text else "", tuple(p for one in inner for p in one.params))


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
