"""On which days rates hold, and whether two hold at once. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

END_OF_TIME = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Period:
    """Days from 1970, both included; without a last one until the next period begins."""

    first: int
    last: int | None = None


def overlap(periods: Sequence[Period]) -> tuple[int, int] | None:
    """The places of two periods that hold on the same day; ``None`` where no two do."""
    order = sorted(range(len(periods)), key=lambda at: (periods[at].first, at))
    for at, then in pairwise(order):
        before, after = periods[at], periods[then]
        if before.first == after.first or (before.last is not None and before.last >= after.first):
            return at, then
    return None


def last_days(periods: Sequence[Period]) -> list[int]:
    """The last day of each of several periods of which no two overlap."""
    firsts = sorted(one.first for one in periods)
    found = []
    for one in periods:
        following = next((first for first in firsts if first > one.first), END_OF_TIME + 1)
        found.append(one.last if one.last is not None else following - 1)
    return found
