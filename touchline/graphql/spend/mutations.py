"""Changes of spend and budgets."""

from typing import Annotated

import strawberry

from touchline.domain.spend import budgets, service
from touchline.domain.spend.budgets import NewBudget
from touchline.domain.spend.figures import Figure
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import WRITE
from touchline.graphql.spend.inputs import (
    BudgetCreateInput,
    ChannelSpendInput,
    ChannelSpendRecordInput,
)
from touchline.graphql.spend.payloads import (
    BudgetCreatePayload,
    BudgetDeletePayload,
    ChannelSpendRecordPayload,
)

BudgetId = Annotated[
    strawberry.ID, strawberry.argument(name="id", description="The id of the budget.")
]


@strawberry.type(description="Changes of spend and budgets.")
class SpendMutation:
    """Part of the mutation root."""

    @resolved(
        permission=WRITE,
        cost=50,
        description="Record what was spent by channel, campaign and day; again is harmless.",
    )
    async def channel_spend_record(
        self, info: strawberry.Info, given: Given[ChannelSpendRecordInput]
    ) -> ChannelSpendRecordPayload | None:
        figures = [_figure(one, at) for at, one in enumerate(given.figures)]
        count = await service.record_spend(info.context.actor, figures, source=given.source)
        return ChannelSpendRecordPayload(recorded_count=count)

    @resolved(permission=WRITE, description="Set what may be spent in a period.")
    async def budget_create(
        self, info: strawberry.Info, given: Given[BudgetCreateInput]
    ) -> BudgetCreatePayload | None:
        channel = given.channel_id
        new = NewBudget(
            int(given.period.from_),
            int(given.period.to),
            given.amount.amount,
            given.amount.currency,
            None if channel is None else read_id(channel, "input.channelId", "Channel"),
            given.campaign,
        )
        budget = await budgets.create_budget(info.context.actor, new)
        return BudgetCreatePayload(budget_key=budget)

    @resolved(permission=WRITE, description="Take a budget back.")
    async def budget_delete(
        self, info: strawberry.Info, budget_id: BudgetId
    ) -> BudgetDeletePayload | None:
        await budgets.delete_budget(info.context.actor, read_id(budget_id, "id", "Budget"))
        return BudgetDeletePayload(deleted_budget=budget_id)


def _figure(given: ChannelSpendInput, at: int) -> Figure:
    channel = read_id(given.channel_id, f"input.figures.{at}.channelId", "Channel")
    spend = given.spend
    return Figure(channel, int(given.day), spend.amount, spend.currency, given.campaign)
