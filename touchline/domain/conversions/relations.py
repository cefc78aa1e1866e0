"""What others may read of goals, conversions and what customers have brought in."""

from touchline.domain.kernel.money import amount_sql
from touchline.domain.kernel.relations import (
    Column,
    Kind,
    at_least,
    below,
    document,
    flag,
    key,
    moment,
    money_columns,
    number,
    one_of,
    relation,
    text,
)


def _net_columns(*, nullable: bool = False) -> tuple[Column, Column]:
    """The value less refunds."""
    amount = amount_sql("({t}.value_minor - {t}.refunded_minor)", "{t}.currency")
    return (
        text("net_value_amount", nullable=nullable, sql=amount),
        text("net_value_currency", nullable=nullable, sql="{t}.currency"),
    )


CONVERSION_GOAL = relation(
    "conversion_goal",
    key(),
    text("name"),
    text("description", nullable=True),
    number("version"),
    text("condition"),
    text("condition_summary"),
    key("condition_id", sql="({t}.id * 8 + 5)"),
    text("event"),
    text("counting"),
    *money_columns("fixed_value", minor="fixed_minor", currency="currency", nullable=True),
    text("value_property", nullable=True),
    text("currency_property", nullable=True),
    text("currency", nullable=True),
    document("refund_events"),
    text("refund_order_property", nullable=True),
    text("refund_value_property", nullable=True),
    flag("in_lifetime"),
    flag("is_applied"),
    number("building_version", nullable=True),
    key("task_id", nullable=True),
    text("actor_name"),
    number(
        "conversion_count",
        sql="SELECT CAST(COALESCE(sum(own.conversions), 0) AS BIGINT) FROM conversion_total own"
        " WHERE own.goal_id = {t}.id",
    ),
    moment("created_at"),
    moment("updated_at"),
    moment("archived_at", nullable=True),
)

CONVERSION_GOAL_VERSION = relation(
    "conversion_goal_version",
    key(),
    key("goal_id"),
    number("version"),
    text("summary"),
    text("actor_name"),
    moment("created_at"),
    moment("applied_at", nullable=True),
)

CONVERSION = relation(
    "conversion",
    key(),
    key("goal_id"),
    key("customer_id"),
    key("touchpoint_id"),
    moment("occurred_at"),
    number("value_minor", nullable=True),
    text("currency", nullable=True),
    number("refunded_minor"),
    text("goal_name", sql="SELECT g.name FROM conversion_goal g WHERE g.id = {t}.goal_id"),
    *money_columns("value", minor="value_minor", currency="currency", nullable=True),
    *money_columns("refunded", minor="refunded_minor", currency="currency", nullable=True),
    *_net_columns(nullable=True),
    text("order_key", nullable=True),
    flag("in_lifetime"),
    text(
        "refund_set_by",
        nullable=True,
        sql="CASE WHEN {t}.refund_actor_name IS NOT NULL THEN 'PERSON'"
        " WHEN {t}.refund_touchpoint_id IS NOT NULL THEN 'RULE' END",
    ),
    key("refund_touchpoint_id", nullable=True),
    text("refund_actor_name", nullable=True),
    text("refund_reason", nullable=True),
    moment("computed_at"),
)

CONVERSION_TOTAL = relation(
    "conversion_total",
    key(),
    key("goal_id"),
    text("currency"),
    number("conversions"),
    *money_columns("value", minor="value_minor", currency="currency"),
    *money_columns("refunded", minor="refunded_minor", currency="currency"),
    *_net_columns(),
)
HAS_VALUE = "{t}.currency <> '' AND {t}.conversions > 0"

CUSTOMER_VALUE = relation(
    "customer_value",
    key(),
    key("customer_id"),
    text("currency"),
    number("conversions"),
    *money_columns("value", minor="value_minor", currency="currency"),
    *money_columns("refunded", minor="refunded_minor", currency="currency"),
    *_net_columns(),
    moment("first_at"),
    moment("last_at"),
)

OF_GOALS = one_of("goal_id", Kind.KEY)
SINCE = at_least("occurred_at")
UNTIL = below("occurred_at")
IS_CURRENT = "{t}.archived_at IS NULL"
