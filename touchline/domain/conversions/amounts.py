"""What senders write about money, read as far as it makes sense. Pure."""

from decimal import Decimal

from touchline.domain.kernel.money import is_currency, to_minor


def currency_of(value: object) -> str | None:
    """The code of a currency in capitals; ``None`` for what is none."""
    code = value.strip().upper() if isinstance(value, str) else ""
    return code if is_currency(code) else None


def minor_of(amount: Decimal, currency: str) -> int | None:
    """In minor units; ``None`` where it is too large."""
    try:
        return to_minor(amount, currency)
    except ValueError:
        return None
