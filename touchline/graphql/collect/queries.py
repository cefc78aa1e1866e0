"""Root fields that read what could not be taken as it came."""

import strawberry

from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.collect.types import IngestionWarning, RejectedEvent


@strawberry.type(description="Reads of the quarantine.")
class CollectQuery:
    """Part of the query root."""

    rejected_events: Connection[RejectedEvent] | None = connection(
        "rejectedEvents",
        order=Order(("received_at",), descending=True),
        permission=READ,
        description="Calls that were not accepted, newest first.",
    )
    ingestion_warnings: Connection[IngestionWarning] | None = connection(
        "ingestionWarnings",
        order=Order(("occurred_at",), descending=True),
        permission=READ,
        description="What was odd about accepted calls, newest first.",
    )
