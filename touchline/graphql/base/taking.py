"""What resolvers take of the arguments of a field.

Strawberry finds out for each value of each request what it is to become. Here that is found out
once for each type, and the outcome is the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING
from functools import cache
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.schema.name_converter import NameConverter
from strawberry.types.base import (
    StrawberryList,
    StrawberryMaybe,
    StrawberryObjectDefinition,
    StrawberryOptional,
    get_object_definition,
)
from strawberry.types.field import StrawberryField
from strawberry.types.lazy_type import LazyType
from strawberry.types.maybe import Some

from touchline.graphql.base.places import Info, Resolver

Convert = Callable[[Any], Any]

_NAMES = NameConverter()


def calling(field: StrawberryField) -> Resolver:
    """The resolver of a field with a function: it calls that with what it takes."""
    assert field.base_resolver is not None
    call: Callable[..., Any] = field.base_resolver
    takes = {
        _NAMES.from_argument(one): (one.python_name, _converter(one.type))
        for one in field.arguments
    }
    reserved = field.base_resolver.info_parameter
    if reserved is None:
        return lambda parent, _info, **given: call(parent, **_arguments(takes, given))
    name = reserved.name

    def resolve(parent: Any, info: Info, **given: Any) -> Any:
        said = {name: strawberry.Info(_raw_info=info, _field=field)}
        return call(parent, **said, **_arguments(takes, given))

    return resolve


class _NotNull(Exception):
    """Null was given where a value or nothing may stand; ``path`` tells where."""

    def __init__(self, *path: str) -> None:
        self.path = path


def _arguments(
    takes: Mapping[str, tuple[str, Convert]], given: Mapping[str, Any]
) -> dict[str, Any]:
    """What a function takes; a null that means nothing is the caller's fault."""
    try:
        return _taken(takes, given)
    except _NotNull as error:
        raise null_given(".".join(error.path)) from None


def null_given(argument: str) -> GraphQLError:
    """A top-level ``BAD_USER_INPUT`` that names where a null means nothing."""
    message = f"`{argument}` may be left out, but it cannot be null."
    return GraphQLError(message, extensions={"code": "BAD_USER_INPUT", "argument": argument})


def _taken(takes: Mapping[str, tuple[str, Convert]], given: Mapping[str, Any]) -> dict[str, Any]:
    taken: dict[str, Any] = {}
    for key, (name, convert) in takes.items():
        if key in given:
            try:
                taken[name] = convert(given[key])
            except _NotNull as error:
                raise _NotNull(key, *error.path) from None
    return taken


def _converter(kind: Any) -> Convert:
    """How a value that GraphQL has coerced becomes what a function takes."""
    if isinstance(kind, StrawberryMaybe):
        return _maybe(kind)
    if isinstance(kind, StrawberryOptional):
        return _unless_absent(_converter(kind.of_type))
    if isinstance(kind, StrawberryList):
        return _unless_absent(_each(_converter(kind.of_type)))
    if isinstance(kind, LazyType):
        return _when_asked(kind)
    definition = get_object_definition(kind)
    if definition is not None:
        return _unless_absent(_object(kind, definition))
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _unless_absent(convert: Convert) -> Convert:
    return lambda value: value if value is None or value is strawberry.UNSET else convert(value)


def _each(convert: Convert) -> Convert:
    return lambda values: [convert(value) for value in values]


def _when_asked(kind: LazyType[Any, Any]) -> Convert:
    convert = cache(lambda: _converter(kind.resolve_type()))  # such as to the input it stands in
    return lambda value: convert()(value)


def _maybe(kind: StrawberryMaybe) -> Convert:
    convert = _converter(kind.of_type)
    if isinstance(kind.of_type, StrawberryOptional):
        return lambda value: Some(convert(value))

    def run(value: Any) -> Any:
        if value is None:
            raise _NotNull
        return Some(convert(value))

    return run


def _object(kind: type, definition: StrawberryObjectDefinition) -> Convert:
    """Of its fields those that are not given and have no default are ``None``."""
    empty = {
        field.python_name: None
        for field in definition.fields
        if field.default_value is MISSING and field.default_factory is MISSING
    }

    @cache
    def parts() -> Mapping[str, tuple[str, Convert]]:  # when asked, for inputs may hold their like
        return {
            _NAMES.from_field(field): (
                field.python_name,
                _converter(field.resolve_type(type_definition=definition)),
            )
            for field in definition.fields
        }

    return lambda value: kind(**{**empty, **_taken(parts(), value)})
