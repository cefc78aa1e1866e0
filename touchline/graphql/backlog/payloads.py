"""Answers to changes of backlogs."""

from collections.abc import Collection, Sequence
from typing import Self

import strawberry

from touchline.domain.backlog.errors import StaleOrder
from touchline.domain.kernel.errors import DomainError
from touchline.graphql.backlog.cycles import Cycle
from touchline.graphql.backlog.errors import BacklogErrorCode
from touchline.graphql.backlog.items import BacklogComment, BacklogItem
from touchline.graphql.backlog.parts import BusinessGoal
from touchline.graphql.backlog.types import Backlog
from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.payload import Answer


@mendable("a change of a backlog")
class BacklogUserError(UserError):
    """The user error of the capability."""

    code: BacklogErrorCode = attribute(description="What is wrong.")


@answer_to(
    "backlogItemPropose",
    "backlogItemUpdate",
    "backlogItemEstimate",
    "backlogItemAccept",
    "backlogItemDecline",
    "backlogItemMarkDuplicate",
    "backlogItemMove",
    "backlogItemDrop",
    "backlogItemOverrule",
    "backlogItemProposeSuggested",
    "backlogItemDismissSuggestion",
    "backlogItemPull",
    "backlogItemPutBack",
    "backlogItemSubmit",
    "backlogItemReturn",
    "backlogItemLaunch",
    "backlogItemBlock",
    "backlogItemUnblock",
    "backlogItemComment",
    "backlogItemVote",
    "backlogItemWithdrawVote",
)
class ItemAnswer(Answer):
    """An item after a change."""

    item_key: strawberry.Private[int | None] = None
    backlog_item: BacklogItem | None = kept("item_key", description="The item as it is now.")
    user_errors: list[BacklogUserError] = refusals()


@answer_to("backlogItemAccept", "backlogItemMove", "backlogItemPutBack")
class OrderAnswer(ItemAnswer):
    """An item in the list, whose order counts one more.

    Who has seen another order is shown the backlog as it is now.
    """

    backlog_key: strawberry.Private[int | None] = None
    backlog: Backlog | None = kept(
        "backlog_key", description="The backlog as it is now, also when the order was stale."
    )

    @classmethod
    def refused(cls, error: DomainError, arguments: Collection[str] = ()) -> Self:
        """What the user can mend, and for a stale order what the backlog is now."""
        answer = super().refused(error, arguments)
        if isinstance(error, StaleOrder):
            answer.backlog_key = error.backlog_id
        return answer


@answer_to(
    "backlogCreate",
    "backlogHandOver",
    "backlogDelegate",
    "backlogBreakGlass",
    "backlogEndMandate",
    "backlogSetWipLimit",
)
class BacklogAnswer(Answer):
    """A backlog after a change."""

    backlog_key: strawberry.Private[int | None] = None
    backlog: Backlog | None = kept("backlog_key", description="The backlog as it is now.")
    user_errors: list[BacklogUserError] = refusals()


@answer_to("backlogItemPropose")
class BacklogItemProposePayload(ItemAnswer):
    """The proposal."""


@answer_to("backlogItemUpdate")
class BacklogItemUpdatePayload(ItemAnswer):
    """The item as it is written now."""


@answer_to("backlogItemEstimate")
class BacklogItemEstimatePayload(ItemAnswer):
    """The item with its size."""


@answer_to("backlogItemAccept")
class BacklogItemAcceptPayload(OrderAnswer):
    """The item in the list."""


@answer_to("backlogItemDecline")
class BacklogItemDeclinePayload(ItemAnswer):
    """The item, turned down."""


@answer_to("backlogItemMarkDuplicate")
class BacklogItemMarkDuplicatePayload(ItemAnswer):
    """The item, the same as another."""


@answer_to("backlogItemMove")
class BacklogItemMovePayload(OrderAnswer):
    """The item at its place."""


@answer_to("backlogItemDrop")
class BacklogItemDropPayload(ItemAnswer):
    """The item, given up."""


@answer_to("backlogItemOverrule")
class BacklogItemOverrulePayload(ItemAnswer):
    """The item with the other verdict."""


@answer_to("backlogItemProposeSuggested")
class BacklogItemProposeSuggestedPayload(ItemAnswer):
    """The proposal, which names what it is based on."""


@answer_to("backlogItemDismissSuggestion")
class BacklogItemDismissSuggestionPayload(ItemAnswer):
    """The item from which it followed."""


@answer_to("backlogItemPull")
class BacklogItemPullPayload(ItemAnswer):
    """The item, pulled."""


@answer_to("backlogItemPutBack")
class BacklogItemPutBackPayload(OrderAnswer):
    """The item on top of the list."""


@answer_to("backlogItemSubmit")
class BacklogItemSubmitPayload(ItemAnswer):
    """The item in review."""


@answer_to("backlogItemReturn")
class BacklogItemReturnPayload(ItemAnswer):
    """The item in progress again."""


@answer_to("backlogItemLaunch")
class BacklogItemLaunchPayload(ItemAnswer):
    """The item, out."""


@answer_to("backlogItemBlock")
class BacklogItemBlockPayload(ItemAnswer):
    """The item, blocked."""


@answer_to("backlogItemUnblock")
class BacklogItemUnblockPayload(ItemAnswer):
    """The item, free again."""


@answer_to("backlogItemComment")
class BacklogItemCommentPayload(ItemAnswer):
    """The item with the comment."""

    comment_key: strawberry.Private[int | None] = None
    comment: BacklogComment | None = kept("comment_key", description="What was said.")


@answer_to("backlogItemVote")
class BacklogItemVotePayload(ItemAnswer):
    """The item with the vote."""


@answer_to("backlogItemWithdrawVote")
class BacklogItemWithdrawVotePayload(ItemAnswer):
    """The item without the vote."""


@answer_to("backlogCreate")
class BacklogCreatePayload(BacklogAnswer):
    """The new backlog."""


@answer_to("backlogHandOver")
class BacklogHandOverPayload(BacklogAnswer):
    """The backlog with its new Owner."""


@answer_to("backlogDelegate")
class BacklogDelegatePayload(BacklogAnswer):
    """The backlog with the delegation."""


@answer_to("backlogBreakGlass")
class BacklogBreakGlassPayload(BacklogAnswer):
    """The backlog with what was taken."""


@answer_to("backlogEndMandate")
class BacklogEndMandatePayload(BacklogAnswer):
    """The backlog without it."""


@answer_to("backlogSetWipLimit")
class BacklogSetWipLimitPayload(BacklogAnswer):
    """The backlog with its limits."""


@answer_to("businessGoalCreate")
class BusinessGoalCreatePayload(Answer):
    """The new goal."""

    goal_key: strawberry.Private[int | None] = None
    business_goal: BusinessGoal | None = kept("goal_key", description="The new goal.")
    user_errors: list[BacklogUserError] = refusals()


@answer_to("cyclePlan", "cycleNoteHuddle", "cycleClose", "cycleFinishImprovement")
class CycleAnswer(Answer):
    """A cycle after a change."""

    cycle_key: strawberry.Private[int | None] = None
    cycle: Cycle | None = kept("cycle_key", description="The cycle as it is now.")
    user_errors: list[BacklogUserError] = refusals()


@answer_to("cyclePlan")
class CyclePlanPayload(CycleAnswer):
    """The new cycle."""


@answer_to("cycleNoteHuddle")
class CycleNoteHuddlePayload(CycleAnswer):
    """The cycle with what was said."""


@answer_to("cycleClose")
class CycleClosePayload(CycleAnswer):
    """The closed cycle."""

    item_keys: strawberry.Private[Sequence[int]] = ()
    returned_items: list[BacklogItem] = kept(
        "item_keys",
        many=True,
        description="What was not done, which the next cycle carries over.",
    )


@answer_to("cycleFinishImprovement")
class CycleFinishImprovementPayload(CycleAnswer):
    """The cycle from which the improvement came."""
