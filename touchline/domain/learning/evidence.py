"""What a sign says for or against a conversion, as credit scorecards put it. Pure."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_HALF = 0.5
"""Half a customer is added to each side of a bin, so that an empty one does not say everything."""


class Evidence(NamedTuple):
    """``weights``: for each bin the logarithm of its share of those who converted over its share
    of those who did not. ``information``: how much the sign tells in all (0: nothing).
    """

    weights: list[float]
    information: float


def evidence_of(column: Sequence[int], bins: int, converted: Sequence[bool]) -> Evidence:
    """Weigh the bins of one sign; both those who converted and others must be among them."""
    counts = Counter(zip(column, converted, strict=True))
    yes = sum(count for (_, did), count in counts.items() if did)
    no = len(column) - yes
    weights, information = [], 0.0
    for one in range(bins):
        ours = (counts[one, True] + _HALF) / (yes + _HALF * bins)
        theirs = (counts[one, False] + _HALF) / (no + _HALF * bins)
        weights.append(math.log(ours / theirs))
        information += (ours - theirs) * weights[-1]
    return Evidence(weights, information)
