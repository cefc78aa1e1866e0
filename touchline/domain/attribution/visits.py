"""Visits: what of all that a customer does is one touch.

Not every page that somebody looks at is a touch. A visit begins with an arrival by a channel and
goes on while something of it happens at least every half hour: more arrivals by the same channel,
direct ones (the address is opened again), and content that is read. All of it is one touch, by the
channel by which the visit began.

Content that is read outside of a visit is a touch of its own, by the channel and the campaign of
the visit before it, where that is not too long ago; else the customer came to it directly.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

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


def visits(
    seen: Iterable[Seen],
    direct: Collection[int],
    *,
    home: int | None = None,
    look_back: Moment | None = None,
) -> list[Visit]:
    """The visits of a customer, from its touchpoints in order; ``direct`` are channels.

    ``home`` is the channel of content outside of a visit where no arrival was within ``look_back``
    (ms) before it; ``None`` leaves it that of its own touchpoint, and any time counts.
    """
    found: list[Visit] = []
    came: Seen | None = None
    for one in seen:
        visit = found[-1] if found else None
        if visit is None or not _goes_on(visit, one, direct):
            first = one if one.arrives else _placed(one, came, home, look_back)
            visit = Visit(first, one.at)
            found.append(visit)
        if one.arrives:
            came = replace(visit.first, at=one.at)
        visit.last_at = one.at
        if one.asset is not None:
            visit.content.append(one)
    return found


def _placed(one: Seen, came: Seen | None, home: int | None, look_back: Moment | None) -> Seen:
    """Content outside of a visit, by the channel that it is credited to; ``came`` is the last
    arrival, with channel and campaign of its visit."""
    if came is not None and (look_back is None or one.at - came.at < look_back):
        return replace(one, channel=came.channel, campaign=came.campaign)
    return one if home is None else replace(one, channel=home)


def _goes_on(visit: Visit, one: Seen, direct: Collection[int]) -> bool:
    if one.at - visit.last_at > PAUSE:
        return False
    return not one.arrives or one.channel == visit.first.channel or one.channel in direct
