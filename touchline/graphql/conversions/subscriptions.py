"""Watching conversions."""

from collections.abc import AsyncGenerator, Iterator
from typing import Annotated

import strawberry

from touchline.domain.conversions.events import CONVERSIONS_CHANGED
from touchline.domain.kernel.live import Message
from touchline.graphql.base.fields import attribute, kept, streamed
from touchline.graphql.base.permissions import EVERYONE, READ
from touchline.graphql.base.types import entity
from touchline.graphql.base.watching import AtMost, WatchedCustomer, wanted_key, watch
from touchline.graphql.conversions.enums import ConversionChange
from touchline.graphql.conversions.types import ConversionGoal
from touchline.graphql.customers.types import Customer
from touchline.graphql.timeline.types import Touchpoint


@entity(permission=EVERYONE, description="A conversion that has just come, changed or gone.")
class ConversionChangedPayload:
    """One message of the subscription; its objects are read when it is sent."""

    customer_key: strawberry.Private[int]
    goal_key: strawberry.Private[int]
    touchpoint_key: strawberry.Private[int]
    change: ConversionChange = attribute(description="What became of it.")
    customer: Customer | None = kept("customer_key", description="Whose, as they are now.")
    goal: ConversionGoal | None = kept("goal_key", description="Of which goal, with its figures.")
    touchpoint: Touchpoint | None = kept(
        "touchpoint_key", description="The touchpoint that converts or did."
    )


WatchedGoal = Annotated[
    strawberry.ID | None,
    strawberry.argument(name="goalId", description="Only of this goal; by default of all."),
]


@strawberry.type(description="Watching conversions.")
class ConversionSubscription:
    """Part of the subscription root."""

    @streamed(
        permission=READ,
        description="Every conversion that comes, changes or goes by what happens from now on.",
    )
    async def conversion_changed(
        self,
        info: strawberry.Info,
        customer_id: WatchedCustomer = None,
        goal_id: WatchedGoal = None,
        at_most: AtMost = None,
    ) -> AsyncGenerator[ConversionChangedPayload, None]:
        customer = wanted_key(customer_id, "customerId", "Customer")
        goal = wanted_key(goal_id, "goalId", "ConversionGoal")
        return watch(
            CONVERSIONS_CHANGED, lambda message: _changed(message, customer, goal), at_most
        )


def _changed(
    message: Message, customer: int | None, goal: int | None
) -> Iterator[ConversionChangedPayload]:
    for whose, of, touchpoint, what in message["changes"]:
        if customer in (None, whose) and goal in (None, of):
            yield ConversionChangedPayload(
                customer_key=whose,
                goal_key=of,
                touchpoint_key=touchpoint,
                change=ConversionChange(what),
            )
