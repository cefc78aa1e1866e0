"""What others may read of spend."""

from touchline.domain.kernel.relations import (
    Kind,
    equals,
    key,
    moment,
    money_columns,
    number,
    one_of,
    relation,
    text,
)

CHANNEL_SPEND = relation(
    "channel_spend",
    key(),
    key("channel_id"),
    text("campaign"),
    number("day"),
    text("source"),
    *money_columns("spend", minor="amount_minor", currency="currency"),
    text("actor_name"),
    moment("recorded_at"),
)

CHANNEL_SPEND_CHANGE = relation(
    "channel_spend_change",
    key(),
    key("spend_id"),
    *money_columns("spend", minor="amount_minor", currency="currency"),
    text("actor_name"),
    moment("recorded_at"),
)

BUDGET = relation(
    "budget",
    key(),
    key("channel_id", nullable=True),
    text("campaign"),
    number("first_day"),
    number("last_day"),
    *money_columns("budget", minor="amount_minor", currency="currency"),
    text("actor_name"),
    moment("created_at"),
)

ON_CHANNELS = one_of("channel_id", Kind.KEY)
OF_CAMPAIGN = equals("campaign")
FROM_SOURCE = equals("source")
"""Filters of figures."""
