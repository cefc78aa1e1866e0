"""Execution of fields that the parent itself can answer; none of them awaits."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from touchline.domain.kernel.db import Row
from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.relations import Kind
from touchline.graphql.base import facts
from touchline.graphql.base.places import Info, Place, Resolver

_LIST_ROOM = 1_000


def _column(fact: facts.ColumnFact, place: Place) -> Resolver:
    name = fact.column or place.name
    kind = place.source().column(name).kind
    if kind is Kind.JSON:
        return lambda row, _info: None if row[name] is None else orjson.loads(row[name])
    if kind is Kind.BYTES:
        return lambda row, _info: bytes(row[name]).decode("utf-8", "replace")
    return lambda row, _info: row[name]


def _choice(fact: facts.ChoiceFact, place: Place) -> Resolver:
    names, column = fact.names, place.source().column(fact.column).name
    return lambda row, _info: names[row[column]]


def _expression(fact: facts.ExpressionFact, place: Place) -> Resolver:
    for name in fact.needs:
        place.source().column(name)
    compute = fact.python
    return lambda row, _info: compute(row)


def _id(fact: facts.IdFact, place: Place) -> Resolver:
    type_name, column = place.type_name, fact.column
    return lambda row, _info: global_id(type_name, row[column])


def _same_row(fact: facts.SameRowFact, place: Place) -> Resolver:
    unless, prefix = fact.unless_null, fact.prefix
    shown: Callable[[Any], Any] = (lambda row: _Part(row, prefix)) if prefix else lambda row: row
    if unless:
        return lambda row, _info: None if row[unless] is None else shown(row)
    return lambda row, _info: shown(row)


class _Part:
    """The columns of a row whose names begin alike, by the rest of their names."""

    __slots__ = ("prefix", "row")

    def __init__(self, row: Any, prefix: str) -> None:
        self.row, self.prefix = row, prefix

    def __getitem__(self, name: str) -> Any:
        return self.row[self.prefix + name]


def _document(fact: facts.DocumentFact, place: Place) -> Resolver:
    column = place.source().column(fact.column).name

    def resolve(row: Row, _info: Info) -> Any:
        kept = row[column]
        return None if kept is None else numbered(orjson.loads(kept), row["id"])

    return resolve


def numbered(kept: Any, row_id: int) -> Any:
    """Give objects kept as JSON the keys that their ids are made of."""
    if isinstance(kept, list):
        return [{**item, "id": row_id * _LIST_ROOM + at} for at, item in enumerate(kept)]
    return {**kept, "id": row_id}


def _key(fact: facts.KeyFact, place: Place) -> Resolver:
    key = fact.key or place.name
    return lambda kept, _info: kept.get(key)


def _attribute(fact: facts.AttributeFact, place: Place) -> Resolver:
    name = place.name
    return lambda parent, _info: getattr(parent, name)


def _root(fact: facts.RootFact, place: Place) -> Resolver:
    return lambda _parent, _info: {}


LEAVES: Mapping[type[facts.Fact], Callable[..., Resolver]] = {
    facts.ColumnFact: _column,
    facts.ChoiceFact: _choice,
    facts.ExpressionFact: _expression,
    facts.IdFact: _id,
    facts.SameRowFact: _same_row,
    facts.DocumentFact: _document,
    facts.KeyFact: _key,
    facts.AttributeFact: _attribute,
    facts.RootFact: _root,
}
