"""Why a condition is refused, in words: for the codes of all capabilities that take one."""

import strawberry

from touchline.domain.conditions.errors import ConditionCode as Code

MALFORMED = strawberry.enum_value(
    Code.CONDITION_MALFORMED, description="What was sent is no condition."
)
TOO_LARGE = strawberry.enum_value(
    Code.CONDITION_TOO_LARGE, description="The condition has too many parts, or nests too deep."
)
EMPTY = strawberry.enum_value(
    Code.CONDITION_EMPTY, description="A part of the condition says nothing."
)
CYCLE = strawberry.enum_value(
    Code.CONDITION_CYCLE, description="What the condition names depends on what it is to decide."
)
NAME_INVALID = strawberry.enum_value(
    Code.NAME_INVALID, description="The name of an event, a trait or a property cannot be one."
)
VALUE_INVALID = strawberry.enum_value(
    Code.VALUE_INVALID, description="The value does not go with how it is compared."
)
COUNT_INVALID = strawberry.enum_value(
    Code.COUNT_INVALID, description="The count is negative, too large, or always so."
)
WINDOW_INVALID = strawberry.enum_value(
    Code.WINDOW_INVALID, description="The window is empty, too long, or given in two ways."
)
EVENT_UNNAMED = strawberry.enum_value(
    Code.EVENT_UNNAMED, description="Neither an event nor a type of touchpoint is named."
)
IDENTIFIER_INVALID = strawberry.enum_value(
    Code.IDENTIFIER_INVALID, description="There cannot be a kind of identifier of this name."
)
UNKNOWN_REFERENCE = strawberry.enum_value(
    Code.UNKNOWN_REFERENCE, description="The tag, segment, stage or model does not exist."
)
