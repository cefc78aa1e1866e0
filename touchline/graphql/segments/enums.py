"""The words of segments."""

from enum import Enum

import strawberry

from touchline.domain.kernel.errors import CommonCode
from touchline.domain.segments.errors import SegmentErrorCode as Code
from touchline.graphql.conditions import codes


@strawberry.enum(description="Whether those are in a segment who meet its last condition.")
class SegmentStatus(Enum):
    """Where its versions stand, described."""

    BUILDING = strawberry.enum_value(
        "BUILDING",
        description="A version is being worked out; the one before stands whole until then.",
    )
    READY = strawberry.enum_value(
        "READY", description="Its members are those of the condition that was written last."
    )
    FAILED = strawberry.enum_value(
        "FAILED",
        description="Working a version out failed: `recompute` tells why, `segmentRetry` begins"
        " it anew. The one before stands whole.",
    )
    ARCHIVED = strawberry.enum_value("ARCHIVED", description="It is out of use.")


@strawberry.enum(description="Why a change of a segment is refused.")
class SegmentErrorCode(Enum):
    """The codes of the capability, and those of its condition."""

    SEGMENT_NOT_FOUND = strawberry.enum_value(
        Code.SEGMENT_NOT_FOUND, description="There is no such segment, or it is archived."
    )
    SEGMENT_IN_USE = strawberry.enum_value(
        Code.SEGMENT_IN_USE, description="Something else names the segment."
    )
    SEGMENT_NOT_FAILED = strawberry.enum_value(
        Code.SEGMENT_NOT_FAILED, description="No version of the segment has failed."
    )
    SEGMENT_IS_STATIC = strawberry.enum_value(
        Code.SEGMENT_IS_STATIC, description="A static segment keeps its condition."
    )
    NAME_TAKEN = strawberry.enum_value(
        Code.NAME_TAKEN, description="There is a segment of this name already."
    )
    NAME_EMPTY = strawberry.enum_value(
        Code.NAME_EMPTY, description="The segment's name is empty or too long."
    )
    DESCRIPTION_INVALID = strawberry.enum_value(
        Code.DESCRIPTION_INVALID, description="The description is too long."
    )
    CONFLICT = strawberry.enum_value(
        CommonCode.CONFLICT, description="The segment is not at the expected version any more."
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
