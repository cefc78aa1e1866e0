"""A figure of spend, its history, and a budget."""

import strawberry

from touchline.domain.spend.relations import BUDGET, CHANNEL_SPEND, CHANNEL_SPEND_CHANGE
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import column, global_id, related, rows
from touchline.graphql.base.money import Money, money
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import Date, DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.channels.types import Channel


@entity(CHANNEL_SPEND_CHANGE, permission=READ, description="A figure as it was recorded once.")
class ChannelSpendChange:
    """Part of the history of a figure."""

    id: strawberry.ID = global_id(
        description="The global id; to be kept and compared, not taken apart."
    )
    spend: Money = money("spend", description="How much it said.")
    actor_name: str = column(description="Who recorded it.")
    recorded_at: DateTime = column(description="When it was recorded.")


@entity(
    CHANNEL_SPEND,
    permission=READ,
    description="What was spent on a channel and campaign on a day, as one source says.",
)
class ChannelSpend(Node):
    """The latest word stands."""

    channel: Channel = related({"channel_id": "id"}, description="On which channel.")
    campaign: str = column(description="On which campaign, in one case; empty for none.")
    day: Date = column(description="On which day, in UTC.")
    source: str = column(description="Who says so.")
    spend: Money = money("spend", description="How much.")
    actor_name: str = column(description="Who recorded it.")
    recorded_at: DateTime = column(description="When it was recorded.")
    history: list[ChannelSpendChange] = rows(
        {"id": "spend_id"},
        order=Order(("recorded_at",)),
        limit=100,
        description="What was recorded, this figure the last of it.",
    )


@entity(BUDGET, permission=READ, description="What may be spent in a period.")
class Budget(Node):
    """For a channel, a campaign, both, or all there is."""

    channel: Channel | None = related(
        {"channel_id": "id"}, description="On which channel; null for all."
    )
    campaign: str = column(description="On which campaign, in one case; empty for all.")
    first_day: Date = column(description="The first day it holds, in UTC.")
    last_day: Date = column(description="The last day it holds.")
    amount: Money = money("budget", description="How much may be spent.")
    actor_name: str = column(description="Who set it.")
    created_at: DateTime = column(description="When it was set.")
