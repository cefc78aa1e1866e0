"""Watching a board."""

from collections.abc import AsyncGenerator, Iterator
from typing import Annotated

import strawberry

from touchline.domain.backlog.events import BACKLOG_CHANGED
from touchline.domain.kernel.live import Message
from touchline.graphql.backlog.changes import BacklogChange
from touchline.graphql.backlog.cycles import Cycle
from touchline.graphql.backlog.enums import BacklogItemState
from touchline.graphql.backlog.items import BacklogItem
from touchline.graphql.backlog.types import Backlog
from touchline.graphql.base.fields import attribute, kept, streamed
from touchline.graphql.base.permissions import EVERYONE, READ
from touchline.graphql.base.types import entity
from touchline.graphql.base.watching import AtMost, wanted_key, watch


@entity(permission=EVERYONE, description="Something that was just done on a board.")
class BacklogChangedPayload:
    """One message of the subscription; its objects are read when it is sent."""

    backlog_key: strawberry.Private[int]
    item_key: strawberry.Private[int | None]
    cycle_key: strawberry.Private[int | None]
    change: BacklogChange = attribute(description="What was done.")
    order_version: int = attribute(
        description=(
            "The version of the list's order that it left behind. Of two messages, the one with the"
            " higher version is the later."
        )
    )
    state: BacklogItemState | None = attribute(
        description="Where the item stood after it; null where no item was changed."
    )
    backlog: Backlog | None = kept("backlog_key", description="The backlog, as it is now.")
    item: BacklogItem | None = kept(
        "item_key", description="The item, as it is now; null where the board itself was changed."
    )
    cycle: Cycle | None = kept(
        "cycle_key", description="The cycle, as it is now; null where no cycle was changed."
    )


WatchedBacklog = Annotated[
    strawberry.ID | None,
    strawberry.argument(name="backlogId", description="Only this backlog; by default all."),
]


@strawberry.type(description="Watching boards.")
class BacklogSubscription:
    """Part of the subscription root."""

    @streamed(permission=READ, description="Everything that is done on a board from now on.")
    async def backlog_changed(
        self, info: strawberry.Info, backlog_id: WatchedBacklog = None, at_most: AtMost = None
    ) -> AsyncGenerator[BacklogChangedPayload, None]:
        wanted = wanted_key(backlog_id, "backlogId", "Backlog")
        return watch(BACKLOG_CHANGED, lambda message: _changed(message, wanted), at_most)


def _changed(message: Message, wanted: int | None) -> Iterator[BacklogChangedPayload]:
    if wanted in (None, message["backlog"]):
        state = message["state"]
        yield BacklogChangedPayload(
            backlog_key=message["backlog"],
            item_key=message["item"],
            cycle_key=message["cycle"],
            change=BacklogChange(message["change"]),
            order_version=message["order"],
            state=None if state is None else BacklogItemState(state),
        )
