"""Orders that a formula proposes: anybody may ask for one, and only the Owner makes it the order.

A proposal holds for the order that it was made for. It is accepted item by item or whole; when
somebody else orders the list meanwhile it is stale, and a new one must be made.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from touchline.domain.backlog.advising import disagreements
from touchline.domain.backlog.arranging import behind, wanted_order
from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.backlog.errors import StaleOrder
from touchline.domain.backlog.items import Backlog, held_backlog, listed
from touchline.domain.backlog.logbook import note, placed, tell, tell_board
from touchline.domain.backlog.ordering import count_order, rank_after
from touchline.domain.backlog.queries import ordered_items, scored
from touchline.domain.backlog.rights import require_owner
from touchline.domain.backlog.types import (
    Change,
    Formula,
    ItemState,
    MandateKind,
    OrderProposalState,
)
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import Row, execute, fetch, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.rows import in_list, insert_rows

_MOVE = ("proposal_id", "item_id", "from_place", "to_place", "score")


@transactional
async def propose_order(actor: Actor, backlog_id: int, formula: Formula) -> int:
    """Write down which order a formula would have, for the Owner to accept; returns its id.

    Everybody signed in may. Refused where the formula would move nothing.
    """
    actor.require(Scope.TEAM)
    backlog = await held_backlog(backlog_id)
    scores = await scored(await ordered_items(backlog.id), formula)
    moves = disagreements(scores)
    if not moves:
        message = f"{formula} would move nothing in this list."
        raise Refused(Code.NOTHING_TO_MOVE, message, ("formula",))
    made = await insert_rows(
        "backlog_order_proposal",
        [
            *("backlog_id", "formula", "state", "order_version", "wanted", "actor_name"),
            *("member_id", "created_at"),
        ],
        [
            (
                *(backlog.id, formula, OrderProposalState.OPEN, backlog.order_version),
                orjson.dumps(wanted_order([one for one, _ in scores], moves)).decode(),
                *(actor.name, actor.member_id, now()),
            )
        ],
        returning="id",
    )
    proposal_id, score_of = int(made[0]["id"]), dict(scores)
    await insert_rows(
        "backlog_order_move",
        _MOVE,
        [
            (proposal_id, one.item_id, one.rank, one.formula_rank, f"{score_of[one.item_id]:.6g}")
            for one in sorted(moves, key=lambda one: one.formula_rank)
        ],
    )
    await tell_board(backlog.id, backlog.order_version, Change.ORDER_PROPOSED)
    return proposal_id


@transactional
async def accept_order(
    actor: Actor, proposal_id: int, *, item_ids: Sequence[int] | None = None
) -> int:
    """Move what a proposal would move: all of it, or some items. The Owner's to do.

    Returns the backlog's id. Raises ``StaleOrder`` when the list was ordered otherwise meanwhile.
    What has left the list since is passed over, and refused where it was named.
    """
    proposal = await _opened(proposal_id)
    mandate = await require_owner(actor, proposal.backlog)
    _expect_open(proposal)
    if proposal.row["order_version"] != proposal.backlog.order_version:
        raise StaleOrder(proposal.backlog.id, proposal.backlog.order_version, ("proposalId",))
    chosen = _chosen(proposal, item_ids)
    await _move(actor, proposal, chosen, mandate)
    return proposal.backlog.id


@transactional
async def dismiss_order(actor: Actor, proposal_id: int) -> int:
    """Turn a proposal down, which the Owner may, and who made it; returns the backlog's id."""
    actor.require(Scope.TEAM)
    proposal = await _opened(proposal_id)
    if actor.member_id is None or actor.member_id != proposal.row["member_id"]:
        await require_owner(actor, proposal.backlog)
    _expect_open(proposal)
    await _close(proposal_id, OrderProposalState.DISMISSED)
    backlog = proposal.backlog
    await tell_board(backlog.id, backlog.order_version, Change.ORDER_PROPOSED)
    return backlog.id


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A proposal whose backlog is held; ``left`` are the items that were not accepted yet, in the
    wanted order, ``states`` and ``titles`` are of those that stand in the list."""

    row: Row
    backlog: Backlog
    wanted: Sequence[int]
    left: Sequence[int]
    states: dict[int, ItemState]
    titles: dict[int, str]


async def _opened(proposal_id: int) -> _Proposal:
    find = "SELECT * FROM backlog_order_proposal WHERE id = ?"
    found = await fetch_one(find, (proposal_id,))
    if found is None:
        message = "There is no such proposal of an order."
        raise Refused(Code.PROPOSAL_NOT_FOUND, message, ("proposalId",))
    backlog = await held_backlog(found["backlog_id"])
    row = await fetch_one(find, (proposal_id,))
    assert row is not None
    moves = await fetch(
        "SELECT item_id FROM backlog_order_move WHERE proposal_id = ? AND accepted_at IS NULL"
        " ORDER BY to_place",
        (proposal_id,),
    )
    items = await ordered_items(backlog.id)
    return _Proposal(
        *(row, backlog, listed(row["wanted"]), [move["item_id"] for move in moves]),
        {one.id: one.state for one in items},
        {one.id: one.title for one in items},
    )


def _expect_open(proposal: _Proposal) -> None:
    if proposal.row["state"] != OrderProposalState.OPEN:
        message = "The proposal was accepted or turned down already."
        raise Refused(Code.PROPOSAL_CLOSED, message, ("proposalId",))


def _chosen(proposal: _Proposal, item_ids: Sequence[int] | None) -> list[int]:
    """The items that are to move, in the wanted order."""
    if item_ids is None:
        return [one for one in proposal.left if one in proposal.states]
    for one in item_ids:
        if one not in proposal.left:
            message = "The proposal would not move this item, or it was moved already."
            raise Refused(Code.ITEM_NOT_PROPOSED, message, ("itemIds",))
        if one not in proposal.states:
            message = "Only what stands in the ordered list has a place in it."
            raise Refused(Code.STEP_NOT_POSSIBLE, message, ("itemIds",))
    return [one for one in proposal.left if one in item_ids]


async def _move(
    actor: Actor, proposal: _Proposal, chosen: Sequence[int], mandate: MandateKind | None
) -> None:
    backlog, waiting = proposal.backlog, set(proposal.left)
    settled = {one for one in proposal.wanted if one in proposal.states and one not in waiting}
    named = global_id("BacklogOrderProposal", proposal.row["id"])
    reason = f"{proposal.row['formula']}, by proposal {named}"
    for item_id in chosen:
        after = behind(proposal.wanted, settled, item_id)
        rank = await rank_after(backlog, after, item_id)
        await execute("UPDATE backlog_item SET rank = ? WHERE id = ?", (rank, item_id))
        settled.add(item_id)
        title = None if after is None else proposal.titles[after]
        note(actor, backlog.id, item_id, placed(after, title, reason, mandate))
    version = count_order(backlog) if chosen else backlog.order_version
    await _accepted(proposal, chosen, version)
    for item_id in chosen:
        state = proposal.states[item_id]
        await tell(backlog.id, item_id, state, version, Change.MOVED)


async def _accepted(proposal: _Proposal, chosen: Sequence[int], version: int) -> None:
    """Note what was moved; what is left, and has not left the list, waits for the Owner."""
    proposal_id = proposal.row["id"]
    if chosen:
        named, params = in_list("item_id", chosen)
        await execute(
            f"UPDATE backlog_order_move SET accepted_at = ? WHERE proposal_id = ? AND {named}",
            (now(), proposal_id, *params),
        )
    await execute(
        "UPDATE backlog_order_proposal SET order_version = ? WHERE id = ?", (version, proposal_id)
    )
    if not any(one in proposal.states for one in set(proposal.left) - set(chosen)):
        await _close(proposal_id, OrderProposalState.ACCEPTED)


async def _close(proposal_id: int, state: OrderProposalState) -> None:
    await execute(
        "UPDATE backlog_order_proposal SET state = ?, closed_at = ? WHERE id = ?",
        (state, now(), proposal_id),
    )
