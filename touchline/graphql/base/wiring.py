"""Gives every declared field of a schema its resolver and its permission.

Strawberry builds the types; here each graphql-core field is bound to what its fact says. A field
without a fact, or one that nothing permits, stops the build.
"""

from collections.abc import Callable, Collection, Mapping
from inspect import isawaitable
from typing import Any

import strawberry
from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_interface_type,
    is_introspection_type,
    is_object_type,
)
from strawberry.types.base import StrawberryObjectDefinition

from touchline.domain.kernel.errors import Conflict, NotFound, Refused
from touchline.graphql.base.facts import FACT, Fact, OneFact, ResolverFact, TypeFact
from touchline.graphql.base.leaves import LEAVES
from touchline.graphql.base.links import LINKS
from touchline.graphql.base.pages import PAGES
from touchline.graphql.base.payload import Payload
from touchline.graphql.base.permissions import ADMIN, EVERYONE, TEAM, WRITE, Permission
from touchline.graphql.base.places import Info, Place, Resolver, Target, TypedRow
from touchline.graphql.base.ranging import RANGED
from touchline.graphql.base.repeating import repeatable, take_key
from touchline.graphql.base.taking import calling
from touchline.graphql.base.types import type_fact

_EXECUTION = {**LEAVES, **LINKS, **PAGES, **RANGED}
_BACKREF = "strawberry-definition"
_CHANGING = frozenset({TEAM, WRITE, ADMIN})
_MENDABLE = (Refused, NotFound, Conflict)


class SchemaError(Exception):
    """The declarations of the schema contradict themselves; the message names the field."""


def wire(schema: strawberry.Schema) -> GraphQLSchema:
    """Bind all fields; returns the graphql-core schema."""
    core = schema._schema
    nodes = node_targets(core)
    roots = {core.query_type, core.mutation_type, core.subscription_type}
    for kind in core.type_map.values():
        if is_interface_type(kind):
            kind.resolve_type = _type_name
        elif is_object_type(kind) and not is_introspection_type(kind):
            kind.is_type_of = None
            for name, field in kind.fields.items():
                _bind(kind, name, field, nodes, is_root=kind in roots)
    return core


def fact_of(field: GraphQLField) -> Fact | None:
    """What a field was declared to be."""
    declared = field.extensions.get(_BACKREF)
    fact = declared.metadata.get(FACT) if declared is not None else None
    return fact if isinstance(fact, Fact) else None


def fact_of_type(kind: GraphQLNamedType) -> TypeFact | None:
    """What an object type was declared to be."""
    definition = kind.extensions.get(_BACKREF)
    return type_fact(definition) if isinstance(definition, StrawberryObjectDefinition) else None


def node_targets(core: GraphQLSchema) -> Mapping[str, Target]:
    """Every type that a global id can name."""
    node = core.type_map["Node"]
    found = {}
    for kind in core.type_map.values():
        if is_object_type(kind) and node in kind.interfaces:
            fact = fact_of_type(kind)
            if fact is None or fact.relation is None:
                raise SchemaError(f"{kind.name}: a Node must read from a relation")
            found[kind.name] = Target(kind.name, fact.relation, fact.permission)
    return found


def permissions_of(
    kind: GraphQLObjectType, field: GraphQLField, nodes: Mapping[str, Target], *, is_root: bool
) -> tuple[Permission, ...]:
    """What a caller needs for a field: its own rule, and that of the type it leads to.

    The fields of a type that name no rule are guarded on the way to the object.
    """
    fact = fact_of(field)
    if fact is None:
        raise SchemaError(f"{kind.name}: a field is not declared by `fields`")
    if fact.permission is None and (is_root or fact_of_type(kind) is None):
        raise SchemaError(f"{kind.name}: a field has no permission")
    needed = {fact.permission} if fact.permission else set()
    target = target_of(field, fact, nodes)
    if target is not None:
        needed.add(target.permission)
    return tuple(needed - {EVERYONE})


def python_name(field: GraphQLField) -> str:
    """What the field is called where it was declared."""
    return str(field.extensions[_BACKREF].python_name)


def _bind(
    kind: GraphQLObjectType,
    name: str,
    field: GraphQLField,
    nodes: Mapping[str, Target],
    *,
    is_root: bool,
) -> None:
    try:
        needed = permissions_of(kind, field, nodes, is_root=is_root)
    except SchemaError as error:
        raise SchemaError(f"{error} (field {name})") from None
    fact = fact_of(field)
    assert fact is not None
    if isinstance(fact, ResolverFact):
        _bind_function(field, needed)
        return
    relation = owner.relation if (owner := fact_of_type(kind)) else None
    place = Place(kind.name, relation, python_name(field), target_of(field, fact, nodes), nodes)
    try:
        field.resolve = _guarded(_EXECUTION[type(fact)](fact, place), needed)
    except LookupError as error:
        raise SchemaError(f"{kind.name}.{name}: {error}") from None


def _bind_function(field: GraphQLField, needed: tuple[Permission, ...]) -> None:
    if field.subscribe is not None:
        field.subscribe = _guarded(field.subscribe, needed)
        return
    resolve = calling(field.extensions[_BACKREF])
    payload = _payload(field)
    if payload is not None:
        if not _CHANGING.isdisjoint(needed):  # who only needs to read changes nothing
            take_key(field)
            resolve = repeatable(resolve, payload)
        resolve = _refusing(resolve, payload, field.args)
    field.resolve = _guarded(resolve, needed)


def target_of(field: GraphQLField, fact: Fact, nodes: Mapping[str, Target]) -> Target | None:
    """The object type behind a field; of a connection, that of its nodes."""
    if isinstance(fact, OneFact) and fact.type_name:
        return nodes[fact.type_name]
    kind = get_named_type(field.type)
    if is_object_type(kind) and "pageInfo" in kind.fields:
        kind = get_named_type(kind.fields["nodes"].type)
    owner = fact_of_type(kind)
    return Target(kind.name, owner.relation, owner.permission) if owner else None


def _guarded(resolve: Resolver, needed: tuple[Permission, ...]) -> Resolver:
    if not needed:
        return resolve
    if len(needed) == 1:
        only = needed[0]

        def checked(parent: Any, info: Info, **arguments: Any) -> Any:
            only.check(info.context.actor)
            return resolve(parent, info, **arguments)

        return checked

    def checked_all(parent: Any, info: Info, **arguments: Any) -> Any:
        for permission in needed:
            permission.check(info.context.actor)
        return resolve(parent, info, **arguments)

    return checked_all


def _payload(field: GraphQLField) -> type[Payload] | None:
    definition = get_named_type(field.type).extensions.get(_BACKREF)
    if isinstance(definition, StrawberryObjectDefinition):
        origin = definition.origin
        return origin if issubclass(origin, Payload) else None
    return None


def _refusing(
    resolve: Resolver, payload: type[Payload], taken: Collection[str]
) -> Callable[..., Any]:
    """What a user can mend becomes a user error of the payload."""

    async def run(parent: Any, info: Info, **arguments: Any) -> Any:
        try:
            answer = resolve(parent, info, **arguments)
            return await answer if isawaitable(answer) else answer
        except _MENDABLE as error:
            return payload.refused(error, taken)

    return run


def _type_name(value: Any, _info: Any, _kind: Any) -> str:
    if isinstance(value, TypedRow):
        return value.type_name
    definition: StrawberryObjectDefinition = type(value).__strawberry_definition__
    return definition.name
