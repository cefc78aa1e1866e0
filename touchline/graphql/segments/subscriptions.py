"""Watching who enters a segment."""

from collections.abc import AsyncGenerator, Iterator
from typing import Annotated

import strawberry

from touchline.domain.kernel.live import Message
from touchline.domain.segments.events import SEGMENT_MEMBERS_CHANGED
from touchline.graphql.base.fields import kept, streamed
from touchline.graphql.base.permissions import EVERYONE, READ
from touchline.graphql.base.types import entity
from touchline.graphql.base.watching import AtMost, wanted_key, watch
from touchline.graphql.customers.types import Customer
from touchline.graphql.segments.types import Segment


@entity(permission=EVERYONE, description="A customer that has just entered a segment.")
class CustomerEnteredSegmentPayload:
    """One message of the subscription; its objects are read when it is sent."""

    customer_key: strawberry.Private[int]
    segment_key: strawberry.Private[int]
    customer: Customer | None = kept("customer_key", description="Who entered, as they are now.")
    segment: Segment | None = kept("segment_key", description="What they entered.")


Watched = Annotated[
    strawberry.ID | None,
    strawberry.argument(name="segmentId", description="Only this segment; by default all."),
]


@strawberry.type(description="Watching segments.")
class SegmentSubscription:
    """Part of the subscription root."""

    @streamed(
        permission=READ,
        description="Every customer that enters a segment from now on by what happens or by time.",
    )
    async def customer_entered_segment(
        self, info: strawberry.Info, segment_id: Watched = None, at_most: AtMost = None
    ) -> AsyncGenerator[CustomerEnteredSegmentPayload, None]:
        wanted = wanted_key(segment_id, "segmentId", "Segment")
        return watch(SEGMENT_MEMBERS_CHANGED, lambda message: _entered(message, wanted), at_most)


def _entered(message: Message, wanted: int | None) -> Iterator[CustomerEnteredSegmentPayload]:
    for segment, customer in message["entered"]:
        if wanted in (None, segment):
            yield CustomerEnteredSegmentPayload(customer_key=customer, segment_key=segment)
