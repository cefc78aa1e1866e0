"""Why a command on channels is refused."""

from enum import StrEnum


class ChannelErrorCode(StrEnum):
    """What is wrong with a list of rules."""

    RULES_EMPTY = "RULES_EMPTY"
    TOO_MANY_RULES = "TOO_MANY_RULES"
    CHANNEL_NAME_INVALID = "CHANNEL_NAME_INVALID"
    PATTERN_INVALID = "PATTERN_INVALID"
    RULE_MATCHES_NOTHING = "RULE_MATCHES_NOTHING"
    CHANNEL_NOT_FOUND = "CHANNEL_NOT_FOUND"
    CHANNEL_NAME_TAKEN = "CHANNEL_NAME_TAKEN"
    RULE_UNREACHABLE = "RULE_UNREACHABLE"
