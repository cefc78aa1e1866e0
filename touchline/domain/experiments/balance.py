"""Whether people were split between the arms as was meant. Pure.

Where they were not, something takes people out of one arm (a redirect that fails, a robot, an
event that is not sent), and the others cannot be compared with those that are left.
"""

import math
from collections.abc import Sequence

TOO_RARE = 0.001
"""A split that chance makes less often is not taken for chance."""
_FEWEST_EXPECTED = 5.0
"""Below it in any arm the test says nothing (Cochran's rule)."""


def split_p_value(seen: Sequence[int], weights: Sequence[int]) -> float:
    """How often chance alone departs so far from the split that was meant (chi-square test)."""
    total, shares = sum(seen), sum(weights)
    expected = [total * weight / shares for weight in weights]
    if min(expected) < _FEWEST_EXPECTED:
        return 1.0
    squares = sum((one - meant) ** 2 / meant for one, meant in zip(seen, expected, strict=True))
    return chi_square_tail(squares, len(seen) - 1)


def chi_square_tail(value: float, freedom: int) -> float:
    """The share of a chi-square distribution above ``value``, for ``freedom`` ≥ 1.

    By the recurrence of the incomplete gamma function, Q(a + 1, x) = Q(a, x) + xᵃ e⁻ˣ / Γ(a + 1).
    """
    half = value / 2
    if half <= 0:
        return 1.0
    shape = 0.5 if freedom % 2 else 1.0
    tail = math.erfc(math.sqrt(half)) if freedom % 2 else math.exp(-half)
    while shape < freedom / 2:
        tail += math.exp(shape * math.log(half) - half - math.lgamma(shape + 1))
        shape += 1
    return min(1.0, tail)
