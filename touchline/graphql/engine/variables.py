"""The variables of an operation, by the types that it declares for them.

GraphQL works these types out for every request. Here they are worked out once for a document, and
only values that are right are understood: what is wrong with others GraphQL says itself.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import orjson
from graphql import (
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    Undefined,
    coerce_input_value,
    get_nullable_type,
    is_leaf_type,
    is_non_null_type,
)
from graphql.execution.get_variable_signature import (
    GraphQLVariableSignature,
    get_variable_signature,
)
from graphql.execution.values import (
    VariableValues,
    VariableValueSource,
    input_is_nested_too_deeply,
)

from touchline.graphql.engine.footprint import Footprint

_KEPT_VALUES, _LONGEST_KEPT = 32, 500
_VALUE, _BYTE = 1_000, 30  # bytes that are kept, by estimate

Read = Callable[[Any], Any]


class Variable(NamedTuple):
    """One that an operation declares, ``read`` into what resolvers get; ``Undefined`` when wrong.

    One that is ``needed`` has no value of its own: GraphQL says what it is where none is given.
    """

    name: str
    signature: GraphQLVariableSignature
    needed: bool
    read: Read


def variables_of(
    schema: GraphQLSchema, operation: OperationDefinitionNode, footprint: Footprint
) -> Sequence[Variable]:
    """The variables of a valid operation."""
    found = [get_variable_signature(schema, one) for one in operation.variable_definitions or ()]
    keeper = footprint if operation.operation is OperationType.QUERY else None
    return [_variable(one, keeper) for one in found if not isinstance(one, GraphQLError)]


def understood(variables: Sequence[Variable], given: Mapping[str, Any]) -> VariableValues | None:
    """The values as resolvers get them; ``None`` leaves it to GraphQL, which is not an error yet.

    That is so where a value is wrong, and where the document has one for a variable not given.
    """
    sources: dict[str, VariableValueSource] = {}
    coerced: dict[str, Any] = {}
    for name, signature, needed, read in variables:
        value = given.get(name, Undefined)
        sources[name] = VariableValueSource(signature, value)
        if value is Undefined:
            if needed:
                return None
            continue
        try:
            made = read(value)
        except Exception:  # such as from an input of which one field must be given, and two are
            return None
        if made is Undefined:
            return None
        coerced[name] = made
    return VariableValues(sources, coerced)


def _variable(signature: GraphQLVariableSignature, keeper: Footprint | None) -> Variable:
    kind = get_nullable_type(signature.type)
    needed = signature.default is not None or is_non_null_type(signature.type)
    if is_leaf_type(kind):
        read: Read = kind.coerce_input_value
        none = Undefined if is_non_null_type(signature.type) else None
        return Variable(
            signature.name, signature, needed, lambda given: none if given is None else read(given)
        )
    whole = partial(_coerced, signature.type)
    kept = whole if keeper is None else _Kept(whole, keeper).read
    return Variable(signature.name, signature, needed, kept)


def _coerced(kind: GraphQLInputType, value: Any) -> Any:
    return Undefined if input_is_nested_too_deeply(value, kind) else coerce_input_value(value, kind)


class _Kept:
    """What was made of the first few values of a query: clients send the same few filters."""

    def __init__(self, make: Read, footprint: Footprint) -> None:
        self._make, self._footprint = make, footprint
        self._kept: dict[bytes, Any] = {}

    def read(self, value: Any) -> Any:
        """The same as ``make`` makes of it; nobody changes what they get of a query's variables."""
        said = orjson.dumps(value)
        if said in self._kept:
            return self._kept[said]
        made = self._make(value)
        if len(said) <= _LONGEST_KEPT and len(self._kept) < _KEPT_VALUES:
            self._kept[said] = made
            self._footprint.add(_VALUE + _BYTE * len(said))
        return made
