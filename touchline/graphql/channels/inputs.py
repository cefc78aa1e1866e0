"""What changes and reads of channels are given."""

import strawberry


@strawberry.input(
    description=(
        "When a touchpoint came by a channel: all that is given must hold. `*` in a pattern stands "
        "for any text, and case does not count."
    )
)
class ChannelRuleInput:
    """A rule of a list."""

    channel: str = strawberry.field(
        default="", description="The name of the channel; a new name makes a channel."
    )
    explicit: bool | None = strawberry.field(
        default=None,
        description="It holds where the sender names a channel that exists, and that is it.",
    )
    sources: list[str] | None = strawberry.field(
        default=None, description="Patterns of the campaign's source."
    )
    mediums: list[str] | None = strawberry.field(
        default=None, description="Patterns of the campaign's medium."
    )
    campaigns: list[str] | None = strawberry.field(
        default=None, description="Patterns of the campaign's name."
    )
    click_ids: list[str] | None = strawberry.field(
        default=None, description="Parameters that ad networks append, such as `gclid`."
    )
    referrers: list[str] | None = strawberry.field(
        default=None,
        description="Patterns of the referrer's host, subdomains included; `` for none at all.",
    )
    events: list[str] | None = strawberry.field(
        default=None, description="Patterns of the name of a track call."
    )
    types: list[str] | None = strawberry.field(
        default=None, description="Types of touchpoints, such as `PAGE`."
    )


@strawberry.input(description="The list of rules, all of it, in order.")
class ChannelRulesSetInput:
    """What `channelRulesSet` is given."""

    rules: list[ChannelRuleInput] = strawberry.field(
        description="The first that holds says the channel; at most 200."
    )
    expected_version: int | None = strawberry.field(
        default=None, description="Refuse it unless this version is still in force."
    )
    dry_run: bool = strawberry.field(
        default=False, description="Only say what would change; nothing is done."
    )


@strawberry.input(description="Another name for a channel.")
class ChannelRenameInput:
    """What `channelRename` is given."""

    id: strawberry.ID = strawberry.field(description="The channel.")
    name: str = strawberry.field(description="What it is to be called, at most 100 characters.")
