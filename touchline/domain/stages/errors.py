"""Why a command on stages is refused."""

from enum import StrEnum


class StageErrorCode(StrEnum):
    """What is wrong with a command on stages."""

    STAGE_NOT_FOUND = "STAGE_NOT_FOUND"
    STAGE_IN_USE = "STAGE_IN_USE"
    STAGE_NAME_INVALID = "STAGE_NAME_INVALID"
    NAME_TAKEN = "NAME_TAKEN"
    DESCRIPTION_INVALID = "DESCRIPTION_INVALID"
    TOO_MANY_STAGES = "TOO_MANY_STAGES"
    ORDER_INVALID = "ORDER_INVALID"
    REASON_INVALID = "REASON_INVALID"
    CUSTOMER_NOT_FOUND = "CUSTOMER_NOT_FOUND"
