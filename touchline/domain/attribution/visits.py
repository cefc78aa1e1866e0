"""Visits: what of all that a customer does is one touch.

Not every page that somebody looks at is a touch. A visit begins with an arrival by a channel and
goes on while something of it happens at least every half hour: more arrivals by the same channel,
direct ones (the address is opened again), and content that is read. All of it is one touch, by the
channel by which the visit began. Content that is read outside of a visit is one of its own.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from touchline.domain.kernel.clock import MINUTE, Moment

PAUSE = 30 * MINUTE


@dataclass(frozen=True, slots=True)
class Seen:
    """A touchpoint that tells of an arrival by a channel (``arrives``), or of content."""

    id: int
    at: Moment
    channel: int
    campaign: str
    asset: int | None
    arrives: bool


@dataclass(slots=True)
class Visit:
    """One touch. ``channel`` and ``campaign`` are those of ``first``, by which it began."""

    first: Seen
    last_at: Moment
    content: list[Seen] = field(default_factory=list)

    @property
    def begun(self) -> tuple[Moment, int]:
        """When it began; touchpoints of one instant stand in the order of their ids."""
        return self.first.at, self.first.id

    def parts(self, end: tuple[Moment, int]) -> list[Seen]:
        """What shares its credit: each asset once, by the touchpoint that first told of it.

        What came after ``end`` does not count. Without any asset it is the arrival.
        """
        found: dict[int | None, Seen] = {}
        for one in self.content:
            if (one.at, one.id) <= end:
                found.setdefault(one.asset, one)
        return list(found.values()) or [self.first]


def visits(seen: Iterable[Seen], direct: Collection[int]) -> list[Visit]:
    """The visits of a customer, from its touchpoints in order; ``direct`` are channels."""
    found: list[Visit] = []
    for one in seen:
        visit = found[-1] if found else None
        if visit is None or not _goes_on(visit, one, direct):
            visit = Visit(one, one.at)
            found.append(visit)
        visit.last_at = one.at
        if one.asset is not None:
            visit.content.append(one)
    return found


def _goes_on(visit: Visit, one: Seen, direct: Collection[int]) -> bool:
    if one.at - visit.last_at > PAUSE:
        return False
    return not one.arrives or one.channel == visit.first.channel or one.channel in direct
