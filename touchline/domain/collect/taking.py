"""The landing's other end: requests are taken, processed, and removed in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from touchline.domain.collect.landed import detach
from touchline.domain.collect.quarantine import Quarantined, said_around, set_aside
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import dialect, execute, fetch
from touchline.domain.kernel.rows import in_list, insert_rows

_MOST_REQUESTS = 500
_FIRST_STEP = 4
PROCESSING_FAILED = "PROCESSING_FAILED"


@dataclass(frozen=True, slots=True)
class Landed:
    """One landed request: ``body`` is what ``landed.read_landing`` reads."""

    id: int
    source_id: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Warned:
    """Something about an accepted event that a person should know."""

    source_id: int
    touchpoint_id: int | None
    code: str
    message: str


async def take(events: int) -> list[Landed]:
    """Lock the oldest requests that hold about ``events`` events together (at least one).

    Others that take at the same time get other requests (PostgreSQL) or wait (SQLite).
    """
    wanted = await _choose(events)
    if not wanted:
        return []
    condition, params = in_list("id", wanted)
    bodies = await fetch(
        f"SELECT id, source_id, body FROM landing WHERE {condition} ORDER BY id", params
    )
    return [Landed(row["id"], row["source_id"], bytes(row["body"])) for row in bodies]


async def remove(landing_ids: Iterable[int]) -> None:
    """Forget requests whose events are on the timeline or in quarantine."""
    condition, params = in_list("id", landing_ids)
    await execute(f"DELETE FROM landing WHERE {condition}", params)


async def warn(warnings: Sequence[Warned]) -> None:
    """Record warnings about accepted events."""
    moment = now()
    await insert_rows(
        "ingestion_warning",
        ["source_id", "touchpoint_id", "code", "message", "occurred_at"],
        [(one.source_id, one.touchpoint_id, one.code, one.message, moment) for one in warnings],
    )


async def quarantine(landed: Landed, index: int, message: str) -> None:
    """Set one event of a request aside that was accepted and cannot be processed.

    It keeps what its request said, so a replay gives it the same time and context.
    """
    raw, origin = detach(landed.body, index)
    event = Quarantined(
        source_id=landed.source_id,
        received_at=origin.received_at,
        code=PROCESSING_FAILED,
        path="",
        message=message,
        raw=raw,
        request=said_around(origin, None, whole=False),
    )
    await set_aside([event])


async def _choose(events: int) -> list[int]:
    """Lock requests in growing steps, for one that is locked and left would be idle meanwhile."""
    lock = " FOR UPDATE SKIP LOCKED" if dialect() == "postgres" else ""
    step = _FIRST_STEP if lock else _MOST_REQUESTS
    wanted: list[int] = []
    total = last = 0
    while total < events and len(wanted) < _MOST_REQUESTS:
        rows = await fetch(
            f"SELECT id, event_count FROM landing WHERE id > ? ORDER BY id LIMIT ?{lock}",
            (last, step),
        )
        for row in rows:
            if wanted and total + row["event_count"] > events:
                return wanted
            wanted.append(row["id"])
            total += row["event_count"]
        if len(rows) < step:
            break
        last = rows[-1]["id"]
        step *= 2
    return wanted
