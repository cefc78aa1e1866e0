"""What others may read of sources and their write keys."""

from touchline.domain.kernel.relations import key, moment, number, relation, text

SOURCE = relation(
    "source",
    key(),
    text("name"),
    text("kind"),
    moment("created_at"),
    moment("last_seen_at", nullable=True),
    number("accepted_count"),
    number("rejected_count"),
)

WRITE_KEY = relation(
    "write_key",
    key(),
    key("source_id"),
    text("prefix"),
    moment("created_at"),
    moment("revoked_at", nullable=True),
)
