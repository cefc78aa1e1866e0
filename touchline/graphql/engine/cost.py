"""What an operation costs: an object 1 × page size, a scalar 0, the schema 10, a mutation 10.

An object that only groups values of the row in which it stands is not read: it costs nothing.
A connection, its edges and its ``pageInfo`` are wrapping and cost nothing; ``first`` or ``last``
multiplies what stands under ``nodes`` and ``edges``. A list without a page argument counts one.
What an author wrote beside a field counts instead, of a mutation if it is more.
The plan of an operation is made once and then weighed twice: with its variables, for what could
come (``requested``), and with the answer, for what did (``actual``).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    Undefined,
    VariableNode,
    get_named_type,
    is_composite_type,
    is_interface_type,
    is_object_type,
)
from strawberry.schema.schema_converter import GraphQLCoreConverter

from touchline.graphql.base.facts import FACT, DocumentFact, Fact, SameRowFact
from touchline.graphql.engine.limits import INTROSPECTION_FIELDS

_MUTATION = 10
_INTROSPECTION = 10
_PAGE_ARGUMENTS = ("first", "last")
_PAGED = frozenset({"nodes", "edges"})


@dataclass(slots=True)
class Part:
    """One place in the answer that holds objects. ``weight`` is what each of them costs.

    ``sizes`` are, at the root, the variables that set how large a page may be.
    """

    name: str = ""
    weight: int = 0
    connection: bool = False
    paged: bool = False
    nodes: list[FieldNode] = field(default_factory=list)
    definition: GraphQLField | None = None
    children: dict[str, "Part"] = field(default_factory=dict)
    sizes: tuple[str, ...] = ()


class PageRefused(Exception):
    """``first`` and ``last`` do not make a page; ``error`` names the argument."""

    def __init__(self, argument: str, message: str, node: FieldNode) -> None:
        super().__init__(message)
        self.error = GraphQLError(
            message, node, extensions={"code": "BAD_USER_INPUT", "argument": argument}
        )


def plan_cost(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
) -> Part:
    """The plan of a *valid* operation."""
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    root = Part()
    root_type = schema.get_root_type(operation.operation)
    if root_type is not None:
        _Planner(schema, fragments).add(root, operation.selection_set, root_type)
    if operation.operation is OperationType.MUTATION:
        for part in root.children.values():
            part.weight = max(_MUTATION, part.weight)
    root.sizes = tuple(sorted(set(_size_variables(root))))
    return root


def requested_cost(part: Part, variables: Mapping[str, Any], largest_page: int) -> int:
    """The most the operation may cost. Raises ``PageRefused`` for a page that cannot be."""
    return _weighed(part, lambda paged: _page_size(paged, variables, largest_page))


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
        return _weighed(part, lambda paged: _bound(paged, defaults, unknown, largest_page))

    return cost(1), cost(largest_page)


def _size_variables(part: Part) -> Iterator[str]:
    for node in part.nodes:
        for each in node.arguments or ():
            if each.name.value in _PAGE_ARGUMENTS and isinstance(each.value, VariableNode):
                yield each.value.name.value
    for child in part.children.values():
        yield from _size_variables(child)


def _weighed(part: Part, size_of: Callable[[Part], int]) -> int:
    size = size_of(part) if part.paged else 1
    below = {key: _weighed(child, size_of) for key, child in part.children.items()}
    if not part.connection:
        return size * (part.weight + sum(below.values()))
    return sum(
        cost * (size if part.children[key].name in _PAGED else 1) for key, cost in below.items()
    )


def actual_cost(part: Part, data: object) -> int:
    """What the operation did cost, by the objects that stand in its answer."""
    if isinstance(data, dict):
        total = part.weight
        for key, child in part.children.items():
            below = data.get(key)
            if below is not None:
                total += actual_cost(child, below)
        return total
    if not isinstance(data, list):
        return 0
    if part.children:
        return sum([actual_cost(part, item) for item in data if item is not None])
    return part.weight * sum([isinstance(item, dict) for item in data])


@dataclass(frozen=True, slots=True)
class _Planner:
    schema: GraphQLSchema
    fragments: dict[str, FragmentDefinitionNode]

    def add(self, part: Part, selections: SelectionSetNode, parent: GraphQLNamedType) -> None:
        """Add the objects below ``selections`` to ``part``; equal response keys are one place."""
        for node in selections.selections:
            if isinstance(node, FieldNode):
                self._add_field(part, node, parent)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self.fragments[node.name.value]
                on = self.schema.type_map[fragment.type_condition.name.value]
                self.add(part, fragment.selection_set, on)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                on = self.schema.type_map[condition.name.value] if condition else parent
                self.add(part, node.selection_set, on)

    def _add_field(self, part: Part, node: FieldNode, parent: GraphQLNamedType) -> None:
        definition = self.schema.get_field(parent, node.name.value)  # type: ignore[arg-type]
        if definition is None or node.selection_set is None:
            return
        named = get_named_type(definition.type)
        if not is_composite_type(named):
            return
        key = node.alias.value if node.alias else node.name.value
        if node.name.value in INTROSPECTION_FIELDS:
            part.children[key] = Part(name=node.name.value, weight=_INTROSPECTION)
            return
        child = part.children.setdefault(key, _part(node, definition, named))
        child.nodes.append(node)
        self.add(child, node.selection_set, named)


def _part(node: FieldNode, definition: GraphQLField, named: GraphQLNamedType) -> Part:
    fields = named.fields if is_object_type(named) or is_interface_type(named) else {}
    return Part(
        name=node.name.value,
        weight=weight_of(definition),
        connection="pageInfo" in fields,
        paged="first" in definition.args,
        definition=definition,
    )


def weight_of(definition: GraphQLField) -> int:
    """What an object behind a field costs: what stands beside the field, otherwise one.

    A connection, an edge and a ``pageInfo`` only wrap others, and groups of values of the same row
    are read with it.
    """
    named = get_named_type(definition.type)
    fields = named.fields if is_object_type(named) or is_interface_type(named) else {}
    if "pageInfo" in fields or named.name == "PageInfo" or {"cursor", "node"} <= fields.keys():
        return 0
    field_definition = definition.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    fact = getattr(field_definition, "metadata", {}).get(FACT)
    if isinstance(fact, Fact) and fact.cost is not None:
        return fact.cost
    return 0 if isinstance(fact, SameRowFact | DocumentFact) else 1


def _bound(part: Part, defaults: Mapping[str, int], unknown: int, largest: int) -> int:
    sizes = [1]
    for node in part.nodes:
        given = [each for each in node.arguments or () if each.name.value in _PAGE_ARGUMENTS]
        names = [each.value.name.value for each in given if isinstance(each.value, VariableNode)]
        if names:
            sizes += [min(defaults.get(name, unknown), largest) for name in names]
        else:
            sizes.append(_page_of(node, part, {}, largest))
    return max(sizes)


def _page_size(part: Part, variables: Mapping[str, Any], largest: int) -> int:
    return max(_page_of(node, part, variables, largest) for node in part.nodes)


def _page_of(node: FieldNode, part: Part, variables: Mapping[str, Any], largest: int) -> int:
    given = {}
    for name in _PAGE_ARGUMENTS:
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
