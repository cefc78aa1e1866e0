"""Why a command on a segment is refused."""

from enum import StrEnum


class SegmentErrorCode(StrEnum):
    """What is wrong with a command on a segment."""

    SEGMENT_NOT_FOUND = "SEGMENT_NOT_FOUND"
    SEGMENT_IN_USE = "SEGMENT_IN_USE"
    SEGMENT_NOT_FAILED = "SEGMENT_NOT_FAILED"
    SEGMENT_IS_STATIC = "SEGMENT_IS_STATIC"
    NAME_TAKEN = "NAME_TAKEN"
    NAME_EMPTY = "NAME_EMPTY"
    DESCRIPTION_INVALID = "DESCRIPTION_INVALID"
