"""Why no scoring model is suggested."""

from enum import StrEnum


class LearningErrorCode(StrEnum):
    """What is wrong with a wish for a scoring model."""

    NAME_INVALID = "NAME_INVALID"
    NAME_TAKEN = "NAME_TAKEN"
    CONVERSION_INVALID = "CONVERSION_INVALID"
    EVENT_UNKNOWN = "EVENT_UNKNOWN"
    CONVERSIONS_TOO_FEW = "CONVERSIONS_TOO_FEW"
    OTHERS_TOO_FEW = "OTHERS_TOO_FEW"
    LOOKBACK_INVALID = "LOOKBACK_INVALID"
    AHEAD_INVALID = "AHEAD_INVALID"
    FOLDS_INVALID = "FOLDS_INVALID"
