"""The work itself: nobody is given an item, members pull what is highest."""

from collections import Counter
from collections.abc import Sequence

import orjson

from touchline.domain.backlog.cycling import join_cycle
from touchline.domain.backlog.deciding import enter
from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.backlog.items import Backlog, Item, opened
from touchline.domain.backlog.logbook import Entry, note, tell
from touchline.domain.backlog.measuring import expect_measuring
from touchline.domain.backlog.ordering import count_order, place_item, rank_after, unordered_rank
from touchline.domain.backlog.proposing import check_assets
from touchline.domain.backlog.refreshing import refresh, refresh_who_waits
from touchline.domain.backlog.rights import require_owner_or_puller, require_worker
from touchline.domain.backlog.states import after
from touchline.domain.backlog.types import (
    CLOSED,
    UNDER_WAY,
    Act,
    Change,
    ItemState,
    LogKind,
    WipScope,
)
from touchline.domain.backlog.words import checked_reason
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, fetch, fetch_together, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.statements import Statement


@transactional
async def pull_item(actor: Actor, item_id: int, *, reason: str | None = None) -> None:
    """Take a ready item to work on it oneself.

    Refused when a limit of work under way is reached; or when something that stands higher could
    be pulled as well, unless a reason is given.
    """
    member = require_worker(actor)
    said = checked_reason(reason, needed=False)
    backlog, item = await opened(item_id)
    if item.state in UNDER_WAY:
        raise Refused(Code.ALREADY_PULLED, "Somebody works on it already.", ("itemId",))
    if item.state is ItemState.BACKLOG:
        open_questions = ", ".join(str(one).lower() for one in item.missing)
        raise Refused(Code.NOT_READY, f"It is not ready: {open_questions}.", ("itemId",))
    state = after(Act.PULL, item.state)
    if item.blocked_since is not None:
        raise Refused(Code.ITEM_BLOCKED, "It is blocked.", ("itemId",))
    higher = await _check_limits(backlog, item, member)
    if higher and said is None:
        message = f"{higher} stands higher and is ready; say why not that one."
        raise Refused(Code.HIGHER_ITEM_READY, message, ("itemId",))
    await execute(
        "UPDATE backlog_item SET pulled_by_id = ?, rank = ? WHERE id = ?",
        (member, unordered_rank(item_id), item_id),
    )
    await join_cycle(backlog.id, item_id)
    await enter(actor, backlog, item, state, said)
    await tell(backlog.id, item_id, state, backlog.order_version, Change.PULLED)


@transactional
async def put_back(actor: Actor, item_id: int, *, reason: str) -> int:
    """Put an item back on top of the list, where anybody may pull it again.

    Returns the backlog's id.
    """
    backlog, item = await opened(item_id)
    mandate = await require_owner_or_puller(actor, backlog, item)
    state = after(Act.PUT_BACK, item.state)
    why = checked_reason(reason)
    await execute("UPDATE backlog_item SET pulled_by_id = NULL WHERE id = ?", (item_id,))
    await place_item(item, await rank_after(backlog, None, item_id))
    version = count_order(backlog)
    await enter(actor, backlog, item, state, why, mandate)
    state = (await refresh(actor, backlog, [item_id])).get(item_id, state)
    await tell(backlog.id, item_id, state, version, Change.PUT_BACK)
    return backlog.id


@transactional
async def submit_item(actor: Actor, item_id: int) -> None:
    """Give what was worked on to review; refused when too much waits there."""
    backlog, item = await opened(item_id)
    mandate = await require_owner_or_puller(actor, backlog, item)
    state = after(Act.SUBMIT, item.state)
    limits, under_way = await _under_way(backlog)
    _check_column(limits, under_way, WipScope.IN_REVIEW)
    await enter(actor, backlog, item, state, None, mandate)
    await tell(backlog.id, item_id, state, backlog.order_version, Change.SUBMITTED)


@transactional
async def return_item(actor: Actor, item_id: int, *, reason: str) -> None:
    """Send an item from review back to who pulled it, with what is to be mended."""
    require_worker(actor)
    backlog, item = await opened(item_id)
    state = after(Act.RETURN, item.state)
    await enter(actor, backlog, item, state, checked_reason(reason))
    await tell(backlog.id, item_id, state, backlog.order_version, Change.RETURNED)


@transactional
async def launch_item(
    actor: Actor, item_id: int, *, asset_ids: Sequence[int] = (), reason: str | None = None
) -> None:
    """Note that an item is out: with an asset that readers see, or a reason why there is none."""
    backlog, item = await opened(item_id)
    mandate = await require_owner_or_puller(actor, backlog, item)
    state = after(Act.LAUNCH, item.state)
    why = checked_reason(reason, needed=False)
    assets = await check_assets([*item.asset_ids, *asset_ids])
    if not any(assets.values()) and why is None:
        message = "Readers see none of its assets; publish one, or say why there is none."
        raise Refused(Code.NOTHING_PUBLISHED, message, ("contentAssetIds",))
    moment = now()
    await execute(
        "UPDATE backlog_item SET asset_ids = ?, launched_at = ?, blocked_since = NULL,"
        " blocked_reason = NULL WHERE id = ?",
        (orjson.dumps([*assets]).decode(), moment, item_id),
    )
    await enter(actor, backlog, item, state, why, mandate)
    await refresh_who_waits(actor, backlog, item_id)
    await expect_measuring(item_id, moment, item.window_days)
    await tell(backlog.id, item_id, state, backlog.order_version, Change.LAUNCHED)


@transactional
async def block_item(actor: Actor, item_id: int, *, reason: str | None) -> None:
    """Say that something stands in the way of an item, or with ``None`` that nothing does now."""
    require_worker(actor)
    backlog, item = await opened(item_id)
    if item.state in CLOSED:
        message = "The item is closed; nothing stands in its way any more."
        raise Refused(Code.STEP_NOT_POSSIBLE, message, ("itemId",))
    if (reason is None) == (item.blocked_since is None):
        message = f"The item is {'not blocked' if reason is None else 'blocked already'}."
        raise Refused(Code.STEP_NOT_POSSIBLE, message, ("itemId",))
    why = None if reason is None else checked_reason(reason)
    since = None if why is None else now()
    await execute(
        "UPDATE backlog_item SET blocked_since = ?, blocked_reason = ? WHERE id = ?",
        (since, why, item_id),
    )
    kind = LogKind.UNBLOCK if why is None else LogKind.BLOCK
    note(actor, backlog.id, item_id, Entry(kind, reason=why))
    change = Change.UNBLOCKED if why is None else Change.BLOCKED
    await tell(backlog.id, item_id, item.state, backlog.order_version, change)


async def _check_limits(backlog: Backlog, item: Item, member: int) -> str | None:
    """Refuse more than the limits allow; returns the title of a higher item that is ready."""
    limits, under_way = await _under_way(backlog)
    mine = sum(1 for _, puller in under_way if puller == member)
    most = limits.get(WipScope.PERSON)
    if most is not None and mine >= most:
        message = f"You work on {mine}, and the limit is {most}; finish or put back one."
        raise Refused(Code.PERSON_LIMIT_REACHED, message, ("itemId",))
    _check_column(limits, under_way, WipScope.IN_PROGRESS)
    rows = await fetch(
        "SELECT title FROM backlog_item WHERE backlog_id = ? AND state = ? AND rank < ?"
        " AND blocked_since IS NULL ORDER BY rank LIMIT 1",
        (backlog.id, ItemState.READY, item.rank),
    )
    return str(rows[0]["title"]) if rows else None


async def _under_way(
    backlog: Backlog,
) -> tuple[dict[str, int], list[tuple[str, int | None]]]:
    """The limits, and state and puller of each item under way."""
    limits, items = await fetch_together(
        Statement("SELECT scope, most FROM backlog_wip_limit WHERE backlog_id = ?", (backlog.id,)),
        Statement(
            "SELECT state, pulled_by_id FROM backlog_item WHERE backlog_id = ? AND state IN (?, ?)",
            (backlog.id, *UNDER_WAY),
        ),
    )
    return (
        {row["scope"]: row["most"] for row in limits},
        [(row["state"], row["pulled_by_id"]) for row in items],
    )


def _check_column(
    limits: dict[str, int], under_way: Sequence[tuple[str, int | None]], scope: WipScope
) -> None:
    held = Counter(state for state, _ in under_way)[scope.value]
    most = limits.get(scope)
    if most is not None and held >= most:
        column = scope.replace("_", " ").lower()
        message = f"{held} are {column}, and the limit is {most}."
        raise Refused(Code.COLUMN_LIMIT_REACHED, message, ("itemId",))
