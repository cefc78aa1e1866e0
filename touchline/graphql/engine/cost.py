"""What an operation costs: an object 1 × page size, a scalar 0, the schema 10, a mutation 10.

``first`` or ``last`` of a connection multiplies what stands under ``nodes`` and ``edges``, a list
of ids what stands in the objects that are found by them. Of other lists nobody knows the length:
they count one, below another three, and deeper ten, for each multiplies those below it. The plan of
an operation (``cost_plan``) is made once and then weighed twice: with its variables, for what could
come (``requested``), and with the answer, for what did (``actual``).
"""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    Undefined,
    VariableNode,
)

from touchline.graphql.engine.cost_plan import PAGE_ARGUMENTS, Part, most

_PAGED = frozenset({"nodes", "edges"})
_LENGTHS = (1, 3, 10)
"""For how many objects a list counts that stands below none, one, and more of its kind."""


class PageRefused(Exception):
    """``first`` and ``last`` do not make a page; ``error`` names the argument."""

    def __init__(self, argument: str, message: str, node: FieldNode) -> None:
        super().__init__(message)
        self.error = GraphQLError(
            message, node, extensions={"code": "BAD_USER_INPUT", "argument": argument}
        )


def requested_cost(part: Part, variables: Mapping[str, Any], largest_page: int) -> int:
    """The most the operation may cost. Raises ``PageRefused`` for a page that cannot be."""
    return _weighed(part, lambda sized: _page_size(sized, variables, largest_page))


def cost_bounds(
    part: Part, operation: OperationDefinitionNode, largest_page: int
) -> tuple[int, int]:
    """The least and the most that the operation may cost, whatever its variables are.

    A page whose size is a variable has its default, or else from one to ``largest_page`` objects.
    Raises ``PageRefused`` for a page that cannot be with any variables.
    """
    defaults = {
        each.variable.name.value: int(each.default_value.value)
        for each in operation.variable_definitions or ()
        if isinstance(each.default_value, IntValueNode)
    }

    def cost(unknown: int) -> int:
        return _weighed(part, lambda sized: _bound(sized, defaults, unknown, largest_page))

    return cost(1), cost(largest_page)


def actual_cost(part: Part, data: object) -> int:
    """What the operation did cost, by the objects that stand in its answer."""
    if isinstance(data, dict):
        total = part.weight
        for key, parts in part.children.items():
            below = data.get(key)
            if below is not None:
                total += _actual(parts, below)
        return total
    if not isinstance(data, list):
        return 0
    if part.children:
        return sum([actual_cost(part, item) for item in data if item is not None])
    return part.weight * sum([isinstance(item, dict) for item in data])


def _actual(parts: list[Part], data: object) -> int:
    if len(parts) == 1:
        return actual_cost(parts[0], data)
    return most(parts, lambda part: actual_cost(part, data))


def _weighed(part: Part, size_of: Callable[[Part], int], lists: int = 0) -> int:
    """The cost at a place below as many ``lists`` that no argument counts."""
    size = size_of(part) if part.paged or part.listed else 1
    if part.many:
        size, lists = _LENGTHS[min(lists, len(_LENGTHS) - 1)], lists + 1
    total = 0 if part.connection else part.weight
    for parts in part.children.values():
        cost = most(parts, lambda child: _weighed(child, size_of, lists))
        total += cost * size if part.connection and parts[0].name in _PAGED else cost
    return total if part.connection else size * total


def _bound(part: Part, defaults: Mapping[str, int], unknown: int, largest: int) -> int:
    if part.listed:
        return max(_listed(node, part, {}, unknown) for node in part.nodes)
    sizes = [1]
    for node in part.nodes:
        given = [each for each in node.arguments or () if each.name.value in PAGE_ARGUMENTS]
        names = [each.value.name.value for each in given if isinstance(each.value, VariableNode)]
        if names:
            sizes += [min(defaults.get(name, unknown), largest) for name in names]
        else:
            sizes.append(_page_of(node, part, {}, largest))
    return max(sizes)


def _page_size(part: Part, variables: Mapping[str, Any], largest: int) -> int:
    if part.listed:
        return max(_listed(node, part, variables, largest) for node in part.nodes)
    return max(_page_of(node, part, variables, largest) for node in part.nodes)


def _listed(node: FieldNode, part: Part, variables: Mapping[str, Any], unknown: int) -> int:
    """How many ids are listed; a single one may stand without its list."""
    for each in node.arguments or ():
        if each.name.value == part.listed:
            if isinstance(each.value, ListValueNode):
                return len(each.value.values)
            if isinstance(each.value, VariableNode):
                given = variables.get(each.value.name.value)
                return len(given) if isinstance(given, list) else unknown
    return 1


def _page_of(node: FieldNode, part: Part, variables: Mapping[str, Any], largest: int) -> int:
    given = {}
    for name in PAGE_ARGUMENTS:
        value = _argument(name, node, part.definition, variables)
        if value is not None:
            given[name] = value
    if len(given) > 1:
        raise PageRefused("last", f"`{part.name}` takes `first` or `last`, not both.", node)
    if not given:
        raise PageRefused(
            "first", f"`{part.name}` needs `first` or `last`, from 0 to {largest}.", node
        )
    name, size = next(iter(given.items()))
    if not 0 <= size <= largest:
        raise PageRefused(name, f"`{name}` of `{part.name}` must be from 0 to {largest}.", node)
    return size


def _argument(
    name: str, node: FieldNode, definition: GraphQLField | None, variables: Mapping[str, Any]
) -> int | None:
    argument = definition.args.get(name) if definition else None
    default = argument.default_value if argument else None
    value: Any = None if default is Undefined else default
    for each in node.arguments or ():
        if each.name.value == name:
            if isinstance(each.value, VariableNode):
                value = variables.get(each.value.name.value, value)
            else:
                value = int(each.value.value) if isinstance(each.value, IntValueNode) else None
    return value if isinstance(value, int) else None
