"""Goals, conversions, and what a customer has brought in."""

import strawberry

from touchline.domain.conversions.relations import (
    CONVERSION,
    CONVERSION_GOAL,
    CONVERSION_GOAL_VERSION,
    CONVERSION_TOTAL,
    CUSTOMER_VALUE,
    HAS_VALUE,
)
from touchline.domain.customers.relations import CUSTOMER
from touchline.graphql.attribution.enums import AttributionModel
from touchline.graphql.attribution.types import ConversionAttribution, attributed
from touchline.graphql.base.answering import answered
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import (
    column,
    global_id,
    related,
    rows,
    same_row,
)
from touchline.graphql.base.money import Money, money
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.conditions.types import Condition
from touchline.graphql.conversions.enums import ConversionCounting
from touchline.graphql.tags.enums import JudgeKind
from touchline.graphql.tasks.types import Task
from touchline.graphql.timeline.types import Touchpoint

_ID = "The global id; to be kept and compared, not taken apart."
_VALUE = "What they were worth."
_REFUNDED = "What is refunded of it."
_NET = "What is left of it: the value less refunds."


@entity(CONVERSION_GOAL, permission=READ, description="What the conversions of a goal are worth.")
class ConversionGoalValue:
    """A group of fields of a goal; all of them are null where conversions are only counted."""

    id: strawberry.ID = global_id(description=_ID)
    fixed: Money | None = money(
        "fixed_value", nullable=True, description="The same for each conversion."
    )
    property: str | None = column(
        "value_property", description="The property of the touchpoint that says it."
    )
    currency_property: str | None = column(
        description="The property of the touchpoint that names the currency."
    )
    currency: str | None = column(
        description="The currency where the touchpoint names none, or of the fixed value."
    )


@entity(CONVERSION_GOAL, permission=READ, description="What takes conversions of a goal back.")
class ConversionGoalRefunds:
    """A group of fields of a goal."""

    id: strawberry.ID = global_id(description=_ID)
    events: list[str] = column("refund_events", description="The names of such touchpoints.")
    order_property: str = column(
        "refund_order_property", description="The property by which they name the order."
    )
    value_property: str | None = column(
        "refund_value_property",
        description="The property that says how much; null where it is always all.",
    )


@entity(CONVERSION_TOTAL, permission=READ, description="Conversions of a goal in one currency.")
class ConversionTotal:
    """Counted with every change."""

    id: strawberry.ID = global_id(description=_ID)
    currency: str = column(description="The code of the currency.")
    conversions: int = column(description="How many conversions.")
    value: Money = money("value", description=_VALUE)
    refunded: Money = money("refunded", description=_REFUNDED)
    net_value: Money = money("net_value", description=_NET)


@entity(CONVERSION_GOAL_VERSION, permission=READ, description="What a goal said once.")
class ConversionGoalVersion(Node):
    """An entry of its history."""

    version: int = column(description="Which version, counted from 1.")
    summary: str = column(description="What counted, in plain English.")
    actor_name: str = column(description="Who wrote it.")
    created_at: DateTime = column(description="When it was written.")
    applied_at: DateTime | None = column(
        description="Since when it was in force; null where it never was."
    )


@entity(CONVERSION_GOAL, permission=READ, description="What counts as a conversion.")
class ConversionGoal(Node):
    """As it is in force; a later version on its way is not shown before it is."""

    name: str = column(description="What people call it.")
    description: str | None = column(description="What it means, for colleagues.")
    version: int = column(description="Which version it is, counted from 1.")
    building_version: int | None = column(
        description="The version that is being applied to the past; null when none is."
    )
    event: str = column(description="The name of the touchpoint that is a conversion.")
    condition: Condition = same_row(description="What a customer does to convert.")
    counting: ConversionCounting = column(description="How often it counts for one customer.")
    value: ConversionGoalValue = same_row(description="What its conversions are worth.")
    refunds: ConversionGoalRefunds | None = same_row(
        "refund_order_property", description="What takes them back; null for nothing."
    )
    counts_to_lifetime_value: bool = column(
        "in_lifetime", description="Whether they are part of what a customer has brought in."
    )
    conversion_count: int = column(description="How many conversions it has.")
    totals: list[ConversionTotal] = rows(
        {"id": "goal_id"},
        order=Order(("currency",)),
        where=HAS_VALUE,
        limit=200,
        description="What they were worth, by currency.",
    )
    versions: list[ConversionGoalVersion] = rows(
        {"id": "goal_id"},
        order=Order(("version",), descending=True),
        limit=100,
        description="What it said before and says now, the latest first.",
    )
    recompute: Task | None = related(
        {"task_id": "id"}, description="The work that applied or applies it to the past."
    )
    actor_name: str = column(description="Who changed it last.")
    created_at: DateTime = column(description="When it was written first.")
    updated_at: DateTime = column(description="When it was changed last.")
    archived_at: DateTime | None = column(
        description="Since when it counts nothing new; null while it does."
    )


@entity(CONVERSION, permission=READ, description="Who says what is refunded, and how much.")
class ConversionRefund:
    """A group of fields of a conversion."""

    id: strawberry.ID = global_id(description=_ID)
    amount: Money = money("refunded", description="How much is refunded in all.")
    set_by: JudgeKind = column(
        "refund_set_by", description="Whether a colleague says so, or touchpoints do."
    )
    touchpoint: Touchpoint | None = related(
        {"refund_touchpoint_id": "id"}, description="The last touchpoint that took something back."
    )
    actor_name: str | None = column("refund_actor_name", description="Which colleague.")
    reason: str | None = column("refund_reason", description="Why, in the colleague's words.")


@entity(CONVERSION, permission=READ, description="A touchpoint by which a goal was reached.")
class Conversion(Node):
    """As the log says now: it goes when another touchpoint turns out to be the first."""

    goal: ConversionGoal = related({"goal_id": "id"}, description="The goal.")
    touchpoint: Touchpoint = related({"touchpoint_id": "id"}, description="The touchpoint.")
    occurred_at: DateTime = column(description="When it happened.")
    value: Money | None = money(
        "value", nullable=True, description="What it is worth; null where nothing says so."
    )
    refund: ConversionRefund | None = same_row(
        "refund_set_by", description="What is refunded of it; null for nothing."
    )
    net_value: Money | None = money(
        "net_value", nullable=True, description="The value less refunds."
    )
    order: str | None = column(
        "order_key", description="The order that it is, by which refunds name it."
    )
    attribution: ConversionAttribution | None = answered(
        attributed,
        {"model": (AttributionModel, "By what credit is shared.")},
        description="What led to it: the touches that share the credit.",
    )
    computed_at: DateTime = column(description="When it was worked out last.")
    subject: Node = related(
        {"customer_id": "id"},
        relation=CUSTOMER,
        type_name="Customer",
        description="The customer who converted.",
    )


@entity(CUSTOMER_VALUE, permission=READ, description="What a customer has brought in.")
class LifetimeValue:
    """In one currency: the sum of the conversions of goals that count to it."""

    id: strawberry.ID = global_id(description=_ID)
    currency: str = column(description="The code of the currency.")
    net_value: Money = money("net_value", description=_NET)
    value: Money = money("value", description=_VALUE)
    refunded: Money = money("refunded", description=_REFUNDED)
    conversions: int = column(description="How many conversions.")
    first_at: DateTime = column(description="When the first of them occurred.")
    last_at: DateTime = column(description="When the last of them occurred.")
