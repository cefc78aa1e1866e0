"""Sharing a whole number so that the parts sum to it exactly."""

from collections.abc import Sequence

WHOLE = 1_000_000
"""A conversion, in millionths."""
_SCALE = 1 << 52


def share(total: int, weights: Sequence[float]) -> list[int]:
    """Parts of ``total`` in the proportion of weights of 0 or more, by largest remainder.

    All of it is done in whole numbers. Where remainders are alike, the earlier part gets one more,
    so that the same question always has the same answer. Something must weigh more than 0.
    """
    heaviest = max(weights)
    scaled = [round(weight / heaviest * _SCALE) for weight in weights]
    sign, amount, whole = (-1 if total < 0 else 1), abs(total), sum(scaled)
    parts = [amount * one // whole for one in scaled]
    missing = amount - sum(parts)
    rests = sorted(range(len(scaled)), key=lambda at: (-(amount * scaled[at] % whole), at))
    for at in rests[:missing]:
        parts[at] += 1
    return [sign * part for part in parts]
