"""A figure of spend, as far as its form goes."""

from dataclasses import dataclass
from decimal import Decimal

from touchline.domain.kernel.errors import PathStep, Refused
from touchline.domain.kernel.money import (
    amount_text,
    checked_currency,
    exact_minor,
    exponent,
    to_minor,
)
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.numbers import read_number
from touchline.domain.spend.errors import SpendErrorCode as Code

MAX_NAME = 200
MAX_SOURCE = 100
BY_HAND = "by hand"
"""The source of figures for which none is named."""

Path = tuple[PathStep, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """What was spent on a channel on a day (UTC, from 1970), on a campaign or on none."""

    channel_id: int
    day: int
    amount: str | Decimal
    currency: str
    campaign: str | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A checked amount in minor units."""

    minor: int
    currency: str


def checked_sum(amount: str | Decimal, currency: str, path: Path) -> Sum:
    """An amount that may have been spent, or may be: nothing or more, and exact in its currency."""
    known = checked_currency(currency, Code.CURRENCY_UNKNOWN, (*path, "currency"))
    number = checked_amount(amount, path)
    minor = _minor(number, known, path)
    if exact_minor(number, known) is None:
        message = f"An amount in {known} has at most {exponent(known)} decimals."
        raise Refused(Code.AMOUNT_INVALID, message, (*path, "amount"))
    return Sum(minor, known)


def checked_amount(amount: str | Decimal, path: Path) -> Decimal:
    """The number, whatever its currency: nothing or more. Its sign counts before any rounding."""
    number = read_number(amount)
    if number is None:
        raise Refused(Code.AMOUNT_INVALID, "The amount is no number.", (*path, "amount"))
    if number < 0:
        message = "Spend is never negative; record what remains after a refund."
        raise Refused(Code.SPEND_NEGATIVE, message, (*path, "amount"))
    return number


def rounded_sum(amount: Decimal, currency: str, path: Path = ()) -> Decimal:
    """An amount of finer parts, such as what rows of millionths add up to, in minor units."""
    known = checked_currency(currency, Code.CURRENCY_UNKNOWN, (*path, "currency"))
    return Decimal(amount_text(_minor(amount, known, path), known))


def _minor(amount: Decimal, currency: str, path: Path) -> int:
    try:
        return to_minor(amount, currency)
    except ValueError as error:
        message = f"The amount is {error}."
        raise Refused(Code.AMOUNT_INVALID, message, (*path, "amount")) from None


def checked_campaign(given: str | None, path: Path) -> str:
    """The name of a campaign in one case; empty for none."""
    name = name_key(given or "")
    if len(name) > MAX_NAME or not name.isprintable():
        message = f"The name of a campaign has at most {MAX_NAME} printable characters."
        raise Refused(Code.CAMPAIGN_INVALID, message, path)
    return name


def checked_source(given: str | None) -> str:
    """Who says what was spent, such as ``Google Ads``."""
    name = " ".join((given or BY_HAND).split())
    if not name or len(name) > MAX_SOURCE or not name.isprintable():
        message = f"A source of figures has 1 to {MAX_SOURCE} printable characters."
        raise Refused(Code.SOURCE_INVALID, message, ("source",))
    return name
