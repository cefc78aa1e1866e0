"""How many people an experiment needs. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from touchline.domain.experiments.confidence import ALPHA, stretch_when_tuned

POWER = 0.8
"""How often a difference as large as the target is to be found where there is one."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a person brings: the mean, and its standard deviation, without and with the effect."""

    mean: float
    spread: float
    changed_spread: float


def of_rate(baseline: float, target: float) -> Expected:
    """What is expected of a rate that ``target`` (below 0: to less) is added to."""
    changed = baseline + target
    return Expected(
        baseline, math.sqrt(baseline * (1 - baseline)), math.sqrt(changed * (1 - changed))
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """``people`` in all arms together; ``at_one_look`` for a test that is looked at only once."""

    people: int
    at_one_look: int

    def per_arm(self, weights: Sequence[int]) -> int:
        """People of the smallest arm."""
        return share_of(self.people, weights)


def share_of(people: int, weights: Sequence[int]) -> int:
    """How many of ``people`` are in the smallest arm."""
    return math.ceil(people * min(weights) / sum(weights))


def plan(
    expected: Expected,
    target: float,
    weights: Sequence[int],
    *,
    is_rate: bool,
    alpha: float = ALPHA,
) -> Plan:
    """People with whom an effect of ``target`` is found with ``POWER``, the first arm being the
    control.

    The usual formula for two means, with the stretch of the confidence sequence in the place of
    1.96: looking as often as one likes is paid for with people. Several arms share ``alpha``.
    """
    shared = alpha / (len(weights) - 1)
    always = stretch_when_tuned(shared)
    once = NormalDist().inv_cdf(1 - shared / 2)
    return Plan(
        _people(expected, target, weights, always, is_rate),
        _people(expected, target, weights, once, is_rate),
    )


def _people(
    expected: Expected, target: float, weights: Sequence[int], reach: float, is_rate: bool
) -> int:
    """For rates the spread under no effect is that of the rate in the middle, as is usual."""
    total = sum(weights)
    shares = [weight / total for weight in weights]
    middle = expected.spread
    if is_rate:
        mean = expected.mean + target / 2
        middle = math.sqrt(mean * (1 - mean))
    found = 0.0
    for share in shares[1:]:
        none = middle * math.sqrt(1 / shares[0] + 1 / share)
        some = math.sqrt(expected.spread**2 / shares[0] + expected.changed_spread**2 / share)
        found = max(found, (reach * none + NormalDist().inv_cdf(POWER) * some) ** 2)
    each = found / target**2 / total
    return math.ceil(each) * total
