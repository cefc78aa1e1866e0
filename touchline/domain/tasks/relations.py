"""What others may read of long work."""

from touchline.domain.kernel.relations import key, moment, number, relation, text

TASK = relation(
    "task",
    key(),
    text("kind"),
    text("status"),
    number("done"),
    number("total"),
    text("actor_name"),
    text("error", nullable=True),
    moment("created_at"),
    moment("finished_at", nullable=True),
)
