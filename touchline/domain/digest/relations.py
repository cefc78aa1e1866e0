"""What others may read of the weekly update."""

from touchline.domain.kernel.relations import key, moment, number, relation, text

DIGEST_TARGET = relation(
    "digest_target",
    key(),
    text("kind"),
    text("shown"),
    text("actor_name"),
    moment("created_at"),
    moment("removed_at", nullable=True),
)

DIGEST_EDITION = relation(
    "digest_edition",
    key(),
    moment("due_at"),
    text("title"),
    text("markdown"),
    moment("created_at"),
)

DIGEST_DELIVERY = relation(
    "digest_delivery",
    key(),
    key("edition_id"),
    key("target_id"),
    text("state"),
    number("attempts"),
    text("error", nullable=True),
    moment("sent_at", nullable=True),
    moment("created_at"),
)

STANDS = "{t}.removed_at IS NULL"
