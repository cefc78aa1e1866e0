"""What others may read of channels."""

from touchline.domain.kernel.relations import document, key, moment, number, relation, text

CHANNEL = relation("channel", key(), text("name"), moment("created_at"))

# Where touchpoints came from, once for all that are alike.
ORIGIN = relation("touchpoint_origin", key(), text("campaign"), key("channel_id", nullable=True))

# The channel of a touchpoint: found by the origin that it names.
CHANNEL_OF_ORIGIN = relation(
    "(SELECT c.id, c.name, c.created_at, o.id AS origin_id"
    " FROM touchpoint_origin o JOIN channel c ON c.id = o.channel_id)",
    key(),
    key("origin_id"),
    text("name"),
    moment("created_at"),
)

# Where touchpoints came from, once for all that are alike.
ORIGIN = relation(
    "touchpoint_origin",
    key(),
    text("event"),
    text("campaign"),
    key("channel_id", nullable=True),
)

CHANNEL_RUN = relation(
    "channel_run",
    key(),
    number("version"),
    text("status"),
    document("rules"),
    document("changes"),
    number("origin_count"),
    number("touchpoint_count"),
    number("changed_count"),
    text("actor_name"),
    moment("created_at"),
    moment("finished_at", nullable=True),
)
