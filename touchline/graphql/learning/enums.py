"""The words of learned scoring models."""

from enum import Enum

import strawberry

from touchline.domain.learning.errors import LearningErrorCode as Code
from touchline.graphql.conditions import codes


@strawberry.enum(description="Why no scoring model is suggested.")
class ScoringSuggestionErrorCode(Enum):
    """The codes of the capability, and those of conditions."""

    NAME_INVALID = strawberry.enum_value(
        Code.NAME_INVALID, description="A name is empty, too long, or cannot be one."
    )
    NAME_TAKEN = strawberry.enum_value(
        Code.NAME_TAKEN, description="There is a model of this name already."
    )
    CONVERSION_INVALID = strawberry.enum_value(
        Code.CONVERSION_INVALID, description="The conversion has no name, or one too long."
    )
    EVENT_UNKNOWN = strawberry.enum_value(
        Code.EVENT_UNKNOWN, description="Nobody ever did the event."
    )
    CONVERSIONS_TOO_FEW = strawberry.enum_value(
        Code.CONVERSIONS_TOO_FEW,
        description="Too few converted after something was known of them; 30 are needed.",
    )
    OTHERS_TOO_FEW = strawberry.enum_value(
        Code.OTHERS_TOO_FEW, description="Too few did not convert; 30 are needed."
    )
    LOOKBACK_INVALID = strawberry.enum_value(
        Code.LOOKBACK_INVALID, description="The lookback is below an hour or above ten years."
    )
    AHEAD_INVALID = strawberry.enum_value(
        Code.AHEAD_INVALID,
        description="The time ahead is above ten years, or nothing where a condition converts.",
    )
    FOLDS_INVALID = strawberry.enum_value(
        Code.FOLDS_INVALID, description="There are fewer than 2 folds or more than 10."
    )
    CONDITION_MALFORMED = codes.MALFORMED
    CONDITION_TOO_LARGE = codes.TOO_LARGE
    CONDITION_EMPTY = codes.EMPTY
    CONDITION_CYCLE = codes.CYCLE
    VALUE_INVALID = codes.VALUE_INVALID
    COUNT_INVALID = codes.COUNT_INVALID
    WINDOW_INVALID = codes.WINDOW_INVALID
    EVENT_UNNAMED = codes.EVENT_UNNAMED
    IDENTIFIER_INVALID = codes.IDENTIFIER_INVALID
    UNKNOWN_REFERENCE = codes.UNKNOWN_REFERENCE
