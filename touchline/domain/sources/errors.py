"""Why a change to the sources is refused."""

from enum import StrEnum


class SourceErrorCode(StrEnum):
    """Codes of the refusals of this capability."""

    NAME_BLANK = "NAME_BLANK"
    NAME_TAKEN = "NAME_TAKEN"
    NAME_TOO_LONG = "NAME_TOO_LONG"
    ALREADY_REVOKED = "ALREADY_REVOKED"
