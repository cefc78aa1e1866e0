"""Answers to changes of the journey."""

from collections.abc import Sequence

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.customers.types import Customer
from touchline.graphql.payload import Answer
from touchline.graphql.stages.enums import StageErrorCode
from touchline.graphql.stages.types import Stage


@mendable("a change of the journey")
class StageUserError(UserError):
    """The user error of the capability."""

    code: StageErrorCode = attribute(description="What is wrong.")


@answer_to("stageCreate")
class StageCreatePayload(Answer):
    """The new stage."""

    user_errors: list[StageUserError] = refusals()
    stage_key: strawberry.Private[int | None] = None
    stage: Stage | None = kept("stage_key", description="The new stage.")


@answer_to("stageUpdate")
class StageUpdatePayload(Answer):
    """The stage as it is now."""

    user_errors: list[StageUserError] = refusals()
    stage_key: strawberry.Private[int | None] = None
    stage: Stage | None = kept("stage_key", description="The stage as it is now.")


@answer_to("stageReorder")
class StageReorderPayload(Answer):
    """The journey in its new order."""

    user_errors: list[StageUserError] = refusals()
    stage_keys: strawberry.Private[Sequence[int]] = ()
    stages: list[Stage] = kept("stage_keys", many=True, description="The stages, in order.")


@answer_to("stageDelete")
class StageDeletePayload(Answer):
    """What is gone."""

    user_errors: list[StageUserError] = refusals()
    deleted_stage: strawberry.ID | None = attribute(
        default=None, description="The id of the stage that is gone."
    )


@answer_to("customerMoveStage")
class CustomerMoveStagePayload(Answer):
    """The customer in the stage."""

    user_errors: list[StageUserError] = refusals()
    customer_key: strawberry.Private[int | None] = None
    customer: Customer | None = kept("customer_key", description="The customer as it is now.")
