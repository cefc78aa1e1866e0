"""Answers to changes of channels."""

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.channels.enums import ChannelErrorCode
from touchline.graphql.channels.types import Channel, ChannelChange, ChannelRun
from touchline.graphql.payload import Answer


@mendable("a change of the rules of channels")
class ChannelUserError(UserError):
    """The user error of the capability."""

    code: ChannelErrorCode = attribute(description="What is wrong.")


@answer_to("channelRulesSet")
class ChannelRulesSetPayload(Answer):
    """The version that was written, and what it changes."""

    user_errors: list[ChannelUserError] = refusals()
    run_key: strawberry.Private[int | None] = None
    run: ChannelRun | None = kept(
        "run_key", description="The version; null when only asked what would change."
    )
    changes: list[ChannelChange] = attribute(
        default=[], description="What it changes, channel by channel."
    )
    idle_rules: list[int] = attribute(
        default=[],
        description="The places in the list, from 0, of rules that no touchpoint so far meets.",
    )


@answer_to("channelRename")
class ChannelRenamePayload(Answer):
    """The channel under its new name."""

    user_errors: list[ChannelUserError] = refusals()
    channel_key: strawberry.Private[int | None] = None
    channel: Channel | None = kept("channel_key", description="The channel as it is now.")
