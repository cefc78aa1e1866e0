"""Why a command on attribution is refused."""

from enum import StrEnum


class AttributionErrorCode(StrEnum):
    """What is wrong with settings of attribution, or with a file of touches."""

    LOOKBACK_INVALID = "LOOKBACK_INVALID"
    STEPS_INVALID = "STEPS_INVALID"
    TRANSFORM_REPEATED = "TRANSFORM_REPEATED"
    TOO_MANY_NAMES = "TOO_MANY_NAMES"
    NAME_INVALID = "NAME_INVALID"
    CHANNEL_UNKNOWN = "CHANNEL_UNKNOWN"
    FILE_UNREADABLE = "FILE_UNREADABLE"
    COLUMN_MISSING = "COLUMN_MISSING"
    CELL_INVALID = "CELL_INVALID"
    FILE_EMPTY = "FILE_EMPTY"
    TOO_MANY_CHANNELS = "TOO_MANY_CHANNELS"
    CURRENCY_UNKNOWN = "CURRENCY_UNKNOWN"
