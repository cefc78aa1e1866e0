"""Work of many steps that goes on in the background."""

from enum import Enum

import strawberry

from touchline.domain.kernel.db import Row
from touchline.domain.tasks.relations import TASK
from touchline.domain.tasks.service import TaskStatus as Status
from touchline.graphql.base.fields import column, expression
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity


@strawberry.enum(description="Where work in the background stands.")
class TaskStatus(Enum):
    """The ways of a task, described."""

    QUEUED = strawberry.enum_value(Status.QUEUED.value, description="It has not begun.")
    RUNNING = strawberry.enum_value(Status.RUNNING.value, description="It is under way.")
    DONE = strawberry.enum_value(Status.DONE.value, description="It has come to its end.")
    FAILED = strawberry.enum_value(Status.FAILED.value, description="It cannot be done.")
    CANCELLED = strawberry.enum_value(
        Status.CANCELLED.value, description="Later work took its place."
    )


def _progress(row: Row) -> float:
    if row["status"] == Status.DONE:
        return 1.0
    return min(float(row["done"] / row["total"]), 1.0) if row["total"] else 0.0


@entity(TASK, permission=READ, description="Work of many steps that goes on in the background.")
class Task(Node):
    """Found again by `node(id:)` to see how far it is."""

    kind: str = column(description="What sort of work it is, such as `recompute_scores`.")
    status: TaskStatus = column(description="Where it stands.")
    progress: float = expression(
        _progress,
        needs=("status", "done", "total"),
        description="How much of it is done, from 0 to 1.",
    )
    error: str | None = column(description="Why it failed.")
    actor_name: str = column(description="Who started it.")
    created_at: DateTime = column(description="When it was started.")
    finished_at: DateTime | None = column(description="When it ended.")
