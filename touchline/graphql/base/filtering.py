"""Filters of lists as SQL: what may be asked for, and how much of it at once."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import NoneType
from typing import Any

from touchline.domain.kernel.relations import POSTGRES_TYPES, Condition, Kind
from touchline.graphql.base.statements import Sql, both, bound, parameter, spoken

_DEEPEST_FILTER = 5
_WIDEST_FILTER = 100
_WIDE = 9
_MOST_VALUES = 1_000
_LONGEST_TEXT = 1_000  # SQLite takes no pattern beyond 50,000, and no name is that long
_PLAIN = (str, int, float, NoneType)


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
    written = sql or condition.sql
    if condition.many:
        return listed(written, condition.kind, param, alias)
    text, count = _placed(written, alias, parameter(condition.kind))
    return Sql(text, (param,) * count)


def listed(sql: str, kind: Kind, values: Sequence[Any], alias: str = "{t}") -> Sql:
    """A condition ``sql`` that says ``IN {value}``, with a list of values as its parameter.

    As an array behind ``ANY`` PostgreSQL would plan the statement anew for every list.
    """
    placeholder = "(SELECT value FROM json_each(?))"
    if spoken() == "postgres":
        placeholder = f"(SELECT unnest(?::{POSTGRES_TYPES[kind]}[]))"
    text, count = _placed(sql, alias, placeholder)
    return Sql(text, (bound(values),) * count)


def filter_pieces(
    conditions: Mapping[str, Condition], given: Mapping[str, Any], alias: str
) -> dict[str, Sql]:
    """The SQL of a filter input, all of whose pieces have to hold, by the names of its fields.

    Raises ``ValueError`` when it nests too deep.
    """
    if _width(given, conditions) > _WIDEST_FILTER:
        raise ValueError(f"made of more than {_WIDEST_FILTER} conditions")
    return _pieces(conditions, given, alias, _DEEPEST_FILTER)


@lru_cache(maxsize=1024)
def _placed(sql: str, alias: str, placeholder: str) -> tuple[str, int]:
    """The SQL of a condition for rows of an alias, and how often its value stands in it."""
    text = sql.replace("{t}", alias)
    return text.replace("{value}", placeholder), text.count("{value}")


def _check_size(values: Sequence[Any]) -> None:
    if len(values) > _MOST_VALUES:
        raise ValueError(f"given more than {_MOST_VALUES:,} values for one condition")
    if any(isinstance(one, str) and len(one) > _LONGEST_TEXT for one in values):
        raise ValueError(f"given a text of more than {_LONGEST_TEXT:,} characters")


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
