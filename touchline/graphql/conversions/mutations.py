"""Changing goals, and refunding conversions by hand."""

from decimal import Decimal
from typing import Annotated

import strawberry

from touchline.domain.conversions import refunding, service
from touchline.domain.conversions.describing import GoalText
from touchline.domain.conversions.previewing import preview
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.money import made_money
from touchline.graphql.base.permissions import READ, WRITE
from touchline.graphql.conversions.inputs import (
    ConversionGoalCreateInput,
    ConversionGoalPreviewInput,
    ConversionGoalUpdateInput,
    ConversionRefundInput,
)
from touchline.graphql.conversions.payloads import (
    ConversionGoalArchivePayload,
    ConversionGoalCreatePayload,
    ConversionGoalPreviewPayload,
    ConversionGoalUpdatePayload,
    ConversionRefundPayload,
    ConversionSumPayload,
)
from touchline.graphql.conversions.reading import read_change, read_definition

GoalId = Annotated[strawberry.ID, strawberry.argument(name="id", description="The id of the goal.")]


@strawberry.type(description="Changes of goals and conversions.")
class ConversionMutation:
    """Part of the mutation root."""

    @resolved(
        permission=WRITE,
        cost=50,
        description="Say what counts as a conversion; it counts in the whole past too.",
    )
    async def conversion_goal_create(
        self, info: strawberry.Info, given: Given[ConversionGoalCreateInput]
    ) -> ConversionGoalCreatePayload | None:
        definition = read_definition(given, in_lifetime=given.counts_to_lifetime_value)
        text = GoalText(given.name, definition, given.description)
        made = await service.create_goal(info.context.actor, text)
        return ConversionGoalCreatePayload(goal_key=made.id, task_key=made.task_id)

    @resolved(
        permission=WRITE,
        cost=50,
        description="Give a goal other words, or have its next version count otherwise.",
    )
    async def conversion_goal_update(
        self, info: strawberry.Info, goal_id: GoalId, given: Given[ConversionGoalUpdateInput]
    ) -> ConversionGoalUpdatePayload | None:
        goal = read_id(goal_id, "id", "ConversionGoal")
        held = await service.text_of(goal)
        text = GoalText(
            held.name if given.name is None else given.name.value,
            read_change(held.definition, given),
            held.description if given.description is None else given.description.value,
        )
        written = await service.update_goal(
            info.context.actor, goal, text, expected_version=given.expected_version
        )
        return ConversionGoalUpdatePayload(goal_key=goal, task_key=written.task_id)

    @resolved(
        permission=WRITE,
        description="Have a goal count nothing new; its conversions stay.",
    )
    async def conversion_goal_archive(
        self, info: strawberry.Info, goal_id: GoalId
    ) -> ConversionGoalArchivePayload | None:
        goal = read_id(goal_id, "id", "ConversionGoal")
        await service.archive_goal(info.context.actor, goal)
        return ConversionGoalArchivePayload(goal_key=goal)

    @resolved(
        permission=READ,
        cost=100,
        description="What a goal would count in the past; nothing is changed.",
    )
    async def conversion_goal_preview(
        self, info: strawberry.Info, given: Given[ConversionGoalPreviewInput]
    ) -> ConversionGoalPreviewPayload | None:
        found = await preview(info.context.actor, read_definition(given))
        return ConversionGoalPreviewPayload(
            looked_at=found.looked_at,
            is_whole=found.is_whole,
            customers=found.customers,
            conversions=found.conversions,
            without_value=found.without_value,
            totals=[
                ConversionSumPayload(
                    currency=one.currency,
                    conversions=one.conversions,
                    value=made_money(one.value_minor, one.currency),
                    refunded=made_money(one.refunded_minor, one.currency),
                )
                for one in found.sums
            ],
        )

    @resolved(
        permission=WRITE,
        description="Say how much of a conversion is refunded; it outranks what touchpoints say.",
    )
    async def conversion_refund(
        self, info: strawberry.Info, given: Given[ConversionRefundInput]
    ) -> ConversionRefundPayload | None:
        conversion = read_id(given.conversion_id, "input.conversionId", "Conversion")
        amount = given.amount
        await refunding.refund(
            info.context.actor,
            conversion,
            reason=given.reason,
            amount=None if amount is None else Decimal(amount.amount),
            currency=None if amount is None else amount.currency,
        )
        return ConversionRefundPayload(conversion_key=conversion)
