"""Commands that write items: propose, change, estimate."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from touchline.domain.backlog.depending import check_dependencies
from touchline.domain.backlog.errors import BacklogErrorCode as Code
from touchline.domain.backlog.items import Item, as_item, held_backlog, opened
from touchline.domain.backlog.logbook import Entry, note, tell
from touchline.domain.backlog.ordering import unordered_rank
from touchline.domain.backlog.refreshing import refresh
from touchline.domain.backlog.rewriting import entries_of
from touchline.domain.backlog.rights import require_worker
from touchline.domain.backlog.types import CLOSED, Change, ItemState, LogKind, Question
from touchline.domain.backlog.words import (
    ItemText,
    check_figures,
    checked_effort,
    checked_text,
    checked_title,
)
from touchline.domain.campaigns.queries import is_campaign
from touchline.domain.content.queries import status_of
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import Row, execute, fetch, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.ids import allocate
from touchline.domain.kernel.outbox import as_document
from touchline.domain.segments.queries import sizes_of


@transactional
async def propose_item(
    actor: Actor, backlog_id: int, text: ItemText, *, based_on: int | None = None
) -> int:
    """Put something before the Owner; returns the item's id. Everybody signed in may.

    ``based_on`` is an item of this backlog, of which something came that suggests it.
    """
    actor.require(Scope.TEAM)
    backlog = await held_backlog(backlog_id)
    (item_id,) = await allocate("backlog_item", 1)
    written = await _checked(text, backlog.id, item_id)
    moment = now()
    row = {
        "id": item_id,
        "backlog_id": backlog.id,
        "state": ItemState.PROPOSED,
        "rank": unordered_rank(item_id),
        "missing": orjson.dumps(list(Question)).decode(),
        "proposed_by_id": actor.member_id,
        "based_on_id": based_on,
        "created_at": moment,
        "state_at": moment,
        **written,
    }
    columns, places = ", ".join(row), ", ".join("?" * len(row))
    await execute(f"INSERT INTO backlog_item ({columns}) VALUES ({places})", [*row.values()])
    note(actor, backlog.id, item_id, Entry(LogKind.STATE, None, ItemState.PROPOSED))
    await refresh(actor, backlog, [item_id])
    order = backlog.order_version
    await tell(backlog.id, item_id, ItemState.PROPOSED, order, Change.PROPOSED)
    return item_id


@transactional
async def revise_item(actor: Actor, item_id: int, text: ItemText) -> None:
    """Write an item anew: who proposed it while it is a proposal, and whoever works here."""
    actor.require(Scope.TEAM)
    backlog, item = await opened(item_id, "id")
    if actor.member_id is None or actor.member_id != item.proposed_by_id:
        require_worker(actor)
    _check_open(item, "id")
    before = await _row(item_id)
    written = await _checked(text, backlog.id, item_id, waits_for=item.depends_on)
    changed = {name: value for name, value in written.items() if value != before[name]}
    if changed:
        sets = ", ".join(f"{name} = ?" for name in changed)
        await execute(f"UPDATE backlog_item SET {sets} WHERE id = ?", [*changed.values(), item_id])
        note(actor, backlog.id, item_id, *await entries_of(before, changed))
        state = (await refresh(actor, backlog, [item_id])).get(item_id, item.state)
        await tell(backlog.id, item_id, state, backlog.order_version, Change.WRITTEN)


@transactional
async def estimate_item(actor: Actor, item_id: int, effort: int) -> None:
    """Say how large an item is; the team does so, not the Owner alone."""
    require_worker(actor)
    backlog, item = await opened(item_id)
    _check_open(item, "itemId")
    size = checked_effort(effort)
    await execute("UPDATE backlog_item SET effort = ? WHERE id = ?", (size, item_id))
    before = None if item.effort is None else str(item.effort)
    note(actor, backlog.id, item_id, Entry(LogKind.ESTIMATE, before, str(size)))
    state = (await refresh(actor, backlog, [item_id])).get(item_id, item.state)
    await tell(backlog.id, item_id, state, backlog.order_version, Change.ESTIMATED)


async def text_of(item_id: int) -> ItemText:
    """What is written of an item now; refuses unknown ones."""
    row = await fetch_one("SELECT * FROM backlog_item WHERE id = ?", (item_id,))
    if row is None:
        raise Refused(Code.ITEM_NOT_FOUND, "There is no such item.", ("id",))
    return as_text(row)


def as_text(row: Row) -> ItemText:
    """What is written of an item, of its row."""
    item = as_item(row)
    return ItemText(
        *(row["title"], row["kind"], row["description"], row["effort"], row["customer_kind"]),
        *(row["customer_level"], row["goal_id"], row["business_level"], row["urgency"]),
        *(row["confidence"], row["hypothesis"], row["metric"], row["target_milli"]),
        *(row["window_days"], row["segment_id"], row["campaign_id"], item.asset_ids),
        item.depends_on if item.is_dependency_known else None,
    )


def columns_of(
    text: ItemText, asset_ids: Sequence[int], depends_on: Sequence[int]
) -> dict[str, Any]:
    """What is written, as the columns that keep it; refuses what no item can have."""
    check_figures(text)
    return {
        "title": checked_title(text.title),
        "description": checked_text(text.description, "description"),
        "kind": text.kind,
        "effort": checked_effort(text.effort),
        "customer_kind": text.customer_kind,
        "customer_level": text.customer_level,
        "goal_id": text.goal_id,
        "business_level": text.business_level,
        "urgency": text.urgency,
        "confidence": text.confidence,
        "hypothesis": checked_text(text.hypothesis, "hypothesis"),
        "metric": text.metric,
        "target_milli": text.target_milli,
        "window_days": text.window_days,
        "segment_id": text.segment_id,
        "campaign_id": text.campaign_id,
        "asset_ids": orjson.dumps(list(asset_ids)).decode(),
        "depends_on": orjson.dumps(list(depends_on)).decode(),
        "is_dependency_known": text.depends_on is not None,
    }


async def check_assets(asset_ids: Iterable[int]) -> dict[int, bool]:
    """Whether readers see each of some assets; refuses unknown ones."""
    wanted = list(dict.fromkeys(asset_ids))
    known = await status_of(wanted)
    for asset in wanted:
        if asset not in known:
            raise Refused(Code.ASSET_NOT_FOUND, "There is no such asset.", ("contentAssetIds",))
    return {asset: known[asset] for asset in wanted}


def _check_open(item: Item, field: str) -> None:
    if item.state in CLOSED:
        message = "The item is closed; what was written of it stays."
        raise Refused(Code.STEP_NOT_POSSIBLE, message, (field,))


async def _checked(
    text: ItemText, backlog_id: int, item_id: int, waits_for: Sequence[int] = ()
) -> dict[str, Any]:
    """The same, for what is written of one item, after a look at all that it names.

    What it ``waits_for`` already was looked at when that was said.
    """
    check_figures(text)
    if text.goal_id is not None and not await fetch(
        "SELECT 1 FROM business_goal WHERE id = ?", (text.goal_id,)
    ):
        message = "There is no such goal."
        raise Refused(Code.GOAL_NOT_FOUND, message, ("businessValue", "goalId"))
    if text.segment_id is not None and text.segment_id not in await sizes_of([text.segment_id]):
        raise Refused(Code.SEGMENT_NOT_FOUND, "There is no such segment.", ("segmentId",))
    if text.campaign_id is not None and not await is_campaign(text.campaign_id):
        raise Refused(Code.CAMPAIGN_NOT_FOUND, "There is no such campaign.", ("campaignId",))
    assets = await check_assets(text.asset_ids)
    depends_on = list(dict.fromkeys(text.depends_on or ()))
    if depends_on != list(waits_for):
        await check_dependencies(backlog_id, item_id, depends_on)
    return columns_of(text, [*assets], depends_on)


async def _row(item_id: int) -> dict[str, Any]:
    row = await fetch_one("SELECT * FROM backlog_item WHERE id = ?", (item_id,))
    assert row is not None
    known = {name: row[name] for name in row.keys()}  # noqa: SIM118
    for name in ("asset_ids", "depends_on"):
        known[name] = orjson.dumps(as_document(row[name])).decode()
    return known | {"is_dependency_known": bool(row["is_dependency_known"])}
