"""The words of stages."""

from enum import Enum

import strawberry

from touchline.domain.stages.errors import StageErrorCode as Code
from touchline.graphql.conditions import codes


@strawberry.enum(description="Why a change of the journey is refused.")
class StageErrorCode(Enum):
    """The codes of the capability, and those of conditions."""

    STAGE_NOT_FOUND = strawberry.enum_value(
        Code.STAGE_NOT_FOUND, description="There is no stage with this id."
    )
    STAGE_IN_USE = strawberry.enum_value(
        Code.STAGE_IN_USE, description="Something else names the stage."
    )
    STAGE_NAME_INVALID = strawberry.enum_value(
        Code.STAGE_NAME_INVALID, description="The stage's name is empty or too long."
    )
    NAME_TAKEN = strawberry.enum_value(
        Code.NAME_TAKEN, description="There is a stage of this name already."
    )
    DESCRIPTION_INVALID = strawberry.enum_value(
        Code.DESCRIPTION_INVALID, description="The description is too long."
    )
    TOO_MANY_STAGES = strawberry.enum_value(
        Code.TOO_MANY_STAGES, description="The journey has as many stages as it can have."
    )
    ORDER_INVALID = strawberry.enum_value(
        Code.ORDER_INVALID, description="Not every stage is named once."
    )
    REASON_INVALID = strawberry.enum_value(
        Code.REASON_INVALID, description="The reason is empty or too long."
    )
    CUSTOMER_NOT_FOUND = strawberry.enum_value(
        Code.CUSTOMER_NOT_FOUND, description="There is no customer with this id."
    )
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
