"""What others may read of what could not be taken as it came."""

from touchline.domain.kernel.relations import key, moment, raw, relation, text

REJECTED_EVENT = relation(
    "rejected_event",
    key(),
    key("source_id", nullable=True),
    moment("received_at"),
    text("code"),
    text("path"),
    text("message"),
    raw("raw"),
    moment("replayed_at", nullable=True),
)

INGESTION_WARNING = relation(
    "ingestion_warning",
    key(),
    key("source_id", nullable=True),
    key("touchpoint_id", nullable=True),
    text("code"),
    text("message"),
    moment("occurred_at"),
)
