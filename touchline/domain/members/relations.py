"""What others may read of members."""

from touchline.domain.kernel.relations import key, moment, relation, text

MEMBER = relation(
    "team_member",
    key(),
    text("name"),
    text("email"),
    text("role"),
    moment("created_at"),
    moment("left_at", nullable=True),
)
