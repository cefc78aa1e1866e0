"""Changes made by those who do the work. They act for themselves, and nobody is given anything."""

import strawberry

from touchline.domain.backlog import working
from touchline.graphql.backlog.deciding import ItemId
from touchline.graphql.backlog.payloads import (
    BacklogItemBlockPayload,
    BacklogItemLaunchPayload,
    BacklogItemPullPayload,
    BacklogItemPutBackPayload,
    BacklogItemReturnPayload,
    BacklogItemSubmitPayload,
    BacklogItemUnblockPayload,
)
from touchline.graphql.backlog.reading import asset_ids, item_id
from touchline.graphql.backlog.working_inputs import (
    BacklogItemBlockInput,
    BacklogItemLaunchInput,
    BacklogItemPullInput,
    BacklogItemPutBackInput,
    BacklogItemReturnInput,
)
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import TEAM


@strawberry.type(description="The work on items.")
class BacklogWorkMutation:
    """Part of the mutation root."""

    @resolved(
        permission=TEAM,
        description=(
            "Take a ready item to work on it. Refused at a limit, and when something higher could "
            "be pulled, unless a reason is given."
        ),
    )
    async def backlog_item_pull(
        self, info: strawberry.Info, given: Given[BacklogItemPullInput]
    ) -> BacklogItemPullPayload | None:
        item = item_id(given.item_id)
        await working.pull_item(info.context.actor, item, reason=given.reason)
        return BacklogItemPullPayload(item_key=item)

    @resolved(permission=TEAM, description="Put an item one has pulled back on top of the list.")
    async def backlog_item_put_back(
        self, info: strawberry.Info, given: Given[BacklogItemPutBackInput]
    ) -> BacklogItemPutBackPayload | None:
        item = item_id(given.item_id)
        backlog = await working.put_back(info.context.actor, item, reason=given.reason)
        return BacklogItemPutBackPayload(item_key=item, backlog_key=backlog)

    @resolved(permission=TEAM, description="Give what one worked on to review.")
    async def backlog_item_submit(
        self, info: strawberry.Info, key: ItemId
    ) -> BacklogItemSubmitPayload | None:
        item = item_id(key, "id")
        await working.submit_item(info.context.actor, item)
        return BacklogItemSubmitPayload(item_key=item)

    @resolved(permission=TEAM, description="Send an item from review back to who works on it.")
    async def backlog_item_return(
        self, info: strawberry.Info, given: Given[BacklogItemReturnInput]
    ) -> BacklogItemReturnPayload | None:
        item = item_id(given.item_id)
        await working.return_item(info.context.actor, item, reason=given.reason)
        return BacklogItemReturnPayload(item_key=item)

    @resolved(
        permission=TEAM,
        description="Note that an item is out, with an asset that readers see or a reason.",
    )
    async def backlog_item_launch(
        self, info: strawberry.Info, given: Given[BacklogItemLaunchInput]
    ) -> BacklogItemLaunchPayload | None:
        item = item_id(given.item_id)
        await working.launch_item(
            info.context.actor,
            item,
            asset_ids=asset_ids(given.content_asset_ids),
            reason=given.reason,
        )
        return BacklogItemLaunchPayload(item_key=item)

    @resolved(permission=TEAM, description="Say what stands in an item's way.")
    async def backlog_item_block(
        self, info: strawberry.Info, given: Given[BacklogItemBlockInput]
    ) -> BacklogItemBlockPayload | None:
        item = item_id(given.item_id)
        await working.block_item(info.context.actor, item, reason=given.reason)
        return BacklogItemBlockPayload(item_key=item)

    @resolved(permission=TEAM, description="Say that nothing stands in an item's way any more.")
    async def backlog_item_unblock(
        self, info: strawberry.Info, key: ItemId
    ) -> BacklogItemUnblockPayload | None:
        item = item_id(key, "id")
        await working.block_item(info.context.actor, item, reason=None)
        return BacklogItemUnblockPayload(item_key=item)
