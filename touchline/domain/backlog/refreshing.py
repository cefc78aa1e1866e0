"""Keeping readiness true: items move between BACKLOG and READY as their questions are answered."""

from collections.abc import Iterable

import orjson

from touchline.domain.backlog.items import Backlog, Item, as_item
from touchline.domain.backlog.logbook import Entry, note, tell
from touchline.domain.backlog.readiness import missing
from touchline.domain.backlog.types import CLOSED, ORDERED, Change, ItemState, LogKind
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.rows import in_list

_WAITING = (ItemState.PROPOSED, *ORDERED)


async def refresh(actor: Actor, backlog: Backlog, item_ids: Iterable[int]) -> dict[int, ItemState]:
    """Answer the questions of some items anew, after what they are made of has changed.

    The log names who made the change. Returns where those stand that came to another state.
    """
    wanted, params = in_list("id", item_ids)
    items = [as_item(row) for row in await fetch(_WHERE.format(wanted), params)]
    return await _refresh(actor, backlog, [item for item in items if item.state in _WAITING])


async def refresh_who_waits(actor: Actor, backlog: Backlog, item_id: int) -> None:
    """The same for all that wait for an item, which was closed or taken up again.

    Those who watch the board are told of each that came to another state.
    """
    wanted, params = in_list("state", _WAITING)
    text = f"backlog_id = ? AND {wanted}"
    items = [as_item(row) for row in await fetch(_WHERE.format(text), (backlog.id, *params))]
    waiting = [item for item in items if item_id in item.depends_on]
    for one, state in (await _refresh(actor, backlog, waiting)).items():
        await tell(backlog.id, one, state, backlog.order_version, Change.READINESS)


_WHERE = "SELECT * FROM backlog_item WHERE {}"


async def _refresh(actor: Actor, backlog: Backlog, items: list[Item]) -> dict[int, ItemState]:
    moved: dict[int, ItemState] = {}
    named = {one for item in items for one in item.depends_on}
    open_ids = await _open_among(named)
    for item in items:
        lacking = missing(item, open_ids)
        state = item.state
        if state in ORDERED:
            state = ItemState.BACKLOG if lacking else ItemState.READY
        if (tuple(lacking), state) == (item.missing, item.state):
            continue
        await execute(
            "UPDATE backlog_item SET missing = ?, state = ?,"
            " state_at = CASE WHEN state = ? THEN state_at ELSE ? END WHERE id = ?",
            (orjson.dumps(lacking).decode(), state, state, now(), item.id),
        )
        if state is not item.state:
            note(actor, backlog.id, item.id, Entry(LogKind.STATE, item.state, state))
            moved[item.id] = state
    return moved


async def _open_among(item_ids: Iterable[int]) -> set[int]:
    wanted, params = in_list("id", item_ids)
    if not params or params == [[]]:
        return set()
    rows = await fetch(f"SELECT id, state FROM backlog_item WHERE {wanted}", params)
    return {row["id"] for row in rows if row["state"] not in CLOSED}
