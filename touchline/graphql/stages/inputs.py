"""What mutations of the journey are given."""

import strawberry

from touchline.graphql.conditions.inputs import ConditionInput


@strawberry.input(description="A new stage at the end of the journey.")
class StageCreateInput:
    """What `stageCreate` is given."""

    name: str = strawberry.field(description="What to call it, at most 100 characters.")
    description: str | None = strawberry.field(
        default=None, description="What it means, at most 1,000 characters."
    )
    condition: ConditionInput | None = strawberry.field(
        default=None, description="Who is in it; without one customers come to it by hand alone."
    )


@strawberry.input(description="Other words or another condition; what is absent stays.")
class StageUpdateInput:
    """What `stageUpdate` is given."""

    name: strawberry.Maybe[str] = strawberry.field(description="What to call it.")
    description: strawberry.Maybe[str | None] = strawberry.field(description="What it means.")
    condition: strawberry.Maybe[ConditionInput | None] = strawberry.field(
        description="Who is in it; null for by hand alone."
    )


@strawberry.input(description="Another order of the journey.")
class StageReorderInput:
    """What `stageReorder` is given."""

    ids: list[strawberry.ID] = strawberry.field(description="All stages, the first one first.")


@strawberry.input(description="A stage that a colleague puts a customer into.")
class CustomerMoveStageInput:
    """What `customerMoveStage` is given."""

    customer_id: strawberry.ID = strawberry.field(description="Who is moved.")
    stage_id: strawberry.ID | None = strawberry.field(
        default=None, description="To which stage; null lets the conditions decide again."
    )
    reason: str = strawberry.field(description="Why, for colleagues; at most 500 characters.")
