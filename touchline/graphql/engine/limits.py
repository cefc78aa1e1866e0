"""How large and how deep a document may be, judged before it is validated.

Everything is counted on the *expanded* document, as if each fragment stood where it is spread;
every fragment is visited once, so a fragment bomb costs no more than its text.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

INTROSPECTION_FIELDS = frozenset({"__schema", "__type"})
_MAX_NESTING = 60  # braces within braces, fragments included: far above any depth limit


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one document may ask for. ``variable_bytes`` is the size of the JSON."""

    characters: int = 15_000
    tokens: int = 1_000
    operations: int = 20
    depth: int = 10
    introspection_depth: int = 20
    aliases: int = 15
    directives: int = 50
    selections: int = 1_000
    repeats: int = 2_000
    variable_bytes: int = 100_000
    variable_depth: int = 50
    cost: int = 1_000
    page: int = 100


@dataclass(frozen=True, slots=True)
class Shape:
    """What a selection amounts to once its fragments are expanded."""

    depth: int = 0
    introspection_depth: int = 0
    aliases: int = 0
    directives: int = 0
    selections: int = 0


class _NestedTooDeep(Exception):
    """The braces go deeper than is worth counting."""


class _Circle(Exception):
    """A fragment spreads itself, straight or by way of others."""


def check_shape(document: DocumentNode, limits: Limits) -> list[GraphQLError]:
    """Errors of the operations that pass a limit; each names what it has and what it may have.

    A fragment that no operation spreads is one, too: validation would compare its fields at length.
    """
    survey = _Survey(_fragments(document))
    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    if len(operations) > limits.operations:
        message = (
            f"The document holds {len(operations)} operations; at most {limits.operations} are"
            " allowed."
        )
        return [GraphQLError(message, operations[limits.operations])]
    errors = [
        GraphQLError(message, operation)
        for operation in operations
        for message in _complaints(survey, operation, limits)
    ]
    return errors or [
        GraphQLError(f"Fragment '{name}' is never used.", node)
        for name, node in survey.fragments.items()
        if name not in survey.known
    ]


def largest(document: DocumentNode) -> int:
    """The selections of the largest operation of a document that keeps the limits."""
    survey = _Survey(_fragments(document))
    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    return max([survey.operation(one).selections for one in operations], default=0)


def nesting(value: object, allowed: int) -> bool:
    """Whether lists and objects in ``value`` lie at most ``allowed`` deep."""
    level = [value]
    for _ in range(allowed + 1):
        level = [inner for outer in level for inner in _members(outer)]
        if not level:
            return True
    return False


def _members(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _complaints(survey: "_Survey", operation: OperationDefinitionNode, limits: Limits) -> list[str]:
    try:
        shape = survey.operation(operation)
    except _NestedTooDeep:
        return [f"The document is nested too deeply; at most {limits.depth} levels are allowed."]
    except _Circle as circle:
        return [f"Cannot spread fragment '{circle}' within itself."]
    measures = [
        ("is {} levels deep", shape.depth, limits.depth),
        ("introspects {} levels deep", shape.introspection_depth, limits.introspection_depth),
        ("has {} aliases", shape.aliases, limits.aliases),
        ("has {} directives", shape.directives, limits.directives),
        ("has {} selections", shape.selections, limits.selections),
    ]
    complaints = [
        f"The operation {what.format(_said(has))}; at most {may:,} are allowed."
        for what, has, may in measures
        if has > may
    ]
    if not complaints and _repeats([operation.selection_set], survey.fragments) > limits.repeats:
        return ["The operation selects the same fields over and over; select each once."]
    return complaints


def _said(count: int) -> str:
    return f"{count:,}" if count < 1_000_000 else "more than a million"


def _fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    return {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }


def _repeats(merged: list[SelectionSetNode], fragments: dict[str, FragmentDefinitionNode]) -> int:
    """Pairs of fields that share a response key: validation compares each pair."""
    found: dict[str, list[SelectionSetNode]] = {}
    counts: Counter[str] = Counter()
    waiting = list(merged)
    while waiting:
        for node in waiting.pop().selections:
            if isinstance(node, FieldNode):
                key = (node.alias or node.name).value
                counts[key] += 1
                if node.selection_set:
                    found.setdefault(key, []).append(node.selection_set)
            elif isinstance(node, InlineFragmentNode):
                waiting.append(node.selection_set)
            elif isinstance(node, FragmentSpreadNode) and node.name.value in fragments:
                waiting.append(fragments[node.name.value].selection_set)
    here = sum(count * (count - 1) // 2 for count in counts.values())
    return here + sum(_repeats(inner, fragments) for inner in found.values())


@dataclass(slots=True)
class _Survey:
    fragments: dict[str, FragmentDefinitionNode]
    known: dict[str, Shape] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)

    def operation(self, node: OperationDefinitionNode) -> Shape:
        variables = node.variable_definitions or ()
        own = len(node.directives or ()) + sum(len(each.directives or ()) for each in variables)
        return _sum([Shape(directives=own), self.selections(node.selection_set, 0)])

    def selections(self, node: SelectionSetNode, level: int) -> Shape:
        if level > _MAX_NESTING:
            raise _NestedTooDeep
        return _sum([self.selection(each, level) for each in node.selections])

    def selection(self, node: SelectionNode, level: int) -> Shape:
        own = Shape(directives=len(node.directives or ()), selections=1)
        if isinstance(node, FragmentSpreadNode):
            return _sum([own, self.fragment(node.name.value, level)])
        inner = getattr(node, "selection_set", None)
        below = self.selections(inner, level + 1) if inner else Shape()
        return _under(node, below, own) if isinstance(node, FieldNode) else _sum([own, below])

    def fragment(self, name: str, level: int) -> Shape:
        node = self.fragments.get(name)
        if name in self.known:
            return self.known[name]
        if name in self.open:
            raise _Circle(name)
        if node is None:  # validation names it
            return Shape()
        self.open.add(name)
        shape = self.selections(node.selection_set, level + 1)
        self.open.discard(name)
        self.known[name] = _sum([Shape(directives=len(node.directives or ())), shape])
        return self.known[name]


def _under(node: FieldNode, below: Shape, own: Shape) -> Shape:
    introspects = node.name.value in INTROSPECTION_FIELDS
    return Shape(
        depth=1 if introspects else below.depth + 1,
        introspection_depth=below.depth + 1 if introspects else below.introspection_depth,
        aliases=below.aliases + (node.alias is not None),
        directives=below.directives + own.directives,
        selections=below.selections + own.selections,
    )


def _sum(shapes: list[Shape]) -> Shape:
    return Shape(
        depth=max((shape.depth for shape in shapes), default=0),
        introspection_depth=max((shape.introspection_depth for shape in shapes), default=0),
        aliases=sum(shape.aliases for shape in shapes),
        directives=sum(shape.directives for shape in shapes),
        selections=sum(shape.selections for shape in shapes),
    )
