"""A points scorecard out of a fitted regression, in words that say why. Pure.

As credit scorecards have it: a bin gives what its weight of evidence lies above that of whoever
shows nothing of the sign, times the weight of the sign; ten points double the odds.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from touchline.domain.conditions.tree import Condition
from touchline.domain.learning.binning import Sign
from touchline.domain.learning.question import Answer
from touchline.domain.scoring.bands import Band
from touchline.domain.scoring.checking import LONGEST_NAME, MOST_RULES
from touchline.domain.scoring.decay import MICRO

DOUBLES = 10
"""Points by which the odds of a conversion double."""
_BANDS = (("Warm", 0.7), ("Hot", 0.9))


@dataclass(frozen=True, slots=True)
class LearnedRule:
    """A rule of the draft. ``customers`` of those looked at meet it, ``hits`` of them converted."""

    name: str
    dimension: str
    condition: Condition
    points: int
    evidence: float
    customers: int
    hits: int
    words: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The rules of a draft, those that move most first, and its bands."""

    rules: Sequence[LearnedRule]
    bands: Sequence[Band]


def scorecard(signs: Sequence[Sign], converted: Sequence[bool], answer: Answer) -> Scorecard:
    """Turn what was fitted into rules with whole points."""
    rated = len(converted), sum(converted)
    points = [
        [round(weight * (one - weights[0]) / math.log(2) * DOUBLES) for one in weights]
        for weight, weights in zip(answer.weights, answer.evidence, strict=True)
    ]
    rules: list[LearnedRule] = []
    for sign, given, weights in zip(signs, points, answer.evidence, strict=True):
        for at, part in enumerate(sign.bins, 1):
            if given[at]:
                within = [
                    did for bin_, did in zip(sign.column, converted, strict=True) if bin_ == at
                ]
                told = _words(given[at], weights[at], (len(within), sum(within)), rated)
                rules.append(
                    LearnedRule(
                        *(_short(part.name), sign.dimension, part.condition, given[at]),
                        *(weights[at], len(within), sum(within), told),
                    )
                )
    rules.sort(key=lambda rule: (-abs(rule.points), rule.name))
    totals = [
        sum(given[sign.column[one]] for sign, given in zip(signs, points, strict=True))
        for one in range(len(converted))
    ]
    return Scorecard(rules[:MOST_RULES], _bands(totals))


def _words(points: int, evidence: float, within: tuple[int, int], rated: tuple[int, int]) -> str:
    """Why a rule gives what it gives."""
    customers, hits = within
    share, rate = customers / rated[0], hits / customers
    speaks = "for" if evidence > 0 else "against"
    moves = "gives" if points > 0 else "takes"
    return (
        f"{share:.1%} of the customers looked at meet it, and {rate:.1%} of them converted, where"
        f" {rated[1] / rated[0]:.1%} of all did: a weight of evidence of {evidence:+.2f}, which"
        f" speaks {speaks} a conversion. Next to customers who show nothing of it, and with all"
        f" other rules in account, it {moves} {abs(points)} point{'' if abs(points) == 1 else 's'}."
    )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _bands(totals: Sequence[int]) -> list[Band]:
    """Warm above seven tenths of the customers looked at, hot above nine, where these differ."""
    ordered = sorted(totals)
    found: list[Band] = []
    for name, part in _BANDS:
        minimum = ordered[int(len(ordered) * part)]
        if minimum > (found[-1].minimum // MICRO if found else ordered[0]):
            found.append(Band(name, minimum * MICRO))
    return found
