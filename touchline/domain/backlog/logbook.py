"""The log of a backlog: what was done with each item, by whom and why, written once."""

from dataclasses import dataclass

from touchline.domain.backlog.events import BACKLOG_CHANGED
from touchline.domain.backlog.types import Change, ItemState, LogKind, MandateKind
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import DAY, Moment, now
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import insert_later

_COLUMNS = (
    *("backlog_id", "item_id", "kind", "from_value", "to_value", "reason"),
    *("actor_name", "member_id", "mandate", "from_name", "to_name", "logged_at"),
)
_WEEK = 7 * DAY


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that is to be written: of what sort, from what to what, and why.

    Where ``before`` or ``after`` is a key, its name says what people call that now.
    """

    kind: LogKind
    before: str | None = None
    after: str | None = None
    reason: str | None = None
    mandate: MandateKind | None = None
    before_name: str | None = None
    after_name: str | None = None


def note(actor: Actor, backlog_id: int, item_id: int, *entries: Entry) -> None:
    """Write lines of an item's history before the surrounding transaction ends."""
    insert_later(
        "backlog_log",
        _COLUMNS,
        [
            (
                *(backlog_id, item_id, one.kind, one.before, one.after, one.reason),
                *(actor.name, actor.member_id, one.mandate, one.before_name, one.after_name, now()),
            )
            for one in entries
        ],
    )


def placed(
    after: int | None, title: str | None, reason: str | None, mandate: MandateKind | None
) -> Entry:
    """That an item was put behind another, which is called so now, or on top."""
    if after is None:
        return Entry(LogKind.ORDER, None, "the top", reason, mandate)
    named = f"behind “{title}”"
    return Entry(LogKind.ORDER, None, f"behind {after}", reason, mandate, after_name=named)


def first_step(item: str, to: ItemState | None = None) -> str:
    """SQL: when the item of this key took its first step of all, or its first into a state."""
    into = "" if to is None else f" AND p.to_value = '{to}'"
    lines = f"backlog_log p WHERE p.item_id = {item} AND p.kind = '{LogKind.STATE}'{into}"
    return f"(SELECT min(p.logged_at) FROM {lines})"


async def whole_weeks(backlog_id: int, until: Moment, *, most: int) -> int:
    """How many whole weeks of a backlog there are to look back on, at most so many."""
    began = await fetch(
        "SELECT min(logged_at) AS at FROM backlog_log WHERE backlog_id = ?", (backlog_id,)
    )
    return 0 if began[0]["at"] is None else min(most, (until - began[0]["at"]) // _WEEK)


async def tell(
    backlog_id: int, item_id: int, state: ItemState, order_version: int, change: Change
) -> None:
    """Tell those who watch a board what became of an item."""
    about = {"item": item_id, "state": state, "cycle": None}
    news = {"backlog": backlog_id, "change": change, "order": order_version, **about}
    await emit(BACKLOG_CHANGED, news)


async def tell_board(
    backlog_id: int, order_version: int, change: Change, *, cycle_id: int | None = None
) -> None:
    """Tell those who watch a board what became of it, or of a cycle of it."""
    about = {"item": None, "state": None, "cycle": cycle_id}
    news = {"backlog": backlog_id, "change": change, "order": order_version, **about}
    await emit(BACKLOG_CHANGED, news)
