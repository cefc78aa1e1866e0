"""What others may read of the event log."""

from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.relations import (
    Kind,
    at_least,
    below,
    document,
    key,
    moment,
    one_of,
    relation,
    text,
)

TOUCHPOINT = relation(
    "touchpoint",
    key(),
    key("customer_id"),
    key("source_id", nullable=True),
    text("message_id"),
    text("type"),
    text("name"),
    text("summary"),
    moment("occurred_at"),
    moment("received_at"),
    text("clock"),
    document("properties"),
    document("context"),
    document("extra", nullable=True),
    document("device", nullable=True),
    text("actor_name", nullable=True),
    key("origin_id", nullable=True),
    key("asset_id", nullable=True),
)

ON_DAY = f"({{t}}.occurred_at - (({{t}}.occurred_at % {DAY}) + {DAY}) % {DAY}) / {DAY}"
"""The day of a touchpoint (UTC, from 1970)."""
OF_TYPES = one_of("type")
NAMED = one_of("name")
FROM_SOURCES = one_of("source_id", Kind.KEY)
SINCE = at_least("occurred_at")
UNTIL = below("occurred_at")
IS_NOTE = "{t}.type = 'NOTE'"
