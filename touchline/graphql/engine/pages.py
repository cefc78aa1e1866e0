"""What the pages of an operation are given, checked before any is read.

A cursor of another list or a filter that goes too far stands perhaps deep in the document: without
this its error would come only when the rows above it had been read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLError
from graphql.execution.values import VariableValues

from touchline.domain.kernel.relations import Relation
from touchline.graphql.base.facts import PageFact
from touchline.graphql.base.windows import Window, read_window
from touchline.graphql.base.wiring import fact_of, target_of
from touchline.graphql.engine.arguments import Arguments
from touchline.graphql.engine.cost_plan import Part

_CHECKED = frozenset({"after", "before", "filter"})
_CURSORS = ("after", "before")
_SIZES = ("first", "last")
_KEPT_SIZES = 32


@dataclass(frozen=True, slots=True)
class GivenPage:
    """A connection of the document that is given a cursor or a filter.

    ``known`` is what was understood for each size, where requests differ by cursors besides.
    """

    node: FieldNode
    arguments: Arguments
    fact: PageFact
    relation: Relation
    known: dict[tuple[Any, ...], Window] | None = None

    def read(self, variables: VariableValues) -> Window:
        """Raise a coded ``GraphQLError`` that names the argument that is wrong."""
        arguments = self.arguments.of(variables)
        try:
            return self._window(arguments)
        except GraphQLError as error:
            raise GraphQLError(
                error.message, self.node, extensions=error.extensions or {}
            ) from None

    def _window(self, arguments: dict[str, Any]) -> Window:
        if self.known is None:
            return read_window(self.fact, self.relation, arguments)
        size = tuple([arguments.get(name) for name in _SIZES])
        known = self.known.get(size)
        if known is not None:
            return known.between(arguments)
        window = read_window(self.fact, self.relation, arguments)
        if len(self.known) < _KEPT_SIZES:
            self.known[size] = window
        return window


def given_pages(part: Part) -> Iterator[GivenPage]:
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
                    alike = given <= {*_CURSORS, *_SIZES}
                    known: dict[tuple[Any, ...], Window] | None = {} if alike else None
                    yield GivenPage(node, arguments, fact, target.relation, known)
        yield from given_pages(child)
