"""Root fields that read the event log."""

import strawberry

from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.timeline.filters import TouchpointFilter
from touchline.graphql.timeline.types import Touchpoint


@strawberry.type(description="Reads of the event log.")
class TimelineQuery:
    """Part of the query root."""

    touchpoints: Connection[Touchpoint] | None = connection(
        "touchpoints",
        order=Order(("occurred_at",), descending=True),
        filters=TouchpointFilter,
        permission=READ,
        description="What happened with all customers, newest first.",
    )
