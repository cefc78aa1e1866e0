"""Commands on the event log. Callers stand above and hold the transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.db import execute, fetch, fetch_one
from touchline.domain.kernel.ids import allocate, digest, new_message_id
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import insert_rows, values_table
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import Facts, mark
from touchline.domain.timeline.events import TOUCHPOINTS_ADDED
from touchline.domain.timeline.types import ClockTrust, LinkMove, NewTouchpoint, TouchpointType

_COLUMNS = NewTouchpoint._fields


def message_digest(source_id: int, message_id: str) -> bytes:
    """What a message is known by for ever: two sources may use the same id."""
    return digest(str(source_id), message_id)


async def claim_messages(digests: Sequence[bytes]) -> set[bytes]:
    """Take note of messages; returns those that were never seen before."""
    rows = [(one,) for one in sorted(set(digests))]  # in one order, so that none waits in a ring
    fresh = await insert_rows(
        "receipt", ["digest"], rows, on_conflict="ON CONFLICT DO NOTHING", returning="digest"
    )
    return {bytes(row["digest"]) for row in fresh}


async def reserve(count: int) -> list[int]:
    """Ids for touchpoints that the same transaction will append."""
    return await allocate("touchpoint", count)


async def append(touchpoints: Sequence[NewTouchpoint]) -> None:
    """Write entries to the log and tell those who follow it, once for all of them."""
    if not touchpoints:
        return
    await insert_rows("touchpoint", _COLUMNS, touchpoints)
    mark(_news(touchpoints))
    added = [[one.customer_id, one.id] for one in touchpoints]
    await emit(TOUCHPOINTS_ADDED, {"touchpoints": added})


async def append_entry(
    actor: Actor,
    *,
    customer_id: int,
    type: TouchpointType,  # noqa: A002
    name: str,
    summary: str,
    properties: Mapping[str, Any],
    occurred_at: Moment | None = None,
    entry_id: int | None = None,
) -> int:
    """Write one entry of a person; returns its id (``entry_id``, where one was reserved).

    It hangs on the link by which the customer was first seen, so that it follows that side when
    the customer is ever split.
    """
    moment = now()
    if entry_id is None:
        (entry_id,) = await reserve(1)
    entry = NewTouchpoint(
        id=entry_id,
        customer_id=customer_id,
        link_id=await first_link(customer_id),
        source_id=None,
        message_id=new_message_id(),
        type=type,
        name=name,
        summary=summary,
        occurred_at=moment if occurred_at is None else occurred_at,
        received_at=moment,
        clock=ClockTrust.RECEIVED if occurred_at is None else ClockTrust.ORIGINAL,
        properties=orjson.dumps(properties).decode(),
        context="{}",
        extra=None,
        device=None,
        actor_name=actor.name,
    )
    await append([entry])
    return entry_id


async def first_link(customer_id: int) -> int | None:
    """The link by which the customer was first seen."""
    row = await fetch_one(
        "SELECT link_id FROM touchpoint WHERE customer_id = ? AND link_id IS NOT NULL"
        " ORDER BY occurred_at, id LIMIT 1",
        (customer_id,),
    )
    return row["link_id"] if row else None


async def withdraw_entry(touchpoint_id: int) -> None:
    """Take back a system entry whose act was undone. Touchpoints of sources are never undone."""
    gone = await fetch(
        "DELETE FROM touchpoint WHERE id = ? AND source_id IS NULL"
        " RETURNING customer_id, name, type",
        (touchpoint_id,),
    )
    for row in gone:
        told = (facts.EVENT, facts.event(row[1]), facts.event_type(row[2]), facts.EVER)
        mark({row[0]: told})


async def reassign(moves: Sequence[LinkMove]) -> None:
    """Give the touchpoints that came by each link to the customer the link belongs to now."""
    if not moves:
        return
    item, params = values_table(
        "moved",
        [("link", "bigint"), ("old", "bigint"), ("new", "bigint")],
        [(move.link_id, move.from_customer_id, move.to_customer_id) for move in moves],
    )
    await execute(
        f"WITH {item} UPDATE touchpoint SET customer_id = moved.new FROM moved"
        " WHERE touchpoint.customer_id = moved.old AND touchpoint.link_id = moved.link",
        params,
    )


async def set_origins(origins: Mapping[int, int]) -> None:
    """Say of touchpoints, by their ids, where they came from."""
    item, params = values_table(
        "told", [("id", "bigint"), ("origin", "bigint")], [*origins.items()]
    )
    await execute(
        f"WITH {item} UPDATE touchpoint SET origin_id = told.origin FROM told"
        " WHERE touchpoint.id = told.id",
        params,
    )


async def set_assets(assets: Mapping[int, int]) -> None:
    """Say of touchpoints, by their ids, of which content they speak; it counts as news of them."""
    if not assets:
        return
    item, params = values_table("told", [("id", "bigint"), ("asset", "bigint")], [*assets.items()])
    rows = await fetch(
        f"WITH {item} UPDATE touchpoint SET asset_id = told.asset FROM told"
        " WHERE touchpoint.id = told.id RETURNING customer_id",
        params,
    )
    mark({row["customer_id"]: (facts.EVENT,) for row in rows})


async def absorb(heirs: Mapping[int, int]) -> None:
    """Give all touchpoints of each absorbed customer to its heir."""
    item, params = values_table("heir", [("old", "bigint"), ("new", "bigint")], [*heirs.items()])
    await execute(
        f"WITH {item} UPDATE touchpoint SET customer_id = heir.new FROM heir"
        " WHERE touchpoint.customer_id = heir.old",
        params,
    )


def _news(touchpoints: Sequence[NewTouchpoint]) -> Facts:
    news: Facts = {}
    earliest: dict[int, Moment] = {}
    for one in touchpoints:
        noted = news.setdefault(one.customer_id, {facts.EVENT})
        noted.add(facts.event(one.name))
        noted.add(facts.event_type(one.type))
        known = earliest.setdefault(one.customer_id, one.occurred_at)
        if one.occurred_at < known:
            earliest[one.customer_id] = one.occurred_at
    for customer_id, moment in earliest.items():
        news[customer_id].add(facts.since(moment))
    return news
