"""The words of spend."""

from enum import Enum

import strawberry

from touchline.domain.spend.errors import SpendErrorCode as Code


@strawberry.enum(description="Why a figure of spend or a budget is refused.")
class SpendErrorCode(Enum):
    """The codes of the capability, described."""

    NOTHING_TO_RECORD = strawberry.enum_value(
        Code.NOTHING_TO_RECORD, description="There are no figures."
    )
    TOO_MANY_FIGURES = strawberry.enum_value(
        Code.TOO_MANY_FIGURES, description="There are too many figures for one call."
    )
    FIGURE_TWICE = strawberry.enum_value(
        Code.FIGURE_TWICE,
        description="Two figures are of the same channel, campaign and day.",
    )
    CHANNEL_NOT_FOUND = strawberry.enum_value(
        Code.CHANNEL_NOT_FOUND, description="There is no channel with this id."
    )
    CAMPAIGN_INVALID = strawberry.enum_value(
        Code.CAMPAIGN_INVALID, description="The campaign's name is too long."
    )
    SOURCE_INVALID = strawberry.enum_value(
        Code.SOURCE_INVALID, description="The source's name is empty or too long."
    )
    SPEND_NEGATIVE = strawberry.enum_value(
        Code.SPEND_NEGATIVE, description="The amount is less than nothing."
    )
    AMOUNT_INVALID = strawberry.enum_value(
        Code.AMOUNT_INVALID, description="The amount is no amount, or too large."
    )
    CURRENCY_UNKNOWN = strawberry.enum_value(
        Code.CURRENCY_UNKNOWN, description="The currency is not in ISO 4217."
    )
    PERIOD_EMPTY = strawberry.enum_value(
        Code.PERIOD_EMPTY, description="The period ends before it begins."
    )
    BUDGET_OVERLAPS = strawberry.enum_value(
        Code.BUDGET_OVERLAPS,
        description="Another budget for the same holds on some of these days.",
    )
    BUDGET_NOT_FOUND = strawberry.enum_value(
        Code.BUDGET_NOT_FOUND, description="There is no budget with this id."
    )
