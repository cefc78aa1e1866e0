"""Reading what could not be taken as it came."""

from collections.abc import Sequence

from touchline.domain.collect.models import RejectedEvent
from touchline.domain.collect.quarantine import Quarantined
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.db import fetch_one


async def list_rejected(actor: Actor, *, limit: int = 100) -> Sequence[tuple[int, Quarantined]]:
    """The newest rejected events that were not replayed, each with its id."""
    actor.require(Scope.READ)
    rows = await RejectedEvent.filter(replayed_at=None).order_by("-id").limit(limit)
    return [(row.id, _as_quarantined(row)) for row in rows]


async def count_landed() -> int:
    """How many accepted events wait for the timeline."""
    row = await fetch_one("SELECT COALESCE(SUM(event_count), 0) AS waiting FROM landing")
    return int(row["waiting"]) if row else 0


def _as_quarantined(row: RejectedEvent) -> Quarantined:
    return Quarantined(
        source_id=row.source_id,
        received_at=row.received_at,
        code=row.code,
        path=row.path,
        message=row.message,
        raw=bytes(row.raw_bytes),
        request=row.request,
    )
