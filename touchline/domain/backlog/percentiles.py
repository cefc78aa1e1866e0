"""Percentiles by nearest rank: always a value that was seen."""

from collections.abc import Sequence
from math import ceil


def percentile(values: Sequence[float], share: int) -> float | None:
    """The value that ``share`` of 100 do not exceed; ``values`` ascend."""
    if not values:
        return None
    return round(values[ceil(len(values) * share / 100) - 1], 3)
