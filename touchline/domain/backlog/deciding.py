"""What the Owner decides of proposals, and of what is dropped."""

from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.backlog.items import Backlog, Item, opened
from touchline.domain.backlog.logbook import Entry, note, tell
from touchline.domain.backlog.measuring import tell_of
from touchline.domain.backlog.ordering import (
    count_order,
    place_item,
    rank_after,
    rank_at_the_end,
    unordered_rank,
)
from touchline.domain.backlog.refreshing import refresh, refresh_who_waits
from touchline.domain.backlog.rights import require_owner, require_owner_or_puller
from touchline.domain.backlog.states import after
from touchline.domain.backlog.types import (
    CLOSED,
    OVERRULED,
    Act,
    Change,
    ItemState,
    LogKind,
    MandateKind,
    Measure,
    Verdict,
)
from touchline.domain.backlog.words import checked_reason
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, fetch, transactional
from touchline.domain.kernel.errors import Refused

_TOLD = {
    ItemState.DECLINED: Change.DECLINED,
    ItemState.DUPLICATE: Change.MARKED_DUPLICATE,
    ItemState.DROPPED: Change.DROPPED,
}


@transactional
async def accept_item(
    actor: Actor,
    item_id: int,
    *,
    behind: int | None = None,
    on_top: bool = False,
    expected_order_version: int | None = None,
) -> int:
    """Take a proposal into the ordered list: behind another item, on top, or else at the end.

    Returns the backlog's id. Raises ``StaleOrder`` when the caller has seen another order.
    """
    backlog, item = await opened(item_id)
    mandate = await require_owner(actor, backlog)
    backlog.expect(expected_order_version)
    state = after(Act.ACCEPT, item.state)
    if behind is None and not on_top:
        rank = await rank_at_the_end(backlog, item_id)
    else:
        rank = await rank_after(backlog, behind, item_id)
    await place_item(item, rank)
    version = count_order(backlog)
    await enter(actor, backlog, item, state, None, mandate)
    state = (await refresh(actor, backlog, [item_id])).get(item_id, state)
    await tell(backlog.id, item_id, state, version, Change.ACCEPTED)
    return backlog.id


@transactional
async def decline_item(actor: Actor, item_id: int, *, reason: str) -> None:
    """Turn a proposal down, and say why."""
    backlog, item = await opened(item_id)
    mandate = await require_owner(actor, backlog)
    state = after(Act.DECLINE, item.state)
    await _close(actor, backlog, item, state, checked_reason(reason), mandate)


@transactional
async def mark_duplicate(actor: Actor, item_id: int, *, of: int) -> None:
    """Say that a proposal is the same as another item of the backlog."""
    backlog, item = await opened(item_id)
    mandate = await require_owner(actor, backlog)
    state = after(Act.MARK_DUPLICATE, item.state)
    rows = await fetch(
        "SELECT title FROM backlog_item WHERE id = ? AND backlog_id = ? AND id <> ? AND state <> ?",
        (of, backlog.id, item_id, ItemState.DUPLICATE),
    )
    if not rows:
        message = "It can only be the same as another item of this backlog."
        raise Refused(Code.DUPLICATE_FOREIGN, message, ("ofId",))
    await execute("UPDATE backlog_item SET duplicate_of_id = ? WHERE id = ?", (of, item_id))
    await _close(actor, backlog, item, state, str(rows[0]["title"]), mandate)


@transactional
async def drop_item(actor: Actor, item_id: int, *, reason: str) -> None:
    """Give an item up, and say why: by the Owner, or by who works on it."""
    backlog, item = await opened(item_id)
    mandate = await require_owner_or_puller(actor, backlog, item)
    state = after(Act.DROP, item.state)
    await _close(actor, backlog, item, state, checked_reason(reason), mandate)


@transactional
async def overrule_item(actor: Actor, item_id: int, *, verdict: Verdict, reason: str) -> None:
    """Say that something else came of an item than was measured; what was measured stays shown."""
    backlog, item = await opened(item_id)
    mandate = await require_owner(actor, backlog)
    why = checked_reason(reason)
    rows = await fetch("SELECT verdict FROM backlog_item WHERE id = ?", (item_id,))
    before = rows[0]["verdict"]
    if item.state is not ItemState.MEASURED or before == verdict:
        message = "Only a verdict that was measured can be overruled, and by another one."
        raise Refused(Code.STEP_NOT_POSSIBLE, message, ("itemId",))
    if verdict not in OVERRULED:
        message = "People say WORKED, DID_NOT or INCONCLUSIVE."
        raise Refused(Code.VERDICT_INVALID, message, ("verdict",))
    await execute("UPDATE backlog_item SET verdict = ? WHERE id = ?", (verdict, item_id))
    note(actor, backlog.id, item_id, Entry(LogKind.VERDICT, before, verdict, why, mandate))
    await tell_of(backlog.id, item_id, verdict, Measure.PERSON)
    await tell(backlog.id, item_id, item.state, backlog.order_version, Change.MEASURED)


async def enter(
    actor: Actor,
    backlog: Backlog,
    item: Item,
    state: ItemState,
    reason: str | None = None,
    mandate: MandateKind | None = None,
) -> None:
    """Let an item come to a state, and write that into its log."""
    moment = now()
    closed = moment if state in CLOSED else None
    await execute(
        "UPDATE backlog_item SET state = ?, state_at = ?, closed_at = ? WHERE id = ?",
        (state, moment, closed, item.id),
    )
    note(actor, backlog.id, item.id, Entry(LogKind.STATE, item.state, state, reason, mandate))


async def _close(
    actor: Actor,
    backlog: Backlog,
    item: Item,
    state: ItemState,
    reason: str | None,
    mandate: MandateKind | None,
) -> None:
    await enter(actor, backlog, item, state, reason, mandate)
    await place_item(item, unordered_rank(item.id))
    await refresh_who_waits(actor, backlog, item.id)
    await tell(backlog.id, item.id, state, backlog.order_version, _TOLD[state])
