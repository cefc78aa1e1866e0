"""Changes by which a formula's order becomes the Owner's."""

from collections.abc import Collection
from typing import Self

import strawberry

from touchline.domain.backlog import accepting
from touchline.domain.backlog.errors import StaleOrder
from touchline.domain.backlog.types import Formula
from touchline.domain.kernel.errors import DomainError
from touchline.graphql.backlog.enums import BacklogFormula
from touchline.graphql.backlog.orders import BacklogOrderProposal
from touchline.graphql.backlog.payloads import BacklogUserError
from touchline.graphql.backlog.reading import backlog_id, item_id
from touchline.graphql.backlog.types import Backlog
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import kept, resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.payload import answer_to, refusals
from touchline.graphql.base.permissions import TEAM
from touchline.graphql.payload import Answer

_PROPOSAL = "The proposal."


@strawberry.input(description="That a formula is to propose an order.")
class BacklogOrderProposeInput:
    """What `backlogOrderPropose` is given."""

    backlog_id: strawberry.ID = strawberry.field(description="The backlog.")
    formula: BacklogFormula = strawberry.field(description="The formula.")


@strawberry.input(description="That a proposed order becomes the order.")
class BacklogOrderAcceptInput:
    """What `backlogOrderAccept` is given."""

    proposal_id: strawberry.ID = strawberry.field(description=_PROPOSAL)
    item_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="The items that are to move; absent for all of them."
    )


@strawberry.input(description="That a proposed order is turned down.")
class BacklogOrderDismissInput:
    """What `backlogOrderDismiss` is given."""

    proposal_id: strawberry.ID = strawberry.field(description=_PROPOSAL)


@answer_to("backlogOrderPropose", "backlogOrderAccept", "backlogOrderDismiss")
class OrderProposalAnswer(Answer):
    """A proposal after a change.

    Who accepts a stale one is shown the backlog as it is now.
    """

    proposal_key: strawberry.Private[int | None] = None
    proposal: BacklogOrderProposal | None = kept(
        "proposal_key", description="The proposal as it is now."
    )
    backlog_key: strawberry.Private[int | None] = None
    backlog: Backlog | None = kept(
        "backlog_key", description="The backlog as it is now, also when the proposal was stale."
    )
    user_errors: list[BacklogUserError] = refusals()

    @classmethod
    def refused(cls, error: DomainError, arguments: Collection[str] = ()) -> Self:
        """What the user can mend, and for a stale proposal what the backlog is now."""
        answer = super().refused(error, arguments)
        if isinstance(error, StaleOrder):
            answer.backlog_key = error.backlog_id
        return answer


@answer_to("backlogOrderPropose")
class BacklogOrderProposePayload(OrderProposalAnswer):
    """The new proposal."""


@answer_to("backlogOrderAccept")
class BacklogOrderAcceptPayload(OrderProposalAnswer):
    """The proposal, and the list as it stands now."""


@answer_to("backlogOrderDismiss")
class BacklogOrderDismissPayload(OrderProposalAnswer):
    """The proposal, turned down."""


@strawberry.type(description="Changes by which a formula's order becomes the Owner's.")
class BacklogOrderMutation:
    """Part of the mutation root."""

    @resolved(
        permission=TEAM,
        description="Have a formula propose an order to the Owner; everybody may, nothing moves.",
    )
    async def backlog_order_propose(
        self, info: strawberry.Info, given: Given[BacklogOrderProposeInput]
    ) -> BacklogOrderProposePayload | None:
        backlog, formula = backlog_id(given.backlog_id), Formula(str(given.formula.value))
        made = await accepting.propose_order(info.context.actor, backlog, formula)
        return BacklogOrderProposePayload(proposal_key=made, backlog_key=backlog)

    @resolved(
        permission=TEAM,
        description=(
            "Move what a proposal would move, all of it or some items; the Owner's to do. Refused "
            "when the list was ordered otherwise meanwhile."
        ),
    )
    async def backlog_order_accept(
        self, info: strawberry.Info, given: Given[BacklogOrderAcceptInput]
    ) -> BacklogOrderAcceptPayload | None:
        proposal, named = _proposal(given.proposal_id), given.item_ids
        backlog = await accepting.accept_order(
            info.context.actor,
            proposal,
            item_ids=None if named is None else [item_id(one, "input.itemIds") for one in named],
        )
        return BacklogOrderAcceptPayload(proposal_key=proposal, backlog_key=backlog)

    @resolved(
        permission=TEAM,
        description="Turn a proposed order down; the Owner's to do, or of who asked for it.",
    )
    async def backlog_order_dismiss(
        self, info: strawberry.Info, given: Given[BacklogOrderDismissInput]
    ) -> BacklogOrderDismissPayload | None:
        proposal = _proposal(given.proposal_id)
        backlog = await accepting.dismiss_order(info.context.actor, proposal)
        return BacklogOrderDismissPayload(proposal_key=proposal, backlog_key=backlog)


def _proposal(given: strawberry.ID) -> int:
    return read_id(given, "input.proposalId", "BacklogOrderProposal")
