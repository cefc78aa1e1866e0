"""A channel, the rules that say it, and what came by it."""

import strawberry

from touchline.domain.channels.relations import CHANNEL, CHANNEL_RUN
from touchline.graphql.base.fields import attribute, column, document, global_id, kept, key
from touchline.graphql.base.made import MADE_ID
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import Date, DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.channels.enums import ChannelRunStatus

_ID = "The global id; to be kept and compared, not taken apart."


@entity(CHANNEL, permission=READ, description="A way by which people come.")
class Channel(Node):
    """Rules say which touchpoints came by it."""

    name: str = column(description="What it is called.")
    created_at: DateTime = column(description="When a rule first named it.")


@entity(permission=READ, description="When a touchpoint came by a channel: all of it must hold.")
class ChannelRule:
    """Kept with the list. `*` in a pattern stands for any text, and case does not count."""

    id: strawberry.ID = global_id(description=_ID)
    channel: str = key(description="The name of the channel; empty where `explicit` says it.")
    explicit: bool | None = key(
        description="Whether it holds where the sender names a channel, and that is the channel; "
        "null for no."
    )
    sources: list[str] | None = key(description="Patterns of the campaign's source.")
    mediums: list[str] | None = key(description="Patterns of the campaign's medium.")
    campaigns: list[str] | None = key(description="Patterns of the campaign's name.")
    click_ids: list[str] | None = key(
        "click_ids", description="Parameters that ad networks append, such as `gclid`."
    )
    referrers: list[str] | None = key(
        description="Patterns of the referrer's host, subdomains included; `` for none at all."
    )
    events: list[str] | None = key(description="Patterns of the name of a track call.")
    types: list[str] | None = key(description="Types of touchpoints, such as `PAGE`.")


@entity(permission=READ, description="What a change of the rules does to a channel.")
class ChannelRunChange:
    """Kept with the run."""

    id: strawberry.ID = global_id(description=_ID)
    name: str = key(description="The channel's name; empty for touchpoints without any.")
    before: int = key(description="How many touchpoints it had.")
    after: int = key(description="How many it has.")


@entity(CHANNEL_RUN, permission=READ, description="A version of the rules, and what it changed.")
class ChannelRun(Node):
    """The manifest of rewriting history."""

    version: int = column(description="Which list it is, counted from 1.")
    status: ChannelRunStatus = column(description="Where it stands.")
    rules: list[ChannelRule] = document("rules", description="The rules, in order.")
    changes: list[ChannelRunChange] = document("changes", description="Channel by channel.")
    origin_count: int = column(description="How many ways of coming were judged.")
    touchpoint_count: int = column(description="How many touchpoints that are.")
    changed_count: int = column(description="How many of them came to another channel.")
    actor_name: str = column(description="Who wrote the list.")
    created_at: DateTime = column(description="When it was written.")
    finished_at: DateTime | None = column(description="When it came into force.")


@entity(permission=READ, description="What a list of rules does to a channel.")
class ChannelChange:
    """One line of the difference."""

    id: strawberry.ID = attribute(description=MADE_ID)
    channel_key: strawberry.Private[int | None] = None
    channel: Channel | None = kept(
        "channel_key", description="The channel; null for none, or one that is to be."
    )
    name: str = attribute(description="Its name; empty for touchpoints without any.")
    before: int = attribute(description="How many touchpoints it has.")
    after: int = attribute(description="How many it would have.")


@entity(permission=READ, description="What came by a channel, day by day.")
class ChannelSeries:
    """One line of a chart."""

    id: strawberry.ID = attribute(description=MADE_ID)
    channel_key: strawberry.Private[int | None] = None
    channel: Channel | None = kept("channel_key", description="The channel; null for none.")
    touchpoints: list[int] = attribute(description="How many touchpoints on each of `days`.")
    total: int = attribute(description="How many on all of them.")


@entity(permission=READ, description="Touchpoints by channel and day, from the daily counts.")
class ChannelActivity:
    """Those of most touchpoints first."""

    id: strawberry.ID = attribute(description=MADE_ID)
    days: list[Date] = attribute(description="The days of the range, in UTC.")
    series: list[ChannelSeries] = attribute(description="The channels that anything came by.")
    computed_at: DateTime | None = attribute(
        description="When last a day of the range was counted."
    )
    is_behind: bool = attribute(description="Whether something came since that is not counted yet.")
