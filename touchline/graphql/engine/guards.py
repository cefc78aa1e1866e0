"""What is refused by looking at one operation and its caller, before anything is run."""

import re
from collections.abc import Iterator
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from touchline.graphql.engine.limits import INTROSPECTION_FIELDS, Limits, nesting

_NUL_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\u(?:0000|\{0+\})")


def check_text(text: str) -> list[GraphQLError]:
    """No database stores the character NUL; a document that spells it is refused."""
    if "\0" in text or ("\\u" in text and _NUL_ESCAPE.search(text)):
        return [GraphQLError("The document holds the character NUL, which cannot be stored.")]
    return []


def check_variables(variables: dict[str, Any], limits: Limits) -> list[GraphQLError]:
    """Refuse variables that are too large, too deep, or hold the character NUL."""
    if not variables:
        return []
    if not nesting(variables, limits.variable_depth):
        return [GraphQLError(f"The variables nest deeper than {limits.variable_depth} levels.")]
    encoded = orjson.dumps(variables)
    if len(encoded) > limits.variable_bytes:
        return [GraphQLError(f"The variables are larger than {limits.variable_bytes:,} bytes.")]
    if b"\\u0000" in encoded and _holds_nul(variables):
        return [GraphQLError("A variable holds the character NUL, which cannot be stored.")]
    return []


def introspects(document: DocumentNode, operation: OperationDefinitionNode) -> FieldNode | None:
    """The first field of a valid operation that asks for the schema itself."""
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    for node in _root_fields(operation.selection_set, fragments, set()):
        if node.name.value in INTROSPECTION_FIELDS:
            return node
    return None


def _root_fields(
    selections: SelectionSetNode, fragments: dict[str, FragmentDefinitionNode], seen: set[str]
) -> Iterator[FieldNode]:
    for node in selections.selections:
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            yield from _root_fields(node.selection_set, fragments, seen)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            yield from _root_fields(fragments[node.name.value].selection_set, fragments, seen)


def _holds_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_holds_nul(name) or _holds_nul(inner) for name, inner in value.items())
    return isinstance(value, list) and any(map(_holds_nul, value))
