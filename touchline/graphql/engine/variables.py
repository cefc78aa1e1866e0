"""The variables of an operation, by the types that it declares for them.

GraphQL works these types out for every request. Here they are worked out once for a document, and
only values that are right are understood: what is wrong with others GraphQL says itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
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

Signatures = Sequence[GraphQLVariableSignature]


def signatures_of(schema: GraphQLSchema, operation: OperationDefinitionNode) -> Signatures:
    """The name and type of each variable of a valid operation."""
    found = [get_variable_signature(schema, one) for one in operation.variable_definitions or ()]
    return [one for one in found if not isinstance(one, GraphQLError)]


def understood(signatures: Signatures, given: Mapping[str, Any]) -> VariableValues | None:
    """The values as resolvers get them; ``None`` leaves it to GraphQL, which is not an error yet.

    That is so where a value is wrong, and where the document has one for a variable not given.
    """
    sources: dict[str, VariableValueSource] = {}
    coerced: dict[str, Any] = {}
    for signature in signatures:
        value = given.get(signature.name, Undefined)
        sources[signature.name] = VariableValueSource(signature, value)
        if value is Undefined:
            if signature.default is not None or is_non_null_type(signature.type):
                return None
            continue
        made = _coerced(value, signature)
        if made is Undefined:
            return None
        coerced[signature.name] = made
    return VariableValues(sources, coerced)


def _coerced(value: Any, signature: GraphQLVariableSignature) -> Any:
    kind = get_nullable_type(signature.type)
    try:
        if value is not None and is_leaf_type(kind):
            return kind.coerce_input_value(value)
        if input_is_nested_too_deeply(value, signature.type):
            return Undefined
        return coerce_input_value(value, signature.type)
    except Exception:  # such as from an input of which one field must be given, and two are
        return Undefined
