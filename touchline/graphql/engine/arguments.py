"""The arguments of one field of a document, from request to request."""

from collections.abc import Iterator
from typing import Any

from graphql import FieldNode, GraphQLField, VariableNode, get_argument_values
from graphql.execution.values import VariableValues
from graphql.language import Node, Visitor, visit


class Arguments:
    """What the document itself gives is understood once; what variables give is put in its place.

    Where a variable is null or not given, GraphQL understands all of it anew, and says what is
    wrong. So it does where something is made of a variable's value.
    """

    def __init__(self, definition: GraphQLField, node: FieldNode) -> None:
        self._definition, self._node = definition, node
        self._found = [name for one in node.arguments or () for name in variables_in(one)]
        self._variables = tuple(dict.fromkeys(self._found))
        self._made: dict[str, Any] | None = None
        self._holed: tuple[str, ...] = ()
        self._is_plain = True

    def of(self, variables: VariableValues) -> dict[str, Any]:
        """As the resolver would get them; raises what GraphQL raises."""
        coerced = variables.coerced
        for name in self._variables:
            if coerced.get(name) is None:
                return get_argument_values(self._definition, self._node, variables)
        if self._made is None:
            found = get_argument_values(self._definition, self._node, variables)
            if self._is_plain:
                self._learn(variables)
            return found
        made = self._made.copy()
        for name in self._holed:
            made[name] = _filled(made[name], coerced)
        return made

    def _learn(self, variables: VariableValues) -> None:
        """Have GraphQL show where it puts the values of variables."""
        holes = {name: _Hole(name) for name in self._variables}
        holed = VariableValues(variables.sources, {**variables.coerced, **holes})
        try:
            made = get_argument_values(self._definition, self._node, holed)
        except Exception:  # it looks at the values
            made = {}
        self._is_plain = sorted(_holes(made)) == sorted(self._found)
        if self._is_plain:
            self._made = made
            self._holed = tuple([name for name, value in made.items() if [*_holes(value)]])


def variables_in(node: Node) -> list[str]:
    """The names of the variables in a part of a document, as often as they stand there."""
    finder = _Variables()
    visit(node, finder)
    return finder.found


class _Hole:
    """Where the value of a variable goes."""

    __slots__ = ("variable",)

    def __init__(self, variable: str) -> None:
        self.variable = variable


def _holes(made: Any) -> Iterator[str]:
    if isinstance(made, _Hole):
        yield made.variable
    elif isinstance(made, dict | list):
        for one in made.values() if isinstance(made, dict) else made:
            yield from _holes(one)


def _filled(made: Any, values: dict[str, Any]) -> Any:
    kind = type(made)
    if kind is _Hole:
        return values[made.variable]
    if kind is dict:
        return {name: _filled(one, values) for name, one in made.items()}
    return [_filled(one, values) for one in made] if kind is list else made


class _Variables(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.found.append(node.name.value)
