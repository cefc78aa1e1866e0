"""How a team's estimates compare with what came: of sizes, of worth, of targets, of pace. Pure.

Nothing is said of fewer than ``FEWEST``: it would be chance.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from statistics import fmean, median

from touchline.domain.backlog.forecasting import FEWEST_WEEKS, MOST_WEEKS

FEWEST = 5
_FITS = 1.25
"""A ratio between this and its inverse counts as right."""


@dataclass(frozen=True, slots=True)
class Done:
    """An item that was launched. ``cycle_days`` is from its first pull to its launch.

    ``worked`` is ``None`` while nothing clear came of it; ``attained`` is its figure by its target.
    """

    effort: int | None
    cycle_days: float | None
    customer_level: int | None = None
    business_level: int | None = None
    worked: bool | None = None
    attained: float | None = None


@dataclass(frozen=True, slots=True)
class OfEffort:
    """Items of a size. ``ratio`` is days by point beside those of all sizes: 1 is as estimated."""

    effort: int
    items: int
    median_days: float | None
    ratio: float | None


@dataclass(frozen=True, slots=True)
class OfLevel:
    """Items of a worth, of which something clear came."""

    level: int
    items: int
    worked_share: float | None


@dataclass(frozen=True, slots=True)
class OfTargets:
    """Items whose figure was held against a target; ``attained`` is the median of figure by
    target."""

    items: int
    reached_share: float | None
    attained: float | None


@dataclass(frozen=True, slots=True)
class OfPace:
    """Amounts that were expected beside those that came, of weeks or of cycles."""

    count: int
    expected: float | None
    actual: float | None

    @property
    def ratio(self) -> float | None:
        """What came by what was expected."""
        return self.actual / self.expected if self.actual is not None and self.expected else None


@dataclass(frozen=True, slots=True)
class Calibration:
    """Estimates beside results."""

    efforts: Sequence[OfEffort]
    customer_levels: Sequence[OfLevel]
    business_levels: Sequence[OfLevel]
    targets: OfTargets
    forecast: OfPace
    cycles: OfPace
    sentence: str


def calibrate(
    items: Sequence[Done], weeks: Sequence[int], cycles: Sequence[tuple[int, int]]
) -> Calibration:
    """What is known of a team. ``weeks`` says how much was launched in each past week, the latest
    first; ``cycles`` how many points of each closed one were planned and done."""
    efforts = _by_effort(items)
    targets, pace = _targets(items), _forecast(weeks)
    return Calibration(
        efforts,
        _by_level(items, lambda one: one.customer_level),
        _by_level(items, lambda one: one.business_level),
        targets,
        pace,
        _pace(cycles),
        _sentence(efforts, targets, pace),
    )


def _by_effort(items: Sequence[Done]) -> list[OfEffort]:
    known = [(one.effort, one.cycle_days) for one in items if one.effort]
    timed = [(effort, days) for effort, days in known if days is not None]
    usual = median([days / effort for effort, days in timed]) if len(timed) >= FEWEST else None
    found = []
    for effort in sorted({effort for effort, _ in timed}):
        days = [taken for size, taken in timed if size == effort]
        middle = median(days) if len(days) >= FEWEST else None
        ratio = middle / effort / usual if middle is not None and usual else None
        found.append(OfEffort(effort, len(days), middle, ratio))
    return found


def _by_level(items: Sequence[Done], level: Callable[[Done], int | None]) -> list[OfLevel]:
    clear = [(level(one), one.worked) for one in items if one.worked is not None]
    found = []
    for at in sorted({one for one, _ in clear if one is not None}):
        worked = [one for known, one in clear if known == at]
        found.append(OfLevel(at, len(worked), _share(worked)))
    return found


def _targets(items: Iterable[Done]) -> OfTargets:
    attained = [one.attained for one in items if one.attained is not None]
    middle = median(attained) if len(attained) >= FEWEST else None
    return OfTargets(len(attained), _share([one >= 1 for one in attained]), middle)


def _forecast(weeks: Sequence[int]) -> OfPace:
    """Each of the last weeks beside the mean of the weeks before it, of which a forecast draws."""
    pairs = []
    for at, actual in enumerate(weeks[:MOST_WEEKS]):
        before = weeks[at + 1 : at + 1 + MOST_WEEKS]
        if len(before) >= FEWEST_WEEKS:
            pairs.append((fmean(before), actual))
    return _pace(pairs)


def _pace(pairs: Sequence[tuple[float, float]]) -> OfPace:
    if len(pairs) < FEWEST:
        return OfPace(len(pairs), None, None)
    expected, actual = fmean(one for one, _ in pairs), fmean(one for _, one in pairs)
    return OfPace(len(pairs), expected, actual)


def _share(answers: Sequence[bool]) -> float | None:
    return sum(answers) / len(answers) if len(answers) >= FEWEST else None


def _sentence(efforts: Sequence[OfEffort], targets: OfTargets, pace: OfPace) -> str:
    parts = []
    rated = [(one, one.ratio) for one in efforts if one.ratio]
    if rated:
        worst, ratio = max(rated, key=lambda one: abs(log(one[1])))
        fits = 1 / _FITS <= ratio <= _FITS
        told = f"items of size {worst.effort} take {ratio:.1f} times as long as their size says"
        parts.append("items take as long as their sizes say" if fits else told)
    if targets.reached_share is not None:
        parts.append(f"{targets.reached_share:.0%} of {targets.items} targets were reached")
    if pace.ratio is not None:
        parts.append(f"weeks got {pace.ratio:.0%} of what a forecast expected done")
    if not parts:
        return f"There is too little to go by: nothing is said of fewer than {FEWEST}."
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}."
