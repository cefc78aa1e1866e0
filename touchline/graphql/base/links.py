"""Execution of fields that lead to other rows, read for all parents at once."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import orjson

from touchline.domain.kernel.db import Row
from touchline.domain.kernel.relations import Relation
from touchline.graphql.base import facts
from touchline.graphql.base.errors import bad_input, read_any_id, read_id
from touchline.graphql.base.places import Info, Place, Resolver, TypedRow
from touchline.graphql.base.reading import load, read_all, read_found, read_many, read_one
from touchline.graphql.base.statements import Keys

_MOST_NODES = 100


def _one(fact: facts.OneFact, place: Place) -> Resolver:
    get = place.keys_getter(fact.on)
    relation = fact.relation or place.goal()
    batch, on, type_name = (place.type_name, place.name), fact.on, fact.type_name

    def resolve(parent: Any, info: Info) -> Any:
        key = get(parent)
        if None in key:
            return None
        found = load(info.context.loaders, batch, key, lambda keys: read_one(relation, on, keys))
        return _typed(found, type_name) if type_name else found

    return resolve


async def _typed(found: Awaitable[Row | None], type_name: str) -> TypedRow | None:
    row = await found
    return TypedRow(row, type_name) if row is not None else None


def _many(fact: facts.ManyFact, place: Place) -> Resolver:
    relation = fact.relation or place.goal()
    if not fact.on:
        return lambda _parent, _info: read_all(relation, fact.order, fact.limit, fact.where)
    get = place.keys_getter(fact.on)
    batch = (place.type_name, place.name)

    async def read(keys: list[Keys]) -> list[list[Row]]:
        return await read_many(relation, fact.on, keys, fact.order, fact.limit, fact.where)

    def resolve(parent: Any, info: Info) -> Any:
        return load(info.context.loaders, batch, get(parent), read)

    return resolve


def _answered(fact: facts.AnsweredFact, place: Place) -> Resolver:
    column = place.source().column(fact.column).name

    def resolve(row: Row, info: Info, **arguments: Any) -> Any:
        batch = (place.type_name, place.name, repr(sorted(arguments.items())))
        return load(
            info.context.loaders, batch, row[column], lambda keys: fact.read(keys, **arguments)
        )

    return resolve


def _listed(fact: facts.ListedFact, place: Place) -> Resolver:
    relation, column = place.goal(), place.source().column(fact.column).name
    return lambda row, info: _find_all(info, relation, orjson.loads(row[column]))


def _lookup(fact: facts.LookupFact, place: Place) -> Resolver:
    relation, argument = place.goal(), fact.argument
    type_name = place.target.type_name if place.target else ""

    def resolve(_parent: Any, info: Info, **arguments: Any) -> Any:
        return _find(info, relation, read_id(arguments[argument], argument, type_name))

    return resolve


def _finder(fact: facts.FinderFact, place: Place) -> Resolver:
    relation = place.goal()

    async def resolve(_parent: Any, info: Info, **arguments: Any) -> Row | None:
        key = await fact.find(**arguments)
        return None if key is None else await _find(info, relation, key)

    return resolve


def _kept(fact: facts.KeptKeyFact, place: Place) -> Resolver:
    relation, attribute = place.goal(), fact.attribute

    def one(parent: Any, info: Info) -> Any:
        key = getattr(parent, attribute)
        return None if key is None else _find(info, relation, key)

    if fact.many:
        return lambda parent, info: _find_all(info, relation, getattr(parent, attribute))
    return one


def _node(fact: facts.NodeFact, place: Place) -> Resolver:
    argument, nodes = fact.argument, place.nodes

    async def one(info: Info, text: str) -> TypedRow | None:
        type_name, key = read_any_id(text, argument)
        target = nodes.get(type_name)
        if target is None or target.relation is None:
            raise bad_input(f"`{argument}` is not an id of an object.", argument)
        target.permission.check(info.context.actor)
        return await _typed(_find(info, target.relation, key), type_name)

    async def several(info: Info, texts: list[str]) -> list[TypedRow]:
        if len(texts) > _MOST_NODES:
            raise bad_input(f"`{argument}` takes at most {_MOST_NODES} ids.", argument)
        found = await asyncio.gather(*(one(info, text) for text in texts))
        return [row for row in found if row is not None]

    if fact.many:
        return lambda _parent, info, **arguments: several(info, arguments[argument])
    return lambda _parent, info, **arguments: one(info, arguments[argument])


def _find(info: Info, relation: Relation, key: int) -> Awaitable[Row | None]:
    return load(
        info.context.loaders, ("find", relation), key, lambda keys: read_found(relation, keys)
    )


async def _find_all(info: Info, relation: Relation, keys: Sequence[int]) -> list[Row]:
    found = await asyncio.gather(*(_find(info, relation, key) for key in keys))
    return [row for row in found if row is not None]


LINKS: Mapping[type[facts.Fact], Callable[..., Resolver]] = {
    facts.OneFact: _one,
    facts.ManyFact: _many,
    facts.AnsweredFact: _answered,
    facts.ListedFact: _listed,
    facts.LookupFact: _lookup,
    facts.FinderFact: _finder,
    facts.KeptKeyFact: _kept,
    facts.NodeFact: _node,
}
