"""Why a command on a customer is refused."""

from enum import StrEnum


class CustomerErrorCode(StrEnum):
    """What is wrong with a command on a customer."""

    CUSTOMER_NOT_FOUND = "CUSTOMER_NOT_FOUND"
    TRAIT_NAME_INVALID = "TRAIT_NAME_INVALID"
    TRAIT_VALUE_INVALID = "TRAIT_VALUE_INVALID"
    NOTE_INVALID = "NOTE_INVALID"
    REASON_INVALID = "REASON_INVALID"
    TIME_INVALID = "TIME_INVALID"
