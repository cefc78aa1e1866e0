"""Backlogs and items as commands find them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.backlog.errors import StaleOrder
from touchline.domain.backlog.types import ItemState, Metric
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import Row, fetch_one, fetch_together
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.outbox import as_document
from touchline.domain.kernel.rows import for_update
from touchline.domain.kernel.statements import Found, Statement
from touchline.domain.kernel.turns import hold_rows

BACKLOG_OF = "SELECT backlog_id FROM backlog_item WHERE id = ?"
"""Finds the backlog of an item."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """A backlog that nobody else changes until the transaction ends."""

    id: int
    name: str
    owner_id: int
    order_version: int

    def expect(self, order_version: int | None) -> None:
        """Raise ``StaleOrder`` when the caller has seen another order."""
        if order_version not in (None, self.order_version):
            raise StaleOrder(self.id, self.order_version)


@dataclass(frozen=True, slots=True)
class Item:
    """An item without the texts that no rule looks at."""

    id: int
    backlog_id: int
    title: str
    state: ItemState
    rank: str
    effort: int | None
    customer_level: int | None
    business_level: int | None
    urgency: int | None
    confidence: int | None
    hypothesis: str | None
    metric: Metric | None
    target_milli: int | None
    window_days: int | None
    segment_id: int | None
    asset_ids: tuple[int, ...]
    depends_on: tuple[int, ...]
    is_dependency_known: bool
    missing: tuple[str, ...]
    blocked_since: Moment | None
    pulled_by_id: int | None
    proposed_by_id: int | None


async def held_backlog(backlog_id: int, *path: str) -> Backlog:
    """The backlog, held until the transaction ends; refuses unknown ones.

    Whatever changes states or order holds it, so that each such act sees all those before it.
    """
    row = await fetch_one(f"SELECT * FROM backlog WHERE id = ?{for_update()}", (backlog_id,))
    if row is None:
        message = "There is no such backlog."
        raise Refused(Code.BACKLOG_NOT_FOUND, message, path or ("backlogId",))
    return _as_backlog(row)


async def opened(item_id: int, *path: str) -> tuple[Backlog, Item]:
    """An item and its backlog, held until the transaction ends; refuses unknown ones."""
    backlog, item, _ = await opened_with(item_id, (), *path)
    return backlog, item


async def opened_with(
    item_id: int, asked: Sequence[Statement], *path: str
) -> tuple[Backlog, Item, Found]:
    """The same, and the rows of other reads, in one go with it."""
    await hold_rows(f"SELECT id FROM backlog WHERE id = ({BACKLOG_OF.replace('?', str(item_id))})")
    held, found, *rest = await fetch_together(
        Statement(f"SELECT * FROM backlog WHERE id = ({BACKLOG_OF})", (item_id,)),
        Statement("SELECT * FROM backlog_item WHERE id = ?", (item_id,)),
        *asked,
    )
    if not held or not found:
        raise unknown_item(*path)
    return _as_backlog(held[0]), as_item(found[0]), rest


def as_item(row: Row | Mapping[str, Any]) -> Item:
    """A row of the table, as rules see it."""
    return Item(
        *(row["id"], row["backlog_id"], row["title"], ItemState(row["state"]), row["rank"]),
        *(row["effort"], row["customer_level"], row["business_level"], row["urgency"]),
        *(row["confidence"], row["hypothesis"]),
        None if row["metric"] is None else Metric(row["metric"]),
        *(row["target_milli"], row["window_days"], row["segment_id"]),
        listed(row["asset_ids"]),
        listed(row["depends_on"]),
        bool(row["is_dependency_known"]),
        listed(row["missing"]),
        *(row["blocked_since"], row["pulled_by_id"], row["proposed_by_id"]),
    )


def listed(stored: Any) -> tuple[Any, ...]:
    """A JSON array as it is kept."""
    return tuple(as_document(stored))


def unknown_item(*path: str) -> Refused:
    """The refusal for an item that does not exist."""
    return Refused(Code.ITEM_NOT_FOUND, "There is no such item.", path or ("itemId",))


def _as_backlog(row: Row | Mapping[str, Any]) -> Backlog:
    return Backlog(row["id"], row["name"], row["owner_id"], row["order_version"])
