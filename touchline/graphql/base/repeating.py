"""Mutations that may be sent again: every one that changes something takes an ``idempotencyKey``.

A client that got no answer sends the same mutation with the same key once more. If the change was
made the first time, it is told so again and nothing is done. What was shown that once, such as a
secret or a preview, is not shown again.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from inspect import isawaitable
from typing import Any

import orjson
from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLString,
    get_named_type,
)

from touchline.domain.kernel.idempotency import KeyReused, once
from touchline.domain.kernel.ids import digest
from touchline.graphql.base.errors import bad_input
from touchline.graphql.base.facts import FACT, AttributeFact
from touchline.graphql.base.payload import Payload
from touchline.graphql.base.places import Info

KEY, INPUT = "idempotencyKey", "input"
_LONGEST = 200
_SAID = "Sent again within 7 days with the same key and input, it is not done a second time."


def take_key(field: GraphQLField) -> None:
    """Give a mutation's input the key; a mutation that takes only an id gets an argument."""
    given = field.args.get(INPUT)
    kind = get_named_type(given.type) if given else None
    if isinstance(kind, GraphQLInputObjectType):
        kind.fields[KEY] = GraphQLInputField(GraphQLString, description=_SAID)
    else:
        field.args = {**field.args, KEY: GraphQLArgument(GraphQLString, description=_SAID)}


def repeatable(resolve: Callable[..., Any], payload: type[Payload]) -> Callable[..., Any]:
    """The resolver of a mutation, which does its work once for each key."""

    async def run(parent: Any, info: Info, **arguments: Any) -> Any:
        key, arguments = _taken(arguments)

        async def act() -> Any:
            answer = resolve(parent, info, **arguments)
            return await answer if isawaitable(answer) else answer

        if key is None or _rehearses(arguments):
            return await act()
        if not 0 < len(key) <= _LONGEST:
            raise bad_input(f"`{KEY}` has 1 to {_LONGEST} characters.", KEY)
        actor = info.context.actor
        request = digest(info.field_name, orjson.dumps(arguments, option=orjson.OPT_SORT_KEYS))
        try:
            return await once(
                digest(actor.kind, str(actor.id), key),
                request,
                act,
                pack=_packed,
                unpack=lambda kept: payload(**kept),
            )
        except KeyReused:
            raise bad_input(f"`{KEY}` was used for another request.", KEY) from None

    return run


def _taken(arguments: Mapping[str, Any]) -> tuple[str | None, dict[str, Any]]:
    """The key, and the arguments without it; variables may serve for more than one mutation."""
    rest = dict(arguments)
    key = rest.pop(KEY, None)
    given = rest.get(INPUT)
    if isinstance(given, Mapping) and KEY in given:
        key = given[KEY]
        rest[INPUT] = {name: value for name, value in given.items() if name != KEY}
    return key, rest


def _rehearses(arguments: Mapping[str, Any]) -> bool:
    given = arguments.get(INPUT)
    return isinstance(given, Mapping) and bool(given.get("dryRun"))


def _packed(answer: Any) -> Mapping[str, Any] | None:
    """What a payload needs to be made again; a refusal is not kept, it may pass the next time."""
    if answer is None or answer.user_errors:
        return None
    values = {field: getattr(answer, field.name, None) for field in dataclasses.fields(answer)}
    return {
        field.name: value
        for field, value in values.items()
        if field.init and not _secret(field) and _plain(value)
    }


def _secret(field: dataclasses.Field[Any]) -> bool:
    fact = field.metadata.get(FACT)
    return isinstance(fact, AttributeFact) and fact.permission is not None


def _plain(value: Any) -> bool:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return all(isinstance(one, str | int) for one in value)
    return isinstance(value, str | int)
