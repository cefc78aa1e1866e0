"""The bands of a score, and when it moves from one to the next by time alone."""

from collections.abc import Sequence
from typing import NamedTuple

from touchline.domain.kernel.clock import Moment
from touchline.domain.scoring.decay import crossing, faded, rank


class Band(NamedTuple):
    """A name for scores from ``minimum`` (micro-points) up to the next band's."""

    name: str
    minimum: int


class Fading(NamedTuple):
    """How the sums of a model are kept: their landmark, and how long they take to halve."""

    landmark: Moment
    half_life: Moment | None


class Change(NamedTuple):
    """At an instant, ``points`` micro-points that do not fade come or go."""

    at: Moment
    points: int


class Total(NamedTuple):
    """A score: what fades (kept from the landmark), what stays, and what comes or goes later."""

    fading: int
    steady: int
    changes: tuple[Change, ...] = ()

    def value(self, at: Moment, kept: Fading) -> int:
        """Micro-points at an instant."""
        stays = self.steady
        if self.changes:
            stays += sum(change.points for change in self.changes if change.at <= at)
        return faded(self.fading, at, *kept) + stays


def band_of(value: int, bands: Sequence[Band]) -> Band | None:
    """The band in which a value lies; ``None`` below the lowest. Bands ascend."""
    for band in reversed(bands):
        if value >= band.minimum:
            return band
    return None


def rank_of(total: Total, at: Moment, kept: Fading) -> int:
    """The number by which a score is sorted (see ``decay.rank``).

    That of a score which fades as a whole follows from its sum alone, whenever it is asked for.
    """
    if total.steady == 0 and not total.changes:
        return rank(total.fading, kept.landmark, kept.half_life)
    return rank(total.value(at, kept), at, kept.half_life)


def next_band_change(
    total: Total, bands: Sequence[Band], at: Moment, kept: Fading
) -> Moment | None:
    """The first instant after ``at`` at which the score is in another band, to the millisecond."""
    held = band_of(total.value(at, kept), bands)
    if not total.changes:
        return _crossing(total.fading, total.steady, held, bands, at, kept)
    begin = at
    for end in (*sorted({one.at for one in total.changes if one.at > at}), None):
        stays = total.value(begin, kept) - faded(total.fading, begin, *kept)
        met = _crossing(total.fading, stays, held, bands, begin, kept)
        if met is not None and (end is None or met < end):
            return met
        if end is None:
            return None
        if band_of(total.value(end, kept), bands) != held:
            return end
        begin = end
    return None


def _crossing(
    fading: int,
    steady: int,
    held: Band | None,
    bands: Sequence[Band],
    at: Moment,
    kept: Fading,
) -> Moment | None:
    """When the fading alone leaves the band: over its lower edge, or over that of the next."""
    if kept.half_life is None or fading == 0:
        return None
    if fading > 0:
        edge = held.minimum if held else None
    else:
        above = (band.minimum for band in bands if held is None or band.minimum > held.minimum)
        edge = min(above, default=None)
    if edge is None:
        return None
    return crossing(fading, steady, edge, at, kept.landmark, kept.half_life)
