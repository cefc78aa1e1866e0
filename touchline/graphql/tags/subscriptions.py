"""Watching the tags of customers."""

from collections.abc import AsyncGenerator, Iterator
from typing import Annotated

import strawberry

from touchline.domain.kernel.live import Message
from touchline.domain.tags.events import TAGS_CHANGED
from touchline.graphql.base.fields import attribute, kept, streamed
from touchline.graphql.base.permissions import EVERYONE, READ
from touchline.graphql.base.types import entity
from touchline.graphql.base.watching import AtMost, WatchedCustomer, wanted_key, watch
from touchline.graphql.customers.types import Customer
from touchline.graphql.tags.enums import TagState
from touchline.graphql.tags.labels import Tag


@entity(permission=EVERYONE, description="A tag that has just come, gone or changed its state.")
class TagChangedPayload:
    """One message of the subscription; its objects are read when it is sent."""

    customer_key: strawberry.Private[int]
    tag_key: strawberry.Private[int]
    customer: Customer | None = kept("customer_key", description="Whose tag, as they are now.")
    tag: Tag | None = kept("tag_key", description="The tag.")
    state: TagState | None = attribute(description="How it stands now; null when it is gone.")


WatchedTag = Annotated[
    strawberry.ID | None,
    strawberry.argument(name="tagId", description="Only this tag; by default all."),
]


@strawberry.type(description="Watching tags.")
class TagSubscription:
    """Part of the subscription root."""

    @streamed(permission=READ, description="Every tag that comes, goes or changes from now on.")
    async def tag_changed(
        self,
        info: strawberry.Info,
        customer_id: WatchedCustomer = None,
        tag_id: WatchedTag = None,
        at_most: AtMost = None,
    ) -> AsyncGenerator[TagChangedPayload, None]:
        customer = wanted_key(customer_id, "customerId", "Customer")
        tag = wanted_key(tag_id, "tagId", "Tag")
        return watch(TAGS_CHANGED, lambda message: _changed(message, customer, tag), at_most)


def _changed(
    message: Message, customer: int | None, tag: int | None
) -> Iterator[TagChangedPayload]:
    for whose, what, state in message["changes"]:
        if customer in (None, whose) and tag in (None, what):
            stands = None if state is None else TagState(state)
            yield TagChangedPayload(customer_key=whose, tag_key=what, state=stands)
