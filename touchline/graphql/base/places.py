"""Where a declared field stands when it is bound."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any

from graphql import GraphQLResolveInfo

from touchline.domain.kernel.db import Row
from touchline.domain.kernel.relations import Relation
from touchline.graphql.base.facts import Join
from touchline.graphql.base.permissions import Permission
from touchline.graphql.base.statements import Keys

Info = GraphQLResolveInfo[Any]
Resolver = Callable[..., Any]
Getter = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Target:
    """The type a field leads to, and where its rows come from."""

    type_name: str
    relation: Relation | None
    permission: Permission


@dataclass(frozen=True, slots=True)
class Place:
    """The field's own type, its name in Python, and what it leads to.

    ``nodes`` are the types that have global ids, by name.
    """

    type_name: str
    relation: Relation | None
    name: str
    target: Target | None
    nodes: Mapping[str, Target]

    def getter(self, name: str) -> Getter:
        """How a value called ``name`` is taken from a parent of this place."""
        return itemgetter(name) if self.relation else attrgetter(name)

    def keys_getter(self, on: Join) -> Callable[[Any], Keys]:
        """How a parent's side of a join is taken from it."""
        getters = [self.getter(parent) for parent, _ in on]
        if len(getters) == 1:
            get = getters[0]
            return lambda parent: (get(parent),)
        return lambda parent: tuple(get(parent) for get in getters)

    def source(self) -> Relation:
        """The relation of the field's own type."""
        if self.relation is None:
            raise LookupError("its type reads from no relation")
        return self.relation

    def goal(self) -> Relation:
        """The relation of the rows the field leads to."""
        if self.target is None or self.target.relation is None:
            raise LookupError("it leads to no relation")
        return self.target.relation


class TypedRow(dict[str, Any]):
    """A row that says of which type it is, for fields whose type is an interface."""

    __slots__ = ("type_name",)

    def __init__(self, row: Row, type_name: str) -> None:
        super().__init__((name, row[name]) for name in row.keys())  # noqa: SIM118
        self.type_name = type_name
