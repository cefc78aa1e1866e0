"""Compiles a selection: the declared facts of its fields become shapes.

The same rules of GraphQL choose the fields as in normal execution (fragments, aliases,
``@include`` and ``@skip``), so the keys of the answer and their order are the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_non_null_type,
    is_object_type,
)
from graphql.execution import Executor
from graphql.execution.collect_fields import FieldDetailsList, collect_subfields

from touchline.domain.kernel.relations import Column, Relation
from touchline.graphql.base.facts import Fact, PageFact
from touchline.graphql.base.permissions import Permission
from touchline.graphql.base.places import Target
from touchline.graphql.base.wiring import fact_of, permissions_of, python_name, target_of
from touchline.graphql.engine.cost_plan import weight_of
from touchline.graphql.engine.planning.shapes import Made, Shape, Uncovered, patch
from touchline.graphql.engine.planning.writing import Writer

_MOST_FIELDS = 48  # PostgreSQL takes 100 arguments, a name and a value for each field


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the values of a selection come from: a relation's rows under an alias.

    ``read`` are the stored columns that are asked for, by and by. A part of a row is asked for
    columns without the ``prefix`` that their names have in the relation.
    """

    relation: Relation
    alias: str
    read: set[str] = field(default_factory=lambda: {"id"})
    prefix: str = ""

    def column(self, name: str) -> Column:
        """A column, which is noted to be read."""
        column = self.relation.column(self.prefix + name)
        self.read.update(column.stored())
        return column


@dataclass(frozen=True, slots=True)
class Site:
    """One field of the document: its type's, its definition's and the document's side."""

    kind: GraphQLObjectType
    definition: GraphQLField
    fact: Fact
    details: FieldDetailsList
    target: Target | None

    @property
    def name(self) -> str:
        """The field's name in Python."""
        return python_name(self.definition)

    @property
    def nullable(self) -> bool:
        """Whether null may stand here."""
        return not is_non_null_type(self.definition.type)

    @property
    def weight(self) -> int:
        """What an object that stands here costs."""
        return weight_of(self.definition)

    def goal(self) -> Relation:
        """The relation of the rows the field leads to."""
        if self.target is None or self.target.relation is None:
            raise Uncovered("it leads to no relation")
        return self.target.relation


@dataclass(frozen=True, slots=True)
class PageSite:
    """A connection in the document."""

    site: Site
    fact: PageFact
    relation: Relation


Compile = Callable[["Compiler", Site, Rows], Shape]


@dataclass(slots=True)
class Compiler:
    """Compiles what stands below one root field; collects what it needs of the caller.

    Kept ``flat`` it leaves to Python what it can, for the database cannot parse the rest with it.
    """

    executor: Executor[Any]
    nodes: Mapping[str, Target]
    facts: Mapping[type[Fact], Compile]
    flat: bool = False
    needed: set[Permission] = field(default_factory=set)
    pages: list[PageSite] = field(default_factory=list)
    ranges: list[Site] = field(default_factory=list)
    _aliases: int = 0

    def alias(self) -> str:
        """A name for rows that no other rows of the statement have."""
        self._aliases += 1
        return f"t{self._aliases}"

    def kind(self, site: Site) -> GraphQLObjectType:
        """The object type behind a field; that of an interface is told by its target."""
        named: GraphQLNamedType | None = get_named_type(site.definition.type)
        if not is_object_type(named) and site.target is not None:
            named = self.executor.schema.type_map.get(site.target.type_name)
        if not is_object_type(named):
            raise Uncovered("its type is known only with the answer")
        return named

    def selection(
        self, kind: GraphQLObjectType, details: FieldDetailsList
    ) -> dict[str, FieldDetailsList]:
        """The fields that are selected below, by their keys in the answer."""
        run = self.executor
        found = collect_subfields(
            run.schema, run.fragments, run.variable_values, run.operation, kind, details
        )
        if len(found.grouped_field_set) > _MOST_FIELDS:
            raise Uncovered(f"more than {_MOST_FIELDS} fields of one object")
        return found.grouped_field_set

    def site(
        self, kind: GraphQLObjectType, details: FieldDetailsList, *, is_root: bool = False
    ) -> Site | None:
        """The field that the details name, its permissions noted; ``None`` is ``__typename``."""
        name = details[0].node.name.value
        if name == "__typename":
            return None
        definition = kind.fields.get(name)
        fact = fact_of(definition) if definition else None
        if definition is None or fact is None:
            raise Uncovered(f"{name} is not declared")
        self.needed.update(permissions_of(kind, definition, self.nodes, is_root=is_root))
        return Site(kind, definition, fact, details, target_of(definition, fact, self.nodes))

    def object(self, site: Site, rows: Rows) -> Shape:
        """The object made of a row to which a field leads."""
        kind, details = self.kind(site), site.details
        shapes: list[tuple[str, Shape]] = []
        for key, below in self.selection(kind, details).items():
            inner = self.site(kind, below)
            shapes.append((key, self.field(inner, rows) if inner else typename(kind)))

        def write(writer: Writer) -> Made:
            made = [(key, shape(writer)) for key, shape in shapes]
            piece = writer.object([(key, each.piece) for key, each in made], site.weight)
            return Made(piece, patch([(key, each.fix) for key, each in made]))

        return write

    def field(self, site: Site, rows: Rows) -> Shape:
        """What a field's fact makes of the row."""
        compile_fact = self.facts.get(type(site.fact))
        if compile_fact is None:
            name = site.details[0].node.name.value
            raise Uncovered(f"{site.kind.name}.{name} is answered by a function")
        return compile_fact(self, site, rows)


def typename(kind: GraphQLObjectType) -> Shape:
    """The name of the type, which is known."""
    return lambda writer: Made(writer.text(kind.name))
