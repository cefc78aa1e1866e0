"""The customer: the roof of the type graph."""

from touchline.domain.customers.relations import CUSTOMER
from touchline.domain.identity.relations import STILL_HOLDS
from touchline.domain.scoring.relations import COUNTS
from touchline.domain.segments.relations import SEGMENT_OF_CUSTOMER
from touchline.domain.timeline.relations import IS_NOTE
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import column, connection, related, rows
from touchline.graphql.base.node import Node
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.conversions.filters import ConversionFilter
from touchline.graphql.conversions.types import Conversion, LifetimeValue
from touchline.graphql.customers.accounts import Account
from touchline.graphql.customers.traits import Trait
from touchline.graphql.forecasts.types import CustomerForecast
from touchline.graphql.identity.types import CustomerMerge, Identifier
from touchline.graphql.scoring.types import CustomerScore
from touchline.graphql.segments.types import Segment
from touchline.graphql.stages.types import CustomerStage, StageChange
from touchline.graphql.tags.types import CustomerTag
from touchline.graphql.timeline.filters import TouchpointFilter
from touchline.graphql.timeline.types import Touchpoint

_NEWEST_FIRST = Order(("occurred_at",), descending=True)


@entity(CUSTOMER, permission=READ, description="A person, known by name or not yet.")
class Customer(Node):
    """Identifiers, traits and timeline of one person."""

    display_name: str = column(description="The best name there is, to show to people.")
    is_identified: bool = column(
        description="Whether the customer is known by more than a device or a visit."
    )
    first_seen_at: DateTime = column(description="When first something happened.")
    last_seen_at: DateTime = column(description="When last something happened.")
    created_at: DateTime = column(description="When Touchline first heard of the customer.")
    identifiers: list[Identifier] = rows(
        {"id": "customer_id"},
        order=Order(("kind", "value")),
        limit=500,
        description="What the customer is known by.",
    )
    traits: list[Trait] = rows(
        {"id": "customer_id"},
        order=Order(("name",)),
        limit=500,
        description="What is known of the customer.",
    )
    stage: CustomerStage | None = related(
        {"id": "customer_id"}, description="The stage of the journey the customer is in."
    )
    stage_history: Connection[StageChange] = connection(
        "Customer.stageHistory",
        on={"id": "customer_id"},
        order=Order(("at",), descending=True),
        description="How the customer came from stage to stage, the latest first.",
    )
    scores: list[CustomerScore] = rows(
        {"id": "customer_id"},
        order=Order(("model_id",)),
        where=COUNTS,
        limit=20,
        description="The customer's scores, one for each model in force.",
    )
    segments: list[Segment] = rows(
        {"id": "customer_id"},
        order=Order(("name",)),
        limit=500,
        relation=SEGMENT_OF_CUSTOMER,
        description="The segments the customer is in, by name.",
    )
    conversions: Connection[Conversion] = connection(
        "Customer.conversions",
        on={"id": "customer_id"},
        order=_NEWEST_FIRST,
        filters=ConversionFilter,
        description="By what the customer reached goals, the latest first.",
    )
    lifetime_value: list[LifetimeValue] = rows(
        {"id": "customer_id"},
        order=Order(("currency",)),
        limit=200,
        description="What the customer has brought in, by currency.",
    )
    lifetime_forecast: list[CustomerForecast] = rows(
        {"id": "customer_id"},
        order=Order(("currency",)),
        limit=200,
        description="What the customer is expected to bring in yet, by currency.",
    )
    account: Account | None = related(
        {"account_id": "id"}, description="The company the customer belongs to."
    )
    tags: list[CustomerTag] = rows(
        {"id": "customer_id"},
        order=Order(("set_at",)),
        limit=200,
        description="The customer's tags in the order they were set, those pinned off included.",
    )
    merged_from: list[CustomerMerge] = rows(
        {"id": "survivor_id"},
        order=Order(("merged_at",)),
        where=STILL_HOLDS,
        limit=500,
        description="The customers that were merged into this one.",
    )
    timeline: Connection[Touchpoint] = connection(
        "Customer.timeline",
        on={"id": "customer_id"},
        order=_NEWEST_FIRST,
        filters=TouchpointFilter,
        description="What happened with the customer, newest first.",
    )
    notes: Connection[Touchpoint] = connection(
        "Customer.notes",
        on={"id": "customer_id"},
        order=_NEWEST_FIRST,
        where=IS_NOTE,
        description="What colleagues wrote about the customer, newest first.",
    )
