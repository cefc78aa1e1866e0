"""A suggested split of a budget: from what channels cost and brought, with what is not sure of it.

How many conversions a channel brings for its spend is taken to be Poisson, with an unknown rate.
The rate has a gamma prior: the rate of all channels together, weighing as much as one conversion.
Then what is known of the rate after ``k`` conversions for a spend of ``s`` is again a gamma, of
shape ``1 + k`` and rate ``1 / r + s`` (the conjugate pair of Gelman and others, *Bayesian Data
Analysis*, 3rd edition, section 2.6). A channel's share is the probability that its rate is the best
of all, which is how Thompson sampling would spend it (Thompson, *Biometrika*, 1933; Russo and
others, *A Tutorial on Thompson Sampling*, 2018). It is counted in draws. Nothing here is applied.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

DRAWS = 4_000
SURE = 0.9
"""How probable it is that a rate lies in its interval."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a channel brought (credit may be parts of conversions) for its spend, which is not 0."""

    conversions: float
    spend: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A channel's part of the budget, and its conversions for one unit of spend: an interval."""

    share: float
    low: float
    expected: float
    high: float


def suggest(results: Mapping[int, Result], chance: Random | None = None) -> dict[int, Suggestion]:
    """The split among channels by their keys; empty where nothing was spent or converted.

    The same results give the same split: draws begin from the same place each time, unless the
    caller brings randomness of its own.
    """
    spend = sum(one.spend for one in results.values())
    conversions = sum(one.conversions for one in results.values())
    if not results or spend <= 0 or conversions <= 0:
        return {}
    prior = spend / conversions
    source = chance or Random(0)
    keys = sorted(results)
    posteriors = [(1 + results[key].conversions, prior + results[key].spend) for key in keys]
    draws = [
        [source.gammavariate(shape, 1 / rate) for shape, rate in posteriors] for _ in range(DRAWS)
    ]
    best = [max(range(len(keys)), key=row.__getitem__) for row in draws]
    outside = round(DRAWS * (1 - SURE) / 2)
    found = {}
    for at, key in enumerate(keys):
        column = sorted(row[at] for row in draws)
        shape, rate = posteriors[at]
        found[key] = Suggestion(
            best.count(at) / DRAWS, column[outside], shape / rate, column[-outside - 1]
        )
    return found
