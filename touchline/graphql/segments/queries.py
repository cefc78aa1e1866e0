"""Root fields that read segments."""

import strawberry

from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection, lookup
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.segments.filters import SegmentFilter
from touchline.graphql.segments.types import Segment


@strawberry.type(description="Reads of segments.")
class SegmentQuery:
    """Part of the query root."""

    segment: Segment | None = lookup(permission=READ, description="One segment by its id.")
    segments: Connection[Segment] | None = connection(
        "segments",
        order=Order(("name",)),
        filters=SegmentFilter,
        permission=READ,
        description="All segments in use, by name.",
    )
