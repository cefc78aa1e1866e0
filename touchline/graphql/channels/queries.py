"""Root fields that read channels."""

from typing import Annotated

import strawberry

from touchline.domain.channels.queries import activity, run_in_force
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import found, resolved, rows
from touchline.graphql.base.made import made_id
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.ranges import DateRangeInput, read_range
from touchline.graphql.base.scalars import Date, DateTime
from touchline.graphql.channels.types import (
    Channel,
    ChannelActivity,
    ChannelRun,
    ChannelSeries,
)

Range = Annotated[
    DateRangeInput, strawberry.argument(name="range", description="Which days, at most 1,100.")
]


@strawberry.type(description="Reads of channels.")
class ChannelQuery:
    """Part of the query root."""

    channels: list[Channel] = rows(
        {},
        order=Order(("name",)),
        limit=500,
        permission=READ,
        description="Every channel, by name.",
    )
    channel_rules: ChannelRun | None = found(
        run_in_force,
        {},
        permission=READ,
        description="The list of rules in force; null before the first touchpoint came.",
    )

    @resolved(
        permission=READ,
        cost=20,
        description="How many touchpoints came by each channel on each day, from daily counts.",
    )
    async def channel_activity(self, within: Range) -> ChannelActivity | None:
        first, last = read_range(within)
        told = await activity(first, last)
        return ChannelActivity(
            id=made_id("channel activity", first, last),
            days=[Date(day) for day in range(first, last + 1)],
            series=[
                ChannelSeries(
                    id=made_id("channel series", first, last, one.channel or 0),
                    channel_key=one.channel,
                    touchpoints=one.touchpoints,
                    total=sum(one.touchpoints),
                )
                for one in told.series
            ],
            computed_at=None if told.computed_at is None else DateTime(told.computed_at),
            is_behind=told.is_behind,
        )
