"""Watching who enters a segment."""

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry

from touchline.domain.kernel.live import Subscription, subscribe
from touchline.domain.segments.events import SEGMENT_MEMBERS_CHANGED
from touchline.graphql.base.errors import bad_input, read_id
from touchline.graphql.base.fields import kept, streamed
from touchline.graphql.base.permissions import EVERYONE, READ
from touchline.graphql.base.types import entity
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
AtMost = Annotated[
    int | None,
    strawberry.argument(name="atMost", description="End after so many; by default never."),
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
        wanted = None if segment_id is None else read_id(segment_id, "segmentId", "Segment")
        if at_most is not None and at_most < 1:
            raise bad_input("`atMost` must be 1 or more.", "atMost")
        return _entered(subscribe(SEGMENT_MEMBERS_CHANGED), wanted, at_most)


async def _entered(
    messages: Subscription, wanted: int | None, at_most: int | None
) -> AsyncGenerator[CustomerEnteredSegmentPayload, None]:
    told = 0
    with messages:
        async for message in messages:
            for segment, customer in message["entered"]:
                if wanted in (None, segment):
                    yield CustomerEnteredSegmentPayload(customer_key=customer, segment_key=segment)
                    told += 1
                    if told == at_most:
                        return
