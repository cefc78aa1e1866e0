"""Why a command on the weekly update is refused."""

from enum import StrEnum


class DigestErrorCode(StrEnum):
    """What is wrong with a command on the weekly update."""

    ADDRESS_INVALID = "ADDRESS_INVALID"
    TARGET_TAKEN = "TARGET_TAKEN"
    TARGET_NOT_FOUND = "TARGET_NOT_FOUND"
    DELIVERY_NOT_FOUND = "DELIVERY_NOT_FOUND"
    DELIVERY_NOT_DEAD = "DELIVERY_NOT_DEAD"
    TOO_MANY_TARGETS = "TOO_MANY_TARGETS"
