"""Fractional keys: a place between any two others, as text that sorts by its bytes.

A key is a fraction in base 62 without its leading ``0.``; it never ends in the smallest digit, so
that there is always room before it. At the ends of a list keys go on in steps, between two others
they halve the room. Halving adds a character every six moves into the same gap, so that keys are
spread anew long before people notice.
"""

from string import ascii_lowercase, ascii_uppercase, digits

LONGEST = 32
_DIGITS = digits + ascii_uppercase + ascii_lowercase
_BASE = len(_DIGITS)
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}


def between(low: str | None, high: str | None) -> str:
    """A key strictly between two, ``low < high``; ``None`` is the open end of the list."""
    begins, key, at = low or "", "", 0
    ends = high
    while True:
        least = _VALUES[begins[at]] if at < len(begins) else 0
        most = _BASE if ends is None else _VALUES[ends[at]]
        if most - least > 1:
            return key + _DIGITS[_chosen(least, most, low is None, high is None)]
        key += _DIGITS[least]
        if most > least:  # what follows is below the upper key, however it goes on
            ends = None
        at += 1


def spread(count: int) -> list[str]:
    """So many keys in order, as far from each other as they can be, with room at both ends."""
    width = 1
    while _BASE**width < _BASE * (count + 1):
        width += 1
    room = _BASE**width
    return [_written(room * (at + 1) // (count + 1), width) for at in range(count)]


def _chosen(least: int, most: int, is_first: bool, is_last: bool) -> int:
    if is_last and not is_first:
        return least + 1
    if is_first and not is_last:
        return most - 1
    return (least + most) // 2


def _written(number: int, width: int) -> str:
    key = ""
    for _ in range(width):
        number, value = divmod(number, _BASE)
        key = _DIGITS[value] + key
    return key.rstrip(_DIGITS[0])
