"""A stage of the journey, and the stage a customer is in."""

import strawberry

from touchline.domain.stages.relations import CUSTOMER_STAGE, STAGE, STAGE_CHANGE
from touchline.graphql.base.fields import attribute, column, global_id, kept, related, same_row
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime, Duration
from touchline.graphql.base.types import entity
from touchline.graphql.conditions.types import Condition
from touchline.graphql.tags.enums import JudgeKind
from touchline.graphql.tasks.types import Task

_ID = "The global id; to be kept and compared, not taken apart."


@entity(STAGE, permission=READ, description="A stage of the customer's journey.")
class Stage(Node):
    """A customer is in the last stage whose condition holds, unless a colleague says otherwise."""

    name: str = column(description="What people call it.")
    description: str | None = column(description="What it means, for colleagues.")
    place: int = column(description="Where it stands on the journey, counted from 1.")
    condition: Condition | None = same_row(
        "condition", description="Who is in it, or in a later one; null for by hand alone."
    )
    customer_count: int = column(description="How many customers are in it.")
    recompute: Task | None = related(
        {"task_id": "id"},
        description="The work that places all customers by a journey written anew, or the last.",
    )


@entity(CUSTOMER_STAGE, permission=READ, description="Who put a customer into a stage.")
class StageProvenance:
    """A group of fields of a customer's stage."""

    id: strawberry.ID = global_id(description=_ID)
    kind: JudgeKind = column("set_by", description="Whether a colleague or a condition did.")
    actor_name: str | None = column(description="Which colleague.")
    reason: str | None = column(description="Why, in the colleague's words.")


@entity(CUSTOMER_STAGE, permission=READ, description="The stage a customer is in.")
class CustomerStage:
    """The stage, since when, and by whom."""

    id: strawberry.ID = global_id(description=_ID)
    name: str = column(description="The name of the stage.")
    stage: Stage = related({"stage_id": "id"}, description="The stage.")
    since: DateTime = column(description="Since when the customer is in it.")
    set_by: StageProvenance = same_row(description="Who put the customer there.")


@entity(STAGE_CHANGE, permission=READ, description="A customer came from one stage to another.")
class StageChange(Node):
    """An entry of the history of a customer's stages."""

    at: DateTime = column(description="When.")
    from_stage: Stage | None = related(
        {"from_id": "id"}, description="Where the customer was; null for nowhere."
    )
    to_stage: Stage | None = related(
        {"to_id": "id"}, description="Where the customer came; null for nowhere."
    )
    kind: JudgeKind = column("set_by", description="Whether a colleague or a condition did.")
    actor_name: str | None = column(description="Which colleague.")
    reason: str | None = column(description="Why, in the colleague's words.")


@entity(permission=READ, description="A stage in the funnel of the journey.")
class StageFunnelStep:
    """How far customers came, and how fast."""

    id: strawberry.ID = attribute(description="The global id; to be kept and compared.")
    stage_key: strawberry.Private[int]
    stage: Stage | None = kept("stage_key", description="The stage.")
    present: int = attribute(description="How many customers are in it now.")
    reached: int = attribute(description="How many were ever in it or in a later one.")
    conversion: float | None = attribute(
        description="Their share of those who reached the stage before; null for the first."
    )
    typical_time: Duration | None = attribute(
        description="The median time from the stage before, of those seen in both."
    )
