"""The order of a backlog: one list, and nothing but the Owner's word moves an item in it."""

from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.backlog.items import BACKLOG_OF, Backlog, Item, opened_with
from touchline.domain.backlog.logbook import note, placed, tell
from touchline.domain.backlog.ranking import LONGEST, between, spread
from touchline.domain.backlog.rights import require_owner
from touchline.domain.backlog.types import ORDERED, Change
from touchline.domain.backlog.words import checked_reason
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.db import (
    execute,
    execute_many,
    fetch,
    fetch_together,
    transactional,
)
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.statements import Found, Statement
from touchline.domain.kernel.transaction import write_later

BEHIND = "~"
"""With this begin the ranks of what does not stand in the ordered list."""


def unordered_rank(item_id: int) -> str:
    """The rank of an item that does not stand in the list."""
    return f"{BEHIND}{item_id:020d}"


@transactional
async def move_item(
    actor: Actor,
    item_id: int,
    *,
    after: int | None,
    expected_order_version: int | None = None,
    reason: str | None = None,
) -> int:
    """Put an item behind another one, or on top of the list when ``after`` is ``None``.

    Returns the backlog's id. Raises ``StaleOrder`` when the caller has seen another order.
    """
    backlog, item, around = await opened_with(item_id, _around(after, item_id))
    mandate = await require_owner(actor, backlog)
    backlog.expect(expected_order_version)
    said = checked_reason(reason, needed=False)
    if item.state not in ORDERED:
        message = "Only what stands in the ordered list has a place in it."
        raise Refused(Code.STEP_NOT_POSSIBLE, message, ("itemId",))
    rank = await _rank_in(backlog, after, item_id, around)
    write_later(Statement("UPDATE backlog_item SET rank = ? WHERE id = ?", (rank, item_id)))
    version = count_order(backlog)
    title = None if after is None else around[0][0]["title"]
    note(actor, backlog.id, item_id, placed(after, title, said, mandate))
    await tell(backlog.id, item_id, item.state, version, Change.MOVED)
    return backlog.id


def count_order(backlog: Backlog) -> int:
    """Note that the list was ordered, before the transaction ends; returns its new version."""
    text = "UPDATE backlog SET order_version = order_version + 1 WHERE id = ?"
    write_later(Statement(text, (backlog.id,)))
    return backlog.order_version + 1


async def rank_after(backlog: Backlog, after: int | None, item_id: int) -> str:
    """A rank directly behind another item, or on top; refuses what is no neighbour in this list.

    When there is no more room for a short one, the whole list is spread anew.
    """
    around = await fetch_together(*_around(after, item_id))
    return await _rank_in(backlog, after, item_id, around)


async def rank_at_the_end(backlog: Backlog, item_id: int) -> str:
    """A rank behind all others."""
    rows = await fetch(
        "SELECT id FROM backlog_item WHERE backlog_id = ? AND rank < ? AND id <> ?"
        " ORDER BY rank DESC LIMIT 1",
        (backlog.id, BEHIND, item_id),
    )
    return await rank_after(backlog, rows[0]["id"] if rows else None, item_id)


def _around(after: int | None, item_id: int) -> list[Statement]:
    """Reads of the ranks between which the item is to stand."""
    low = f"SELECT {{}} FROM backlog_item WHERE id = ? AND backlog_id = ({BACKLOG_OF}) AND rank < ?"
    mine = (0 if after is None else after, item_id, BEHIND)
    return [
        Statement(low.format("rank, title"), mine),
        Statement(
            f"SELECT rank FROM backlog_item WHERE backlog_id = ({BACKLOG_OF})"
            f" AND rank > coalesce(({low.format('rank')}), '') AND rank < ? AND id <> ?"
            " ORDER BY rank LIMIT 1",
            (item_id, *mine, BEHIND, item_id),
        ),
    ]


async def _rank_in(backlog: Backlog, after: int | None, item_id: int, around: Found) -> str:
    """A rank in the gap that was read; when it would be too long, in a list that is spread anew."""
    rank = between(*_gap(after, item_id, around))
    if len(rank) > LONGEST:
        await _spread(backlog)
        rank = between(*_gap(after, item_id, await fetch_together(*_around(after, item_id))))
    return rank


def _gap(after: int | None, item_id: int, around: Found) -> tuple[str | None, str | None]:
    """The ranks between which the item is to stand; ``None`` at an end of the list."""
    low, high = around
    if after is not None and (not low or after == item_id):
        message = "The neighbour is no other item in the order of this backlog."
        raise Refused(Code.NEIGHBOUR_FOREIGN, message, ("after",))
    return (low[0]["rank"] if low else None), (high[0]["rank"] if high else None)


async def _spread(backlog: Backlog) -> None:
    """Give every item a short rank in the same order: first out of the way, then at its place."""
    rows = await fetch(
        "SELECT id FROM backlog_item WHERE backlog_id = ? AND rank < ? ORDER BY rank",
        (backlog.id, BEHIND),
    )
    ids = [row["id"] for row in rows]
    update = "UPDATE backlog_item SET rank = ? WHERE id = ?"
    await execute_many(update, [(unordered_rank(one), one) for one in ids])
    await execute_many(update, list(zip(spread(len(ids)), ids, strict=True)))


async def place_item(item: Item, rank: str) -> None:
    """Give an item its place in the list at once."""
    await execute("UPDATE backlog_item SET rank = ? WHERE id = ?", (rank, item.id))
