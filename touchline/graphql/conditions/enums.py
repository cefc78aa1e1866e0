"""The words of conditions."""

from enum import Enum

import strawberry

from touchline.graphql.conditions import codes


@strawberry.enum(description="Why a condition is refused.")
class ConditionErrorCode(Enum):
    """The codes of the language."""

    CONDITION_MALFORMED = codes.MALFORMED
    CONDITION_TOO_LARGE = codes.TOO_LARGE
    CONDITION_EMPTY = codes.EMPTY
    CONDITION_CYCLE = codes.CYCLE
    NAME_INVALID = codes.NAME_INVALID
    VALUE_INVALID = codes.VALUE_INVALID
    COUNT_INVALID = codes.COUNT_INVALID
    WINDOW_INVALID = codes.WINDOW_INVALID
    EVENT_UNNAMED = codes.EVENT_UNNAMED
    IDENTIFIER_INVALID = codes.IDENTIFIER_INVALID
    UNKNOWN_REFERENCE = codes.UNKNOWN_REFERENCE
