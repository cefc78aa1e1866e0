"""The arguments of one field of a document, from request to request."""

from typing import Any

from graphql import FieldNode, GraphQLField, VariableNode, get_argument_values
from graphql.execution.values import VariableValues
from graphql.language import Visitor, visit


class Arguments:
    """What the document itself gives is understood once; what variables give is put in its place.

    That holds where an argument is a variable, or has none in it. GraphQL understands the others
    anew each time, and says what is wrong.
    """

    def __init__(self, definition: GraphQLField, node: FieldNode) -> None:
        self._definition, self._node = definition, node
        self._by_variable: dict[str, str] = {}
        self._first: dict[str, Any] | None = None
        self._is_plain = True
        for given in node.arguments or ():
            if isinstance(given.value, VariableNode):
                argument = definition.args[given.name.value]
                name = argument.out_name or given.name.value
                self._by_variable[name] = given.value.name.value
            elif _has_variables(given.value):
                self._is_plain = False

    def of(self, variables: VariableValues) -> dict[str, Any]:
        """As the resolver would get them; raises what GraphQL raises."""
        coerced = variables.coerced
        varying = {name: coerced.get(one) for name, one in self._by_variable.items()}
        if self._first is not None and None not in varying.values():
            return {**self._first, **varying}
        found = get_argument_values(self._definition, self._node, variables)
        if self._is_plain and varying.keys() <= found.keys():
            self._first = found
        return found


def _has_variables(value: Any) -> bool:
    finder = _Variables()
    visit(value, finder)
    return finder.found


class _Variables(Visitor):
    found = False

    def enter_variable(self, *_: Any) -> None:
        self.found = True
