"""Numbers with fractions as they are stored: whole billionths, the same on both databases."""

_UNIT = 10**9
_LARGEST = 9 * 10**18


def stored(number: float) -> int:
    """What is written of a number; those above nine billion are cut to it."""
    return round(max(-_LARGEST, min(number * _UNIT, _LARGEST)))


def shown(billionths: int) -> float:
    """The number of which it was written."""
    return billionths / _UNIT
