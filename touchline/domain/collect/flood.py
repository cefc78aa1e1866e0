"""How much the quarantine keeps of a source that sends little else than nonsense.

A client gone wrong can send millions of bad events. Each is still answered and counted, but from a
bound on no more of its source are kept, until some were replayed or have grown old.
"""

import time
from collections.abc import Sequence

import structlog

from touchline.domain.collect.quarantine import Quarantined
from touchline.domain.kernel.db import fetch_one

COUNTED_FOR_S = 30.0

log = structlog.get_logger(__name__)


class Flood:
    """Knows how many events of each source wait in the quarantine.

    They are counted when the source has bad events and the last count is old; in between, what
    this process kept is added. Other processes keep some too, so the bound is passed a little.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._counts: dict[int, tuple[int, float]] = {}

    async def kept(self, events: Sequence[Quarantined]) -> list[Quarantined]:
        """Those of the events that there is room for; belongs inside a transaction."""
        room = {source: await self._room(source) for source in {one.source_id for one in events}}
        found: list[Quarantined] = []
        for one in events:
            if room[one.source_id] > 0:
                room[one.source_id] -= 1
                found.append(one)
        for source, left in room.items():
            self._counts[source] = (self._limit - left, self._counts[source][1])
        if len(found) < len(events):
            full = sorted(source for source, left in room.items() if left <= 0)
            dropped = len(events) - len(found)
            log.warning("quarantine.full", sources=full, limit=self._limit, not_kept=dropped)
        return found

    async def _room(self, source_id: int) -> int:
        count, until = self._counts.get(source_id, (0, 0.0))
        if until <= time.monotonic():
            count = await self._count(source_id)
            self._counts[source_id] = (count, time.monotonic() + COUNTED_FOR_S)
        return self._limit - count

    async def _count(self, source_id: int) -> int:
        row = await fetch_one(
            "SELECT count(*) AS waiting FROM (SELECT 1 AS one FROM rejected_event"
            " WHERE source_id = ? AND replayed_at IS NULL LIMIT ?) waiting",
            (source_id, self._limit),
        )
        return int(row["waiting"]) if row else 0
