"""Connections: keyset pages in both directions, as Relay reads them."""

from enum import Enum
from typing import Any, Generic, TypeVar

import strawberry

from touchline.graphql.base.facts import Part, SliceFact
from touchline.graphql.base.fields import declare
from touchline.graphql.base.permissions import EVERYONE
from touchline.graphql.base.types import entity

T = TypeVar("T")


def _part(part: Part, description: str) -> Any:
    return declare(SliceFact(part=part), description)


@strawberry.enum(description="Which end of an order comes first.")
class OrderDirection(Enum):
    """A direction of sorting."""

    ASC = strawberry.enum_value("ASC", description="Smallest, oldest or A first.")
    DESC = strawberry.enum_value("DESC", description="Largest, newest or Z first.")


@entity(permission=EVERYONE, description="Where a page stands in its list.")
class PageInfo:
    """Relay's page info."""

    has_next_page: bool = _part(Part.HAS_NEXT, "Whether more comes after this page.")
    has_previous_page: bool = _part(Part.HAS_PREVIOUS, "Whether more comes before this page.")
    start_cursor: str | None = _part(Part.START, "Cursor of the first edge; null on an empty page.")
    end_cursor: str | None = _part(Part.END, "Cursor of the last edge; null on an empty page.")


@entity(permission=EVERYONE, description="One object of a list, with its place.")
class Edge(Generic[T]):
    """Relay's edge."""

    cursor: str = _part(Part.CURSOR, "Opaque place of this object in the list.")
    node: T = _part(Part.NODE, "The object.")


@entity(permission=EVERYONE, description="A page of a list that can grow without end.")
class Connection(Generic[T]):
    """Relay's connection, with ``nodes`` as a shortcut."""

    edges: list[Edge[T]] = _part(Part.EDGES, "The objects of this page with their cursors.")
    nodes: list[T] = _part(Part.NODES, "The objects of this page.")
    page_info: PageInfo = _part(Part.PAGE_INFO, "Where this page stands.")
    total_count: int | None = _part(
        Part.TOTAL_COUNT, "How many there are in all; null when there are more than 10,000."
    )
