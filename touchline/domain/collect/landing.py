"""Writing what came in: landings, the quarantine and the counters of sources, in one go."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from touchline.domain.collect.flood import Flood
from touchline.domain.collect.quarantine import Quarantined, set_aside
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.sources.service import count_traffic
from touchline.domain.sources.types import Traffic


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request, ready to be written: the packed landing, if any event of it was accepted."""

    source_id: int
    received_at: Moment
    accepted: int = 0
    landing: bytes = b""
    rejected: list[Quarantined] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes that will be written, about."""
        return len(self.landing) + sum(len(one.raw) for one in self.rejected)


async def write(arrivals: Sequence[Arrival], flood: Flood | None = None) -> None:
    """Write requests; belongs inside a transaction. ``flood`` bounds what is set aside."""
    await insert_rows(
        "landing",
        ["source_id", "received_at", "event_count", "body"],
        [
            (one.source_id, one.received_at, one.accepted, one.landing)
            for one in arrivals
            if one.accepted
        ],
    )
    rejected = [event for one in arrivals for event in one.rejected]
    await set_aside(await flood.kept(rejected) if flood and rejected else rejected)
    await count_traffic(_traffic(arrivals))


def _traffic(arrivals: Sequence[Arrival]) -> list[Traffic]:
    """One line per source, however many requests it sent."""
    accepted: dict[int, int] = {}
    rejected: dict[int, int] = {}
    seen: dict[int, Moment] = {}
    for one in arrivals:
        accepted[one.source_id] = accepted.get(one.source_id, 0) + one.accepted
        rejected[one.source_id] = rejected.get(one.source_id, 0) + len(one.rejected)
        seen[one.source_id] = max(seen.get(one.source_id, 0), one.received_at)
    return [Traffic(key, accepted[key], rejected[key], seen[key]) for key in seen]
