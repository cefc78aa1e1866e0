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


def unless_failed(status: str, task_status: str) -> str:
    """SQL of a status that is ``FAILED`` where its work was given up after an error.

    Both are SQL: ``BUILDING`` while the work goes on, and the status of the task that does it.
    """
    failed = f"{status} = 'BUILDING' AND ({task_status}) = 'FAILED'"
    return f"CASE WHEN {failed} THEN 'FAILED' ELSE {status} END"
