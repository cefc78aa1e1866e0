"""What an operation may read, place by place: what its cost is weighed by.

An object that only groups values of the row in which it stands is not read: it costs nothing.
A connection, its edges and its ``pageInfo`` are wrapping and cost nothing. What an author wrote
beside a field counts instead, of a mutation if it is more.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_interface_type,
    is_list_type,
    is_object_type,
)

from touchline.graphql.base.facts import DocumentFact, NodeFact, SameRowFact
from touchline.graphql.base.wiring import fact_of
from touchline.graphql.engine.limits import INTROSPECTION_FIELDS

_MUTATION = 10
_INTROSPECTION = 10
PAGE_ARGUMENTS = ("first", "last")


@dataclass(slots=True)
class Part:
    """One field at one place in the answer that holds objects; ``weight`` is what each costs.

    ``listed`` names the argument that lists the ids of as many objects; ``many`` are as many as
    there are, for no argument counts them. A field of an interface is ``shared``: it stands beside
    those that an object's own type has under the same key. ``sizes`` are, at the root, the
    variables that say how many objects there may be.
    """

    name: str = ""
    weight: int = 0
    connection: bool = False
    paged: bool = False
    listed: str = ""
    many: bool = False
    shared: bool = False
    nodes: list[FieldNode] = field(default_factory=list)
    definition: GraphQLField | None = None
    children: dict[str, list["Part"]] = field(default_factory=dict)
    sizes: tuple[str, ...] = ()

    @property
    def below(self) -> Iterator["Part"]:
        """The parts straight below: of one key as many as types have a field of their own there."""
        for parts in self.children.values():
            yield from parts


def most(parts: list[Part], cost: Callable[[Part], int]) -> int:
    """What the parts of one key cost at most: an object has one type, and what it shares."""
    own = max((cost(part) for part in parts if not part.shared), default=0)
    return own + sum([cost(part) for part in parts if part.shared])


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
        for part in root.below:
            part.weight = max(_MUTATION, part.weight)
    root.sizes = tuple(sorted(set(_size_variables(root))))
    return root


def _size_variables(part: Part) -> Iterator[str]:
    for node in part.nodes:
        for each in node.arguments or ():
            if isinstance(each.value, VariableNode) and (
                each.name.value in PAGE_ARGUMENTS or each.name.value == part.listed
            ):
                yield each.value.name.value
    for child in part.below:
        yield from _size_variables(child)


@dataclass(frozen=True, slots=True)
class _Planner:
    schema: GraphQLSchema
    fragments: dict[str, FragmentDefinitionNode]

    def add(self, part: Part, selections: SelectionSetNode, parent: GraphQLNamedType) -> None:
        """Add the objects below ``selections`` to ``part``."""
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
        alike = part.children.setdefault(key, [])
        if node.name.value in INTROSPECTION_FIELDS:
            alike[:] = [Part(name=node.name.value, weight=_INTROSPECTION)]
            return
        child = next((one for one in alike if one.definition is definition), None)
        if child is None:
            child = _part(node, definition, named)
            child.shared = is_interface_type(parent)
            child.many = not part.connection and _is_many(child)
            alike.append(child)
        child.nodes.append(node)
        self.add(child, node.selection_set, named)


def _part(node: FieldNode, definition: GraphQLField, named: GraphQLNamedType) -> Part:
    fields = named.fields if is_object_type(named) or is_interface_type(named) else {}
    fact = fact_of(definition)
    return Part(
        name=node.name.value,
        weight=weight_of(definition),
        connection="pageInfo" in fields,
        paged="first" in definition.args,
        listed=fact.argument if isinstance(fact, NodeFact) and fact.many else "",
        definition=definition,
    )


def _is_many(part: Part) -> bool:
    assert part.definition is not None
    is_list = is_list_type(get_nullable_type(part.definition.type))
    return is_list and part.weight > 0 and not part.listed


def weight_of(definition: GraphQLField) -> int:
    """What an object behind a field costs: what stands beside the field, otherwise one.

    A connection, an edge and a ``pageInfo`` only wrap others, and groups of values of the same row
    are read with it.
    """
    named = get_named_type(definition.type)
    fields = named.fields if is_object_type(named) or is_interface_type(named) else {}
    if "pageInfo" in fields or named.name == "PageInfo" or {"cursor", "node"} <= fields.keys():
        return 0
    fact = fact_of(definition)
    if fact is not None and fact.cost is not None:
        return fact.cost
    return 0 if isinstance(fact, SameRowFact | DocumentFact) else 1
