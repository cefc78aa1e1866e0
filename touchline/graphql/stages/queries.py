"""Root fields that read the journey."""

from typing import Annotated

import strawberry

from touchline.domain.kernel.ids import global_id
from touchline.domain.stages.funnel import funnel
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import lookup, resolved, rows
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime, Duration
from touchline.graphql.stages.types import Stage, StageFunnelStep

From = Annotated[
    DateTime | None,
    strawberry.argument(
        name="from", description="Only who first came into a stage at this instant or later."
    ),
]
To = Annotated[
    DateTime | None,
    strawberry.argument(
        name="to", description="Only who first came into a stage before this instant."
    ),
]


@strawberry.type(description="Reads of the journey.")
class StageQuery:
    """Part of the query root."""

    stage: Stage | None = lookup(permission=READ, description="One stage by its id.")
    stages: list[Stage] | None = rows(
        {},
        order=Order(("place",)),
        limit=20,
        permission=READ,
        description="The stages in the order of the journey.",
    )

    @resolved(
        permission=READ,
        cost=50,
        description="How far customers come on their journey, and how long they take.",
    )
    async def stage_funnel(
        self, since: From = None, until: To = None
    ) -> list[StageFunnelStep] | None:
        return [
            StageFunnelStep(
                id=strawberry.ID(global_id("StageFunnelStep", step.stage_id)),
                stage_key=step.stage_id,
                present=step.present,
                reached=step.reached,
                conversion=step.rate,
                typical_time=None if step.typical_time is None else Duration(step.typical_time),
            )
            for step in await funnel(since, until)
        ]
