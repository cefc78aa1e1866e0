"""Answers to changes of goals and conversions."""

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.money import Money
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.base.permissions import EVERYONE
from touchline.graphql.base.types import entity
from touchline.graphql.conversions.enums import ConversionErrorCode
from touchline.graphql.conversions.types import Conversion, ConversionGoal
from touchline.graphql.payload import Answer
from touchline.graphql.tasks.types import Task

_WORK = "The work that counts the past; done already where customers are few."


@mendable("a change of goals or conversions")
class ConversionUserError(UserError):
    """The user error of the capability."""

    code: ConversionErrorCode = attribute(description="What is wrong.")


@answer_to("conversionGoalCreate")
class ConversionGoalCreatePayload(Answer):
    """The new goal."""

    user_errors: list[ConversionUserError] = refusals()
    goal_key: strawberry.Private[int | None] = None
    task_key: strawberry.Private[int | None] = None
    conversion_goal: ConversionGoal | None = kept("goal_key", description="The new goal.")
    recompute: Task | None = kept("task_key", description=_WORK)


@answer_to("conversionGoalUpdate")
class ConversionGoalUpdatePayload(Answer):
    """The goal as it is now."""

    user_errors: list[ConversionUserError] = refusals()
    goal_key: strawberry.Private[int | None] = None
    task_key: strawberry.Private[int | None] = None
    conversion_goal: ConversionGoal | None = kept("goal_key", description="The goal as it is now.")
    recompute: Task | None = kept(
        "task_key", description="The same work; null where only words were changed."
    )


@answer_to("conversionGoalArchive")
class ConversionGoalArchivePayload(Answer):
    """The goal, out of use."""

    user_errors: list[ConversionUserError] = refusals()
    goal_key: strawberry.Private[int | None] = None
    conversion_goal: ConversionGoal | None = kept("goal_key", description="The goal, out of use.")


@answer_to("conversionRefund")
class ConversionRefundPayload(Answer):
    """The conversion as it is now."""

    user_errors: list[ConversionUserError] = refusals()
    conversion_key: strawberry.Private[int | None] = None
    conversion: Conversion | None = kept(
        "conversion_key", description="The conversion as it is now."
    )


@entity(permission=EVERYONE, description="What a goal would count in one currency.")
class ConversionSumPayload:
    """Part of `ConversionGoalPreviewPayload`."""

    currency: str = attribute(description="The code of the currency.")
    conversions: int = attribute(description="How many conversions.")
    value: Money = attribute(description="What they were worth.")
    refunded: Money = attribute(description="What is refunded of it.")


@answer_to("conversionGoalPreview")
class ConversionGoalPreviewPayload(Answer):
    """What writing a goal would do."""

    user_errors: list[ConversionUserError] = refusals()
    looked_at: int | None = attribute(
        default=None, description="How many customers were looked at, at most 50,000."
    )
    is_whole: bool | None = attribute(
        default=None, description="Whether these are all customers there are."
    )
    customers: int | None = attribute(
        default=None, description="How many of them would have converted."
    )
    conversions: int | None = attribute(
        default=None, description="How many conversions there would be."
    )
    without_value: int | None = attribute(
        default=None, description="Of how many of them nothing says what they are worth."
    )
    totals: list[ConversionSumPayload] = attribute(
        default=[], description="What the others were worth, by currency."
    )
