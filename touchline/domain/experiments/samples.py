"""What was seen of an arm, and how two arms differ. Pure."""

import math
from dataclasses import dataclass

from touchline.domain.experiments.confidence import p_value, stretch, tuned


@dataclass(frozen=True, slots=True)
class Sample:
    """``total`` of what the ``people`` brought, and the total of its squares.

    For a rate each brings 1 or nothing.
    """

    people: int
    conversions: int
    total: float
    squares: float

    @property
    def mean(self) -> float:
        """Of a person; 0 where there is nobody."""
        return self.total / self.people if self.people else 0.0

    @property
    def variance(self) -> float:
        """Of a person; 0 where there are fewer than two."""
        if self.people < 2:
            return 0.0
        spread = self.squares - self.total * self.total / self.people
        return max(0.0, spread / (self.people - 1))

    def interval(self, planned: float, alpha: float) -> tuple[float, float] | None:
        """Where the mean lies, at every look; narrowest at ``planned`` people."""
        if self.people < 2 or not self.variance:
            return None
        error = math.sqrt(self.variance / self.people)
        reach = error * stretch(self.people, tuned(planned, alpha), alpha)
        return self.mean - reach, self.mean + reach


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much one arm is above another, where that lies, and how sure it is."""

    value: float
    low: float
    high: float
    p_value: float


def difference(control: Sample, other: Sample, planned: float, alpha: float) -> Difference | None:
    """``other`` less ``control``; ``planned`` are the people of both. ``None`` where nothing can
    be said, since somebody is missing or all are alike.
    """
    if min(control.people, other.people) < 2:
        return None
    error = math.sqrt(control.variance / control.people + other.variance / other.people)
    if not error:
        return None
    people, rho2 = control.people + other.people, tuned(planned, alpha)
    found = other.mean - control.mean
    reach = error * stretch(people, rho2, alpha)
    return Difference(found, found - reach, found + reach, p_value(found / error, people, rho2))
