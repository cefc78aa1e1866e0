"""What others may read of attribution."""

from touchline.domain.kernel.relations import (
    document,
    flag,
    key,
    moment,
    money_columns,
    number,
    relation,
    text,
)

ATTRIBUTION_CREDIT = relation(
    "attribution_credit",
    key(),
    key("conversion_id"),
    key("goal_id"),
    key("customer_id"),
    text("model"),
    number("place"),
    key("touchpoint_id"),
    key("channel_id"),
    key("asset_id", nullable=True),
    text("campaign"),
    text("named_campaign", nullable=True, sql="NULLIF({t}.campaign, '')"),
    moment("occurred_at"),
    number("day"),
    number("weight_micro"),
    number("value_minor", nullable=True),
    text("currency", nullable=True),
    *money_columns("value", minor="value_minor", currency="currency", nullable=True),
    moment("computed_at"),
)

ATTRIBUTION_SETTINGS = relation(
    "attribution_settings",
    key(),
    number("version"),
    number("look_back", nullable=True),
    number("steps", nullable=True),
    flag("is_split"),
    document("transforms"),
    document("direct_channels"),
    document("ignored_channels"),
    document("ignored_events"),
    text("actor_name"),
    moment("created_at"),
)

ATTRIBUTION_FIT = relation(
    "attribution_fit",
    key(),
    key("goal_id"),
    number("paths"),
    number("conversions"),
    moment("computed_at"),
)
