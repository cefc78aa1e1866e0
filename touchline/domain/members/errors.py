"""Why a change to the members is refused."""

from enum import StrEnum


class MemberErrorCode(StrEnum):
    """Codes of the refusals of this capability."""

    MEMBER_NOT_FOUND = "MEMBER_NOT_FOUND"
    MEMBER_GONE = "MEMBER_GONE"
    NAME_BLANK = "NAME_BLANK"
    NAME_TOO_LONG = "NAME_TOO_LONG"
    EMAIL_INVALID = "EMAIL_INVALID"
    EMAIL_TAKEN = "EMAIL_TAKEN"
