"""What senders write about money, read as far as it makes sense. Pure."""

from decimal import Decimal, InvalidOperation

from touchline.domain.kernel.money import is_currency, to_minor

_LONGEST = 40


def currency_of(value: object) -> str | None:
    """The code of a currency in capitals; ``None`` for what is none."""
    code = value.strip().upper() if isinstance(value, str) else ""
    return code if is_currency(code) else None


def number_of(value: object) -> Decimal | None:
    """A number, or a text that is nothing but one; ``None`` for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    if isinstance(value, str) and len(value) > _LONGEST:
        return None
    try:
        number = Decimal(value.strip() if isinstance(value, str) else value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def minor_of(amount: Decimal, currency: str) -> int | None:
    """In minor units; ``None`` where it is too large."""
    try:
        return to_minor(amount, currency)
    except ValueError:
        return None
