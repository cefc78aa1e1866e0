"""Answers to changes of spend."""

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.payload import Answer
from touchline.graphql.spend.enums import SpendErrorCode
from touchline.graphql.spend.types import Budget


@mendable("spend and budgets")
class SpendUserError(UserError):
    """The user error of the capability."""

    code: SpendErrorCode = attribute(description="What is wrong.")


@answer_to("channelSpendRecord")
class ChannelSpendRecordPayload(Answer):
    """How much of it was news."""

    user_errors: list[SpendUserError] = refusals()
    recorded_count: int = attribute(
        default=0, description="How many figures are new or differ from what stood."
    )


@answer_to("budgetCreate")
class BudgetCreatePayload(Answer):
    """The new budget."""

    user_errors: list[SpendUserError] = refusals()
    budget_key: strawberry.Private[int | None] = None
    budget: Budget | None = kept("budget_key", description="The new budget.")


@answer_to("budgetDelete")
class BudgetDeletePayload(Answer):
    """The budget is gone."""

    user_errors: list[SpendUserError] = refusals()
    deleted_budget: strawberry.ID | None = attribute(
        default=None, description="The id of what was deleted."
    )
