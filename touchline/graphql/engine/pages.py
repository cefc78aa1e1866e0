"""What the pages of an operation are given, checked before any is read.

A cursor of another list or a filter that goes too far stands perhaps deep in the document: without
this its error would come only when the rows above it had been read.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import NoneType
from typing import Any

from graphql import FieldNode, GraphQLError, print_ast
from graphql.execution.values import VariableValues

from touchline.domain.kernel.relations import Relation
from touchline.graphql.base.facts import PageFact
from touchline.graphql.base.statements import spoken
from touchline.graphql.base.windows import Window, read_window
from touchline.graphql.base.wiring import fact_of, target_of
from touchline.graphql.engine.arguments import Arguments, variables_in
from touchline.graphql.engine.cost_plan import Part
from touchline.graphql.engine.footprint import Footprint

_CHECKED = frozenset({"after", "before", "filter"})
_CURSORS = frozenset({"after", "before"})
_KEPT_WINDOWS = 32
_WINDOW, _CHARACTER = 3_000, 4  # bytes, by estimate
_SIMPLE = frozenset({str, int, float, bool, NoneType})


@dataclass(frozen=True, slots=True)
class GivenPage:
    """A connection of the document that is given a cursor or a filter.

    ``known`` is what was understood for each assignment of the variables that are ``deciding``:
    of all but cursors. There is none where it is understood anew for each request.
    """

    node: FieldNode
    arguments: Arguments
    fact: PageFact
    relation: Relation
    has_cursors: bool
    deciding: Collection[str] = ()
    known: dict[tuple[Any, ...], Window] | None = None
    footprint: Footprint = field(default_factory=Footprint)

    def read(self, variables: VariableValues) -> Window:
        """Raise a coded ``GraphQLError`` that names the argument that is wrong."""
        kept = self.known
        place = () if kept is None else self._place(variables.coerced)
        known = kept.get(place) if kept else None
        if known is not None and not self.has_cursors:
            return known
        arguments = self.arguments.of(variables)
        try:
            if known is not None:
                return known.between(arguments)
            window = read_window(self.fact, self.relation, arguments)
        except GraphQLError as error:
            raise GraphQLError(
                error.message, self.node, extensions=error.extensions or {}
            ) from None
        if kept is not None and place and len(kept) < _KEPT_WINDOWS:
            kept[place] = window
            self.footprint.add(_WINDOW + _CHARACTER * len(window.where.text + repr(window.given)))
        return window

    def _place(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """What a window is kept by; empty where that is too much."""
        given = [values.get(name) for name in self.deciding]
        kinds = [*map(type, given)]
        return (spoken(), *given, *kinds) if _SIMPLE.issuperset(kinds) else ()


def given_pages(part: Part, footprint: Footprint) -> Iterator[GivenPage]:
    """Those of an operation, by its cost plan."""
    for child in part.below:
        fact = fact_of(child.definition) if child.definition else None
        if child.definition is not None and isinstance(fact, PageFact):
            target = target_of(child.definition, fact, {})
            for node in child.nodes:
                given = {argument.name.value for argument in node.arguments or ()}
                checked = _CHECKED | fact.narrowed.keys()
                if target is not None and target.relation is not None and given & checked:
                    arguments = Arguments(child.definition, node)
                    yield _given_page(node, arguments, fact, target.relation, footprint)
        yield from given_pages(child, footprint)


def _given_page(
    node: FieldNode,
    arguments: Arguments,
    fact: PageFact,
    relation: Relation,
    footprint: Footprint,
) -> GivenPage:
    others = [one for one in node.arguments or () if one.name.value not in _CURSORS]
    said = " ".join(map(print_ast, others))
    conditions = {**fact.filters, **fact.narrowed}
    varies = any(one.varies and name in said for name, one in conditions.items())
    return GivenPage(
        node,
        arguments,
        fact,
        relation,
        has_cursors=len(others) < len(node.arguments or ()),
        deciding=[name for one in others for name in variables_in(one)],
        known=None if varies else {},
        footprint=footprint,
    )
