"""Numbers as senders write them, read without trusting any of them. Pure."""

from decimal import Decimal
from typing import Final

_LONGEST: Final = 40
_MOST_DIGITS: Final = 30
_LEAST: Final = Decimal(1).scaleb(-_MOST_DIGITS)


def read_number(value: object) -> Decimal | None:
    """A number, or a text that is nothing but one; ``None`` for anything else.

    What it yields is safe to reckon with: ``1e9999999`` is four bytes more than ``1e9`` and
    overflows whatever is done with it, so what has more than 30 digits before the point is none.
    What is nearer to nothing than 30 decimals can tell is read as the least of them.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    if isinstance(value, str) and len(value) > _LONGEST:
        return None
    try:
        number = Decimal(value.strip() if isinstance(value, str) else value)
    except ArithmeticError:
        return None
    if not number.is_finite():
        return None
    if number.is_zero():
        return Decimal(0)
    if number.adjusted() >= _MOST_DIGITS:
        return None
    return number if number.adjusted() >= -_MOST_DIGITS else _LEAST.copy_sign(number)
