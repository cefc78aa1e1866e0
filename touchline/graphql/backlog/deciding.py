"""Changes of what stands in a backlog, and in which order."""

from typing import Annotated

import strawberry

from touchline.domain.backlog import deciding, ordering, proposing, talking
from touchline.graphql.backlog.item_inputs import (
    BacklogItemAcceptInput,
    BacklogItemCommentInput,
    BacklogItemDeclineInput,
    BacklogItemDropInput,
    BacklogItemEstimateInput,
    BacklogItemMarkDuplicateInput,
    BacklogItemMoveInput,
    BacklogItemProposeInput,
    BacklogItemUpdateInput,
)
from touchline.graphql.backlog.payloads import (
    BacklogItemAcceptPayload,
    BacklogItemCommentPayload,
    BacklogItemDeclinePayload,
    BacklogItemDropPayload,
    BacklogItemEstimatePayload,
    BacklogItemMarkDuplicatePayload,
    BacklogItemMovePayload,
    BacklogItemProposePayload,
    BacklogItemUpdatePayload,
    BacklogItemVotePayload,
    BacklogItemWithdrawVotePayload,
)
from touchline.graphql.backlog.reading import backlog_id, item_id, read_change, read_proposal
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import TEAM

ItemId = Annotated[strawberry.ID, strawberry.argument(name="id", description="The id of the item.")]


@strawberry.type(description="Changes of what stands in a backlog, and in which order.")
class BacklogItemMutation:
    """Part of the mutation root."""

    @resolved(permission=TEAM, description="Put something before the Owner; everybody may.")
    async def backlog_item_propose(
        self, info: strawberry.Info, given: Given[BacklogItemProposeInput]
    ) -> BacklogItemProposePayload | None:
        backlog, text = backlog_id(given.backlog_id), read_proposal(given)
        item = await proposing.propose_item(info.context.actor, backlog, text)
        return BacklogItemProposePayload(item_key=item)

    @resolved(permission=TEAM, description="Write an item anew, where something changes.")
    async def backlog_item_update(
        self, info: strawberry.Info, key: ItemId, given: Given[BacklogItemUpdateInput]
    ) -> BacklogItemUpdatePayload | None:
        item = item_id(key, "id")
        text = read_change(await proposing.text_of(item), given)
        await proposing.revise_item(info.context.actor, item, text)
        return BacklogItemUpdatePayload(item_key=item)

    @resolved(permission=TEAM, description="Say how large an item is; those who work here do.")
    async def backlog_item_estimate(
        self, info: strawberry.Info, given: Given[BacklogItemEstimateInput]
    ) -> BacklogItemEstimatePayload | None:
        item = item_id(given.item_id)
        await proposing.estimate_item(info.context.actor, item, given.effort)
        return BacklogItemEstimatePayload(item_key=item)

    @resolved(permission=TEAM, description="Take a proposal into the list; the Owner's to do.")
    async def backlog_item_accept(
        self, info: strawberry.Info, given: Given[BacklogItemAcceptInput]
    ) -> BacklogItemAcceptPayload | None:
        item, place = item_id(given.item_id), given.after
        behind = None if place is None or place.value is None else place.value
        backlog = await deciding.accept_item(
            info.context.actor,
            item,
            behind=None if behind is None else item_id(behind, "input.after"),
            on_top=place is not None and behind is None,
            expected_order_version=given.expected_order_version,
        )
        return BacklogItemAcceptPayload(item_key=item, backlog_key=backlog)

    @resolved(permission=TEAM, description="Turn a proposal down; the Owner's to do.")
    async def backlog_item_decline(
        self, info: strawberry.Info, given: Given[BacklogItemDeclineInput]
    ) -> BacklogItemDeclinePayload | None:
        item = item_id(given.item_id)
        await deciding.decline_item(info.context.actor, item, reason=given.reason)
        return BacklogItemDeclinePayload(item_key=item)

    @resolved(
        permission=TEAM,
        description="Say that a proposal is the same as another item; the Owner's to do.",
    )
    async def backlog_item_mark_duplicate(
        self, info: strawberry.Info, given: Given[BacklogItemMarkDuplicateInput]
    ) -> BacklogItemMarkDuplicatePayload | None:
        item, of = item_id(given.item_id), item_id(given.of_id, "input.ofId")
        await deciding.mark_duplicate(info.context.actor, item, of=of)
        return BacklogItemMarkDuplicatePayload(item_key=item)

    @resolved(
        permission=TEAM,
        description="Put an item elsewhere in the list; the Owner's to do, and nobody else's.",
    )
    async def backlog_item_move(
        self, info: strawberry.Info, given: Given[BacklogItemMoveInput]
    ) -> BacklogItemMovePayload | None:
        item = item_id(given.item_id)
        backlog = await ordering.move_item(
            info.context.actor,
            item,
            after=None if given.after is None else item_id(given.after, "input.after"),
            expected_order_version=given.expected_order_version,
            reason=given.reason,
        )
        return BacklogItemMovePayload(item_key=item, backlog_key=backlog)

    @resolved(
        permission=TEAM,
        description="Give an item up; the Owner's to do, or of who works on it.",
    )
    async def backlog_item_drop(
        self, info: strawberry.Info, given: Given[BacklogItemDropInput]
    ) -> BacklogItemDropPayload | None:
        item = item_id(given.item_id)
        await deciding.drop_item(info.context.actor, item, reason=given.reason)
        return BacklogItemDropPayload(item_key=item)

    @resolved(permission=TEAM, description="Say something about an item; everybody may.")
    async def backlog_item_comment(
        self, info: strawberry.Info, given: Given[BacklogItemCommentInput]
    ) -> BacklogItemCommentPayload | None:
        item = item_id(given.item_id)
        comment = await talking.comment_item(info.context.actor, item, given.text)
        return BacklogItemCommentPayload(item_key=item, comment_key=comment)

    @resolved(
        permission=TEAM, description="Be for an item; every member may, and it moves nothing."
    )
    async def backlog_item_vote(
        self, info: strawberry.Info, key: ItemId
    ) -> BacklogItemVotePayload | None:
        item = item_id(key, "id")
        await talking.vote_for_item(info.context.actor, item)
        return BacklogItemVotePayload(item_key=item)

    @resolved(permission=TEAM, description="Be for an item no more.")
    async def backlog_item_withdraw_vote(
        self, info: strawberry.Info, key: ItemId
    ) -> BacklogItemWithdrawVotePayload | None:
        item = item_id(key, "id")
        await talking.withdraw_vote(info.context.actor, item)
        return BacklogItemWithdrawVotePayload(item_key=item)
