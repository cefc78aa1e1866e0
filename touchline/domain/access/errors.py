"""Why a change to the API keys is refused."""

from enum import StrEnum


class ApiKeyErrorCode(StrEnum):
    """Codes of the refusals of this capability."""

    NAME_BLANK = "NAME_BLANK"
    NAME_TOO_LONG = "NAME_TOO_LONG"
    SCOPES_EMPTY = "SCOPES_EMPTY"
    EXPIRY_IN_THE_PAST = "EXPIRY_IN_THE_PAST"
    ALREADY_REVOKED = "ALREADY_REVOKED"
    MEMBER_NOT_FOUND = "MEMBER_NOT_FOUND"
    MEMBER_GONE = "MEMBER_GONE"
