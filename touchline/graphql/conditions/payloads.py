"""The answer to a preview of a condition."""

from collections.abc import Sequence

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.conditions.enums import ConditionErrorCode
from touchline.graphql.customers.types import Customer
from touchline.graphql.payload import Answer


@mendable("a condition")
class ConditionUserError(UserError):
    """The user error of the language."""

    code: ConditionErrorCode = attribute(description="What is wrong.")


@answer_to("conditionPreview")
class ConditionPreviewPayload(Answer):
    """Of whom a condition holds now; nothing is kept of it."""

    user_errors: list[ConditionUserError] = refusals(
        "Why the condition cannot be answered; empty when it was."
    )
    match_count: int | None = attribute(
        default=None, description="Of how many customers it holds now."
    )
    sample_keys: strawberry.Private[Sequence[int]] = ()
    sample: list[Customer] = kept(
        "sample_keys", many=True, description="Some of these customers, the newest first."
    )
    explain: str | None = attribute(
        default=None, description="What the condition says, in plain English."
    )
    sql: str | None = attribute(
        default=None,
        description="The statement that was asked; null for callers without the scope ADMIN.",
    )
