"""What is refused by looking at one operation and its caller, before anything is run."""

import re
from typing import Any

import orjson
from graphql import GraphQLError

from touchline.graphql.engine.limits import Limits, nesting

_NUL_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\u(?:0000|\{0+\})")

_NESTED = frozenset({dict, list})


def check_text(text: str) -> list[GraphQLError]:
    """No database stores the character NUL; a document that spells it is refused."""
    if "\0" in text or ("\\u" in text and _NUL_ESCAPE.search(text)):
        return [GraphQLError("The document holds the character NUL, which cannot be stored.")]
    return []


def check_variables(variables: dict[str, Any], limits: Limits) -> int:
    """The size of variables in bytes.

    Raises ``GraphQLError`` where they are too large, too deep, or hold the character NUL.
    """
    if not variables:
        return 0
    is_flat = _NESTED.isdisjoint(map(type, variables.values()))
    if not is_flat and not nesting(variables, limits.variable_depth):
        raise GraphQLError(f"The variables nest deeper than {limits.variable_depth} levels.")
    encoded = orjson.dumps(variables)
    if len(encoded) > limits.variable_bytes:
        raise GraphQLError(f"The variables are larger than {limits.variable_bytes:,} bytes.")
    if b"\\u0000" in encoded and _holds_nul(variables):
        raise GraphQLError("A variable holds the character NUL, which cannot be stored.")
    return len(encoded)


def _holds_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_holds_nul(name) or _holds_nul(inner) for name, inner in value.items())
    return isinstance(value, list) and any(map(_holds_nul, value))
