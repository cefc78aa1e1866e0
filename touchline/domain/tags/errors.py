"""Why a command on tags is refused."""

from enum import StrEnum


class TagErrorCode(StrEnum):
    """What is wrong with a command on tags."""

    TAG_NOT_FOUND = "TAG_NOT_FOUND"
    TAG_IN_USE = "TAG_IN_USE"
    TAG_NAMED = "TAG_NAMED"
    NAME_INVALID = "NAME_INVALID"
    NAME_TAKEN = "NAME_TAKEN"
    CATEGORY_INVALID = "CATEGORY_INVALID"
    COLOR_INVALID = "COLOR_INVALID"
    DESCRIPTION_INVALID = "DESCRIPTION_INVALID"
    CUSTOMER_NOT_FOUND = "CUSTOMER_NOT_FOUND"
    EXPIRY_INVALID = "EXPIRY_INVALID"
    NOTHING_CHOSEN = "NOTHING_CHOSEN"


class TagRuleErrorCode(StrEnum):
    """What is wrong with a command on rules of tags."""

    RULE_NOT_FOUND = "RULE_NOT_FOUND"
    RULE_RETIRED = "RULE_RETIRED"
    RULE_NAME_INVALID = "RULE_NAME_INVALID"
    STALE_DRAFT = "STALE_DRAFT"
    ALREADY_PUBLISHED = "ALREADY_PUBLISHED"
