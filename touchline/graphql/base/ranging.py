"""Execution of fields that are worked out for a range of days, one parent after the other."""

from collections.abc import Callable, Mapping
from typing import Any

from touchline.domain.kernel.db import Row, fetch
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.paging import order_by
from touchline.domain.kernel.relations import Kind, Relation
from touchline.graphql.base import facts
from touchline.graphql.base.places import Info, Place, Resolver
from touchline.graphql.base.ranges import RANGE, read_range
from touchline.graphql.base.reading import load, sort_keys
from touchline.graphql.base.statements import parameter, select_list


def _ranged(fact: facts.RangedFact, place: Place) -> Resolver:
    relation, batch = fact.relation or place.goal(), (place.type_name, place.name)
    get = place.keys_getter(fact.on)
    holes = [hole for _, hole in fact.on]

    async def read(keys: list[tuple[Any, ...]]) -> list[Any]:
        return [await _read(fact, relation, dict(key)) for key in keys]

    def resolve(parent: Any, info: Info, **arguments: Any) -> Any:
        if fact.within:
            first, last = parent[facts.FIRST_DAY], parent[facts.LAST_DAY]
        else:
            first, last = read_range(arguments[RANGE])
        filled = zip(holes, get(parent), strict=True)
        key = (*filled, ("first", first), ("last", last))
        return load(info.context.loaders, batch, key, read)

    return resolve


async def _read(fact: facts.RangedFact, relation: Relation, holes: Mapping[str, int]) -> Any:
    params: list[int] = []

    def fill(hole: str) -> str:
        params.append(holes[hole])
        return parameter(Kind.KEY)

    sql = f"SELECT {select_list(relation, 't')} FROM {fact.filled(relation.table, fill)} t"
    if fact.order is None:
        rows = await fetch(sql, params)
        return _allowed(fact, rows[0]) if rows else None
    order = order_by(sort_keys(fact.order, relation, "t"))
    return list(await fetch(f"{sql} ORDER BY {order} LIMIT {fact.limit}", params))


def _allowed(fact: facts.RangedFact, row: Row) -> Row | Refused:
    refusal = fact.refusal
    if refusal is not None and row[refusal.column]:
        return Refused(refusal.code, refusal.message)
    return row


RANGED: Mapping[type[facts.Fact], Callable[..., Resolver]] = {facts.RangedFact: _ranged}
