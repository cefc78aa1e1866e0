"""News that must be acted on, written in the transaction that makes it true."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson

from touchline.domain.kernel import clock, doorbell
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import after_commit, dialect, execute, fetch, transactional
from touchline.domain.kernel.rows import in_list, insert_later
from touchline.domain.kernel.transaction import gathered

_TOLD = "news"


@dataclass(frozen=True, slots=True)
class Event:
    """One piece of news; ids ascend in the order of writing, with gaps."""

    id: int
    topic: str
    payload: dict[str, Any]


async def emit(topic: str, payload: dict[str, Any]) -> None:
    """Tell ``topic`` in the surrounding transaction: with it, or not at all."""
    await emit_many(topic, [payload])


@transactional
async def emit_many(topic: str, payloads: Sequence[dict[str, Any]]) -> None:
    """The same for many at once. All that one transaction tells is written before its commit."""
    now = clock.now()
    told = gathered(_TOLD, list[tuple[str, str, Moment]], _write)
    told += [(topic, orjson.dumps(payload).decode(), now) for payload in payloads]


async def _write(told: Sequence[tuple[str, str, Moment]]) -> None:
    insert_later("outbox", ["topic", "payload", "created_at"], told)
    after_commit(partial(doorbell.ring, doorbell.OUTBOX))


async def peek(limit: int) -> list[Event]:
    """The oldest events that still wait."""
    rows = await fetch("SELECT id, topic, payload FROM outbox ORDER BY id LIMIT ?", (limit,))
    return [Event(row["id"], row["topic"], as_document(row["payload"])) for row in rows]


async def take(event_ids: Sequence[int]) -> set[int]:
    """Remove events in the surrounding transaction; returns those that nobody else took."""
    wanted, params = in_list("id", event_ids)
    locked = " ORDER BY id FOR UPDATE SKIP LOCKED" if dialect() == "postgres" else ""
    rows = await fetch(f"SELECT id FROM outbox WHERE {wanted}{locked}", params)
    taken = {row["id"] for row in rows}
    if taken:
        ours, params = in_list("id", sorted(taken))
        await execute(f"DELETE FROM outbox WHERE {ours}", params)
    return taken


async def waiting() -> int:
    """How many events wait for the relay."""
    rows = await fetch("SELECT COUNT(*) AS waiting FROM outbox")
    return int(rows[0]["waiting"])


def as_document(stored: Any) -> dict[str, Any]:
    """A JSON column as raw SQL returns it."""
    document: dict[str, Any] = orjson.loads(stored) if isinstance(stored, str | bytes) else stored
    return document
