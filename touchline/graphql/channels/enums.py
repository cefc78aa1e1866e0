"""The words of channels."""

from enum import Enum

import strawberry

from touchline.domain.channels import listing
from touchline.domain.channels.errors import ChannelErrorCode as Code
from touchline.domain.kernel.errors import CommonCode


@strawberry.enum(description="Where a version of the list of rules stands.")
class ChannelRunStatus(Enum):
    """The states, described."""

    WAITING = strawberry.enum_value(
        listing.WAITING, description="A worker is to bring it into force."
    )
    IN_FORCE = strawberry.enum_value(listing.IN_FORCE, description="It says the channels.")
    REPLACED = strawberry.enum_value(
        listing.REPLACED, description="It was in force until a later one was."
    )
    OVERTAKEN = strawberry.enum_value(
        listing.OVERTAKEN, description="A later one came into force before it."
    )


@strawberry.enum(description="Why a list of rules is refused.")
class ChannelErrorCode(Enum):
    """The codes of the capability, described."""

    RULES_EMPTY = strawberry.enum_value(Code.RULES_EMPTY, description="The list holds no rules.")
    TOO_MANY_RULES = strawberry.enum_value(
        Code.TOO_MANY_RULES, description="The list holds too many rules."
    )
    CHANNEL_NAME_INVALID = strawberry.enum_value(
        Code.CHANNEL_NAME_INVALID, description="A rule names no channel, or its name is too long."
    )
    PATTERN_INVALID = strawberry.enum_value(
        Code.PATTERN_INVALID, description="A pattern is too long, or there are too many."
    )
    CHANNEL_NOT_FOUND = strawberry.enum_value(
        Code.CHANNEL_NOT_FOUND, description="There is no channel with this id."
    )
    CHANNEL_NAME_TAKEN = strawberry.enum_value(
        Code.CHANNEL_NAME_TAKEN, description="Another channel is called so, or was once."
    )
    RULE_MATCHES_NOTHING = strawberry.enum_value(
        Code.RULE_MATCHES_NOTHING,
        description="A pattern is empty, or of such a kind that it holds of nothing.",
    )
    RULE_UNREACHABLE = strawberry.enum_value(
        Code.RULE_UNREACHABLE, description="An earlier rule holds wherever this one does."
    )
    CONFLICT = strawberry.enum_value(
        CommonCode.CONFLICT, description="Another version is in force by now."
    )
