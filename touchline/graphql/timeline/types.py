"""A touchpoint and what belongs to it."""

import strawberry

from touchline.domain.channels.relations import CHANNEL_OF_ORIGIN
from touchline.domain.conversions.relations import CONVERSION
from touchline.domain.customers.relations import CUSTOMER
from touchline.domain.timeline.relations import TOUCHPOINT
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import column, document, global_id, key, related, rows
from touchline.graphql.base.money import Money, money
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import JSON, DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.channels.types import Channel
from touchline.graphql.content.types import ContentAsset
from touchline.graphql.sources.types import Source
from touchline.graphql.timeline.enums import TouchpointClock, TouchpointType


@entity(permission=READ, description="What the user agent of a touchpoint says.")
class TouchpointDevice:
    """Kept as JSON beside the touchpoint."""

    id: strawberry.ID = global_id(
        description="The global id; to be kept and compared, not taken apart."
    )
    browser: str | None = key(description="The browser, such as `Firefox`.")
    browser_version: str | None = key("browserVersion", description="Its major version.")
    os: str | None = key(description="The operating system, such as `Android`.")
    os_version: str | None = key("osVersion", description="Its major version.")
    family: str | None = key("device", description="The kind of device, such as `iPhone`.")
    brand: str | None = key(description="Who makes the device.")
    model: str | None = key(description="The model of the device.")


@entity(CONVERSION, permission=READ, description="A goal that a touchpoint reached.")
class TouchpointConversion:
    """The conversion in short, beside the touchpoint."""

    id: strawberry.ID = global_id(
        description="The global id; to be kept and compared, not taken apart."
    )
    goal_name: str = column(description="The name of the goal.")
    value: Money | None = money("value", nullable=True, description="What it is worth.")
    net_value: Money | None = money(
        "net_value", nullable=True, description="The value less refunds."
    )


@entity(TOUCHPOINT, permission=READ, description="One thing that happened with a customer.")
class Touchpoint(Node):
    """An entry of the event log."""

    message_id: str = column(description="The id the sender gave to the call.")
    type: TouchpointType = column(description="What sort of entry it is.")
    name: str = column(description="What happened, such as `Order Completed`.")
    summary: str = column(description="What happened as a sentence for people.")
    occurred_at: DateTime = column(description="When it happened.")
    received_at: DateTime = column(description="When Touchline was told.")
    clock: TouchpointClock = column(description="Where `occurredAt` comes from.")
    source: Source | None = related(
        {"source_id": "id"}, description="Which source told it; null for entries of people."
    )
    channel: Channel | None = related(
        {"origin_id": "origin_id"},
        relation=CHANNEL_OF_ORIGIN,
        description="The channel that it came by, as the rules in force say.",
    )
    content_asset: ContentAsset | None = related(
        {"asset_id": "id"}, description="The content that it speaks of, such as what was read."
    )
    conversions: list[TouchpointConversion] = rows(
        {"id": "touchpoint_id"},
        order=Order(("goal_id",)),
        limit=100,
        description="The goals that it reached.",
    )
    properties: JSON = column(description="What the sender said about it.")
    context: JSON = column(description="What the sender said about the circumstances.")
    extra: JSON | None = column(description="Whatever else the sender sent.")
    device: TouchpointDevice | None = document("device", description="What was used, if known.")
    actor_name: str | None = column(description="Who wrote the entry; null when a source told it.")
    subject: Node = related(
        {"customer_id": "id"},
        relation=CUSTOMER,
        type_name="Customer",
        description="The customer it happened with.",
    )
