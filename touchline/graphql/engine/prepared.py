"""One operation of a document, with what was made of it for all the requests to come."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from graphql import DocumentNode, FieldNode, GraphQLSchema, OperationDefinitionNode, OperationType

from touchline.graphql.engine.cost import requested_cost
from touchline.graphql.engine.cost_plan import Part, plan_cost
from touchline.graphql.engine.footprint import Footprint
from touchline.graphql.engine.introspection import introspects
from touchline.graphql.engine.keeping import keep_s
from touchline.graphql.engine.pages import GivenPage, given_pages
from touchline.graphql.engine.variables import Variable, variables_of

_KEPT_COSTS = 32


class Prepared:
    """A valid operation; all is made when it is first asked for."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        node: OperationDefinitionNode,
        footprint: Footprint,
    ) -> None:
        self.node = node
        self.kind: OperationType = node.operation
        self.name = node.name.value if node.name else None
        self._schema = schema
        self._document = document
        self._footprint = footprint
        self._requested: dict[tuple[Any, ...], int] = {}

    @cached_property
    def cost(self) -> Part:
        """Its cost plan."""
        return plan_cost(self._schema, self._document, self.node)

    @cached_property
    def pages(self) -> Sequence[GivenPage]:
        """Its connections that are given cursors or filters."""
        return list(given_pages(self.cost, self._footprint))

    @cached_property
    def keep_s(self) -> int:
        """For how many seconds a cache may keep its answer."""
        return keep_s(self._schema, self._document, self.node)

    @cached_property
    def variables(self) -> Sequence[Variable]:
        """The variables that it declares."""
        return variables_of(self._schema, self.node, self._footprint)

    @cached_property
    def introspection(self) -> FieldNode | None:
        """The first of its fields that asks for the schema."""
        return introspects(self._document, self.node)

    def requested(self, variables: Mapping[str, Any], largest_page: int) -> int:
        """The most that it may cost; raises ``PageRefused``.

        That depends on the sizes of pages and lists alone, and clients use few of those.
        """
        place = tuple([_size(variables.get(name)) for name in self.cost.sizes])
        known = self._requested.get(place)
        if known is None:
            known = requested_cost(self.cost, variables, largest_page)
            if len(self._requested) < _KEPT_COSTS:
                self._requested[place] = known
        return known


def _size(value: Any) -> Any:
    return ("ids", len(value)) if isinstance(value, list) else value
