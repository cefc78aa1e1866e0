"""Orders that a formula proposes, in the schema."""

import strawberry

from touchline.domain.backlog.relations import BACKLOG_ORDER_MOVE, BACKLOG_ORDER_PROPOSAL
from touchline.domain.kernel.db import Row
from touchline.graphql.backlog.enums import BacklogFormula
from touchline.graphql.backlog.items import BacklogItem
from touchline.graphql.backlog.result_enums import BacklogOrderProposalState
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import column, expression, global_id, related, rows
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity

_MOST = 500


def _score(row: Row) -> float:
    return float(row["score"])


@entity(BACKLOG_ORDER_MOVE, permission=READ, description="That a proposal would move an item.")
class BacklogOrderMove:
    """As it was when the proposal was made."""

    id: strawberry.ID = global_id(
        description="The global id; to be kept and compared, not taken apart."
    )
    item: BacklogItem = related({"item_id": "id"}, description="The item.")
    from_: int = column(
        "from_place", shown_as="from", description="Its place in the Owner's order, from 1."
    )
    to: int = column("to_place", description="Its place by the formula, from 1.")
    score: float = expression(_score, needs=("score",), description="Its score by the formula.")
    accepted_at: DateTime | None = column(description="When the Owner accepted it; null before.")


@entity(BACKLOG_ORDER_PROPOSAL, permission=READ, description="An order that a formula proposes.")
class BacklogOrderProposal(Node):
    """The Owner's order stands until the Owner accepts it, item by item or whole."""

    formula: BacklogFormula = column(description="The formula.")
    state: BacklogOrderProposalState = column(description="What became of it.")
    order_version: int = column(description="The version of the order for which it holds.")
    is_stale: bool = column(
        description="Whether the list was ordered otherwise meanwhile, so that it cannot be taken."
    )
    moves: list[BacklogOrderMove] = rows(
        {"id": "proposal_id"},
        order=Order(("to_place",)),
        limit=_MOST,
        description="What it would move, from the top, the first 500.",
    )
    actor_name: str = column(description="Who asked for it, as they were called then.")
    created_at: DateTime = column(description="When it was made.")
    closed_at: DateTime | None = column(
        description="When all of it was accepted, or it was turned down."
    )
