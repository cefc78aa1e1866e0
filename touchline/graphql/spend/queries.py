"""Root fields that read spend."""

from dataclasses import replace

import strawberry

from touchline.domain.kernel.names import name_key
from touchline.domain.spend import relations
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection, held, rows
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.spend.types import Budget, ChannelSpend


def _channels(given: list[str]) -> list[int]:
    return [read_id(one, "filter.channels", "Channel") for one in given]


@strawberry.input(description="Which figures to show. All that is given must hold.")
class ChannelSpendFilter:
    """Filter of `channelSpend`."""

    channels: list[strawberry.ID] | None = held(
        replace(relations.ON_CHANNELS, prepare=_channels), description="Only on these channels."
    )
    campaign: str | None = held(
        replace(relations.OF_CAMPAIGN, prepare=name_key),
        description="Only on the campaign of this name.",
    )
    source: str | None = held(relations.FROM_SOURCE, description="Only what this source says.")


@strawberry.type(description="Reads of spend.")
class SpendQuery:
    """Part of the query root."""

    channel_spend: Connection[ChannelSpend] | None = connection(
        "channelSpend",
        order=Order(("day",), descending=True),
        filters=ChannelSpendFilter,
        permission=READ,
        description="What was spent, the latest day first.",
    )
    budgets: list[Budget] = rows(
        {},
        order=Order(("first_day",), descending=True),
        limit=500,
        permission=READ,
        description="Every budget, the latest first.",
    )
