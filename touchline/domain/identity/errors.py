"""What identity refuses, and what it warns about."""

from dataclasses import dataclass
from enum import StrEnum


class IdentityCode(StrEnum):
    """Why a person's decision about customers cannot be carried out."""

    SAME_CUSTOMER = "SAME_CUSTOMER"
    CUSTOMER_NOT_FOUND = "CUSTOMER_NOT_FOUND"
    MERGE_NOT_FOUND = "MERGE_NOT_FOUND"
    ALREADY_UNMERGED = "ALREADY_UNMERGED"
    NOTHING_TO_SPLIT = "NOTHING_TO_SPLIT"
    IDENTIFIER_NOT_OF_CUSTOMER = "IDENTIFIER_NOT_OF_CUSTOMER"
    NOT_FORBIDDEN = "NOT_FORBIDDEN"
    REASON_INVALID = "REASON_INVALID"


class WarningCode(StrEnum):
    """What was left aside while an event was identified; the event itself stands."""

    BLOCKED_IDENTIFIER = "BLOCKED_IDENTIFIER"
    INVALID_IDENTIFIER = "INVALID_IDENTIFIER"
    NO_IDENTIFIER = "NO_IDENTIFIER"
    IDENTIFIER_LIMIT_REACHED = "IDENTIFIER_LIMIT_REACHED"
    UNIQUE_IDENTIFIER_CLASH = "UNIQUE_IDENTIFIER_CLASH"
    CUSTOMERS_KEPT_APART = "CUSTOMERS_KEPT_APART"


@dataclass(frozen=True, slots=True)
class IdentityWarning:
    """One thing that was left aside, in words for the person who sends the events."""

    code: WarningCode
    message: str
