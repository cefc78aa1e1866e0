"""Changes of cycles."""

from typing import Annotated

import strawberry

from touchline.domain.backlog import cycling
from touchline.graphql.backlog.payloads import (
    CycleClosePayload,
    CycleFinishImprovementPayload,
    CycleNoteHuddlePayload,
    CyclePlanPayload,
)
from touchline.graphql.backlog.reading import backlog_id
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import TEAM
from touchline.graphql.base.scalars import Date

ImprovementId = Annotated[
    strawberry.ID, strawberry.argument(name="id", description="The id of the improvement.")
]


@strawberry.input(description="A cycle that is to be.")
class CyclePlanInput:
    """What `cyclePlan` is given."""

    backlog_id: strawberry.ID = strawberry.field(description="The backlog.")
    goal: str = strawberry.field(description="What the team is after in it.")
    starts_on: Date = strawberry.field(description="Its first day.")
    working_days: int = strawberry.field(default=10, description="How long it is: 5 or 10.")
    capacity: int | None = strawberry.field(
        default=None,
        description="How many points fit into it; by default what the last six weeks got done.",
    )


@strawberry.input(description="What a member says on a day of a cycle.")
class CycleNoteHuddleInput:
    """What `cycleNoteHuddle` is given."""

    cycle_id: strawberry.ID = strawberry.field(description="The cycle.")
    text: str = strawberry.field(description="What moved.")
    blocked: str | None = strawberry.field(default=None, description="What is in the way.")


@strawberry.input(description="A cycle that is over.")
class CycleCloseInput:
    """What `cycleClose` is given."""

    cycle_id: strawberry.ID = strawberry.field(description="The cycle.")
    improvements: list[str] = strawberry.field(
        description="What the team does better from now on: one thing at least, at most 10."
    )
    showcase: str | None = strawberry.field(
        default=None, description="What there is to say about what came out."
    )


@strawberry.type(description="Changes of cycles.")
class CycleMutation:
    """Part of the mutation root."""

    @resolved(
        permission=TEAM,
        description="Begin a cycle with what is under way, and what is ready from the top.",
    )
    async def cycle_plan(
        self, info: strawberry.Info, given: Given[CyclePlanInput]
    ) -> CyclePlanPayload | None:
        plan = cycling.Plan(given.goal, int(given.starts_on), given.working_days, given.capacity)
        backlog = backlog_id(given.backlog_id)
        return CyclePlanPayload(
            cycle_key=await cycling.plan_cycle(info.context.actor, backlog, plan)
        )

    @resolved(permission=TEAM, description="Say what moved and what blocks today.")
    async def cycle_note_huddle(
        self, info: strawberry.Info, given: Given[CycleNoteHuddleInput]
    ) -> CycleNoteHuddlePayload | None:
        cycle = read_id(given.cycle_id, "input.cycleId", "Cycle")
        await cycling.note_huddle(info.context.actor, cycle, text=given.text, blocked=given.blocked)
        return CycleNoteHuddlePayload(cycle_key=cycle)

    @resolved(
        permission=TEAM, description="End a cycle with what the team does better from now on."
    )
    async def cycle_close(
        self, info: strawberry.Info, given: Given[CycleCloseInput]
    ) -> CycleClosePayload | None:
        cycle = read_id(given.cycle_id, "input.cycleId", "Cycle")
        left = await cycling.close_cycle(
            info.context.actor, cycle, improvements=given.improvements, showcase=given.showcase
        )
        return CycleClosePayload(cycle_key=cycle, item_keys=left)

    @resolved(permission=TEAM, description="Note that the team does something better by now.")
    async def cycle_finish_improvement(
        self, info: strawberry.Info, key: ImprovementId
    ) -> CycleFinishImprovementPayload | None:
        improvement = read_id(key, "id", "CycleImprovement")
        cycle = await cycling.finish_improvement(info.context.actor, improvement)
        return CycleFinishImprovementPayload(cycle_key=cycle)
