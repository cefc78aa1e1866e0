"""What happens while somebody watches."""

from collections.abc import AsyncGenerator, Iterator

import strawberry

from touchline.domain.kernel.live import Message
from touchline.domain.timeline.events import TOUCHPOINTS_ADDED
from touchline.graphql.base.fields import kept, streamed
from touchline.graphql.base.permissions import EVERYONE, READ
from touchline.graphql.base.types import entity
from touchline.graphql.base.watching import AtMost, WatchedCustomer, wanted_key, watch
from touchline.graphql.customers.types import Customer
from touchline.graphql.timeline.types import Touchpoint


@entity(permission=EVERYONE, description="A touchpoint that has just come to a timeline.")
class TimelineTouchpointAddedPayload:
    """One message of the subscription; its objects are read when it is sent."""

    touchpoint_key: strawberry.Private[int]
    customer_key: strawberry.Private[int]
    touchpoint: Touchpoint | None = kept("touchpoint_key", description="What happened.")
    customer: Customer | None = kept("customer_key", description="With whom, as they are now.")


@strawberry.type(description="Everything that can be watched.")
class TimelineSubscription:
    """Part of the subscription root."""

    @streamed(permission=READ, description="Every touchpoint that comes to a timeline from now on.")
    async def timeline_touchpoint_added(
        self, info: strawberry.Info, customer_id: WatchedCustomer = None, at_most: AtMost = None
    ) -> AsyncGenerator[TimelineTouchpointAddedPayload, None]:
        wanted = wanted_key(customer_id, "customerId", "Customer")
        return watch(TOUCHPOINTS_ADDED, lambda message: _added(message, wanted), at_most)


def _added(message: Message, wanted: int | None) -> Iterator[TimelineTouchpointAddedPayload]:
    for customer, touchpoint in message["touchpoints"]:
        if wanted in (None, customer):
            yield TimelineTouchpointAddedPayload(touchpoint_key=touchpoint, customer_key=customer)
