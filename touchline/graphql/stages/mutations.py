"""Changing the journey, and moving customers on it."""

from typing import Annotated

import strawberry

from touchline.domain.conditions.storage import from_json
from touchline.domain.stages import service
from touchline.domain.stages.service import StageText
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import WRITE
from touchline.graphql.conditions.reading import read_condition
from touchline.graphql.stages.inputs import (
    CustomerMoveStageInput,
    StageCreateInput,
    StageReorderInput,
    StageUpdateInput,
)
from touchline.graphql.stages.payloads import (
    CustomerMoveStagePayload,
    StageCreatePayload,
    StageDeletePayload,
    StageReorderPayload,
    StageUpdatePayload,
)

StageId = Annotated[
    strawberry.ID, strawberry.argument(name="id", description="The id of the stage.")
]


@strawberry.type(description="Changes of the journey.")
class StageMutation:
    """Part of the mutation root."""

    @resolved(permission=WRITE, cost=50, description="Add a stage at the end of the journey.")
    async def stage_create(
        self, info: strawberry.Info, given: Given[StageCreateInput]
    ) -> StageCreatePayload | None:
        condition = None if given.condition is None else read_condition(given.condition)
        text = StageText(given.name, given.description, condition)
        return StageCreatePayload(stage_key=await service.create_stage(info.context.actor, text))

    @resolved(
        permission=WRITE,
        cost=50,
        description="Give a stage other words or a condition that holds once all are placed.",
    )
    async def stage_update(
        self, info: strawberry.Info, stage_id: StageId, given: Given[StageUpdateInput]
    ) -> StageUpdatePayload | None:
        stage = read_id(stage_id, "id", "Stage")
        held = await service.text_of(stage)
        condition = from_json(held["condition"]) if held["condition"] else None
        if given.condition is not None:
            said = given.condition.value
            condition = None if said is None else read_condition(said)
        text = StageText(
            held["name"] if given.name is None else given.name.value,
            held["description"] if given.description is None else given.description.value,
            condition,
        )
        await service.update_stage(info.context.actor, stage, text)
        return StageUpdatePayload(stage_key=stage)

    @resolved(permission=WRITE, cost=50, description="Put the stages into another order.")
    async def stage_reorder(
        self, info: strawberry.Info, given: Given[StageReorderInput]
    ) -> StageReorderPayload | None:
        stages = [read_id(one, "input.ids", "Stage") for one in given.ids]
        await service.order_stages(info.context.actor, stages)
        return StageReorderPayload(stage_keys=stages)

    @resolved(
        permission=WRITE,
        cost=50,
        description="Take a stage out of the journey; refused while something else names it.",
    )
    async def stage_delete(
        self, info: strawberry.Info, stage_id: StageId
    ) -> StageDeletePayload | None:
        await service.delete_stage(info.context.actor, read_id(stage_id, "id", "Stage"))
        return StageDeletePayload(deleted_stage=stage_id)

    @resolved(
        permission=WRITE,
        description="Say in which stage a customer is; no condition overturns it.",
    )
    async def customer_move_stage(
        self, info: strawberry.Info, given: Given[CustomerMoveStageInput]
    ) -> CustomerMoveStagePayload | None:
        stage = given.stage_id
        customer = await service.move_customer(
            info.context.actor,
            customer_id=read_id(given.customer_id, "input.customerId", "Customer"),
            stage_id=None if stage is None else read_id(stage, "input.stageId", "Stage"),
            reason=given.reason,
        )
        return CustomerMoveStagePayload(customer_key=customer)
