"""What happens while somebody watches."""

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry

from touchline.domain.kernel.live import Subscription, subscribe
from touchline.domain.timeline.events import TOUCHPOINTS_ADDED
from touchline.graphql.base.errors import bad_input, read_id
from touchline.graphql.base.fields import kept, streamed
from touchline.graphql.base.permissions import EVERYONE, READ
from touchline.graphql.base.types import entity
from touchline.graphql.customers.types import Customer
from touchline.graphql.timeline.types import Touchpoint


@entity(permission=EVERYONE, description="A touchpoint that has just come to a timeline.")
class TimelineTouchpointAddedPayload:
    """One message of the subscription; its objects are read when it is sent."""

    touchpoint_key: strawberry.Private[int]
    customer_key: strawberry.Private[int]
    touchpoint: Touchpoint | None = kept("touchpoint_key", description="What happened.")
    customer: Customer | None = kept("customer_key", description="With whom, as they are now.")


CustomerId = Annotated[
    strawberry.ID | None,
    strawberry.argument(name="customerId", description="Only of this customer; by default of all."),
]
AtMost = Annotated[
    int | None,
    strawberry.argument(name="atMost", description="End after so many; by default never."),
]


@strawberry.type(description="Everything that can be watched.")
class TimelineSubscription:
    """Part of the subscription root."""

    @streamed(permission=READ, description="Every touchpoint that comes to a timeline from now on.")
    async def timeline_touchpoint_added(
        self, info: strawberry.Info, customer_id: CustomerId = None, at_most: AtMost = None
    ) -> AsyncGenerator[TimelineTouchpointAddedPayload, None]:
        wanted = None if customer_id is None else read_id(customer_id, "customerId", "Customer")
        if at_most is not None and at_most < 1:
            raise bad_input("`atMost` must be 1 or more.", "atMost")
        return _added(subscribe(TOUCHPOINTS_ADDED), wanted, at_most)


async def _added(
    messages: Subscription, wanted: int | None, at_most: int | None
) -> AsyncGenerator[TimelineTouchpointAddedPayload, None]:
    told = 0
    with messages:
        async for message in messages:
            for customer, touchpoint in message["touchpoints"]:
                if wanted in (None, customer):
                    yield TimelineTouchpointAddedPayload(
                        touchpoint_key=touchpoint, customer_key=customer
                    )
                    told += 1
                    if told == at_most:
                        return
