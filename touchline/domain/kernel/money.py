"""Money: whole minor units of a currency, and amounts as people write them."""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from touchline.domain.kernel.errors import PathStep, Refused
from touchline.domain.kernel.numbers import read_number

_WHOLE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND"
_HUNDREDTHS = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD"
    " CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD"
    " GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD"
    " MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP"
    " PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS"
    " TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG"
)
_EXPONENTS = {
    **dict.fromkeys(_HUNDREDTHS.split(), 2),
    **dict.fromkeys(_WHOLE.split(), 0),
    **dict.fromkeys(_THOUSANDTHS.split(), 3),
}
_AMOUNT = re.compile(r"[+-]?\d{1,15}(\.\d{1,12})?", re.ASCII)
MOST_MINOR = 10**15
"""Amounts stay below it, so that sums of nine thousand of them fit into 64 bits."""
MOST_SUM = 9_000 * MOST_MINOR
"""Sums that are kept stop there: what nobody can have earned must not keep others from counting."""
_HALF = 10**6


def checked_currency(given: str, code: StrEnum, path: tuple[PathStep, ...]) -> str:
    """A currency of ISO 4217 in capitals; refuses what is none with the caller's code."""
    currency = given.strip().upper()
    if currency not in _EXPONENTS:
        message = f"{given.strip()[:10]!r} is no currency of ISO 4217, such as EUR."
        raise Refused(code, message, path)
    return currency


def is_currency(code: str) -> bool:
    """Whether it is the code of a currency of ISO 4217, in capitals."""
    return code in _EXPONENTS


def exact_minor(amount: str | Decimal, currency: str) -> int | None:
    """``to_minor`` of what the currency has exactly; ``None`` of anything else."""
    try:
        minor = to_minor(amount, currency)
    except ValueError:
        return None
    return minor if Decimal(minor).scaleb(-exponent(currency)) == read_number(amount) else None


def exponent(currency: str) -> int:
    """How many decimals the minor unit of a known currency has."""
    return _EXPONENTS[currency]


def to_minor(amount: str | Decimal, currency: str) -> int:
    """An amount such as ``12.345`` in minor units, rounded half to even.

    Raises ``ValueError`` for what is no amount, or is too large.
    """
    if isinstance(amount, str) and not _AMOUNT.fullmatch(amount.strip()):
        raise ValueError("not an amount such as 12.50")
    number = read_number(amount)
    if number is None:
        raise ValueError("not an amount such as 12.50")
    minor = number.scaleb(exponent(currency)).to_integral_value(ROUND_HALF_EVEN)
    if abs(minor) >= MOST_MINOR:
        raise ValueError("too large an amount")
    return int(minor)


def amount_text(minor: int, currency: str) -> str:
    """Minor units as people write them, with as many decimals as the currency has."""
    decimals = exponent(currency)
    if decimals == 0:
        return str(minor)
    whole, rest = divmod(abs(minor), 10**decimals)
    return f"{'-' if minor < 0 else ''}{whole}.{rest:0{decimals}d}"


def amount_sql(minor: str, currency: str) -> str:
    """``amount_text`` in SQL for both engines, from SQL that yields the two; null of null."""
    whole = ", ".join(f"'{one}'" for one in _WHOLE.split())
    thousandths = ", ".join(f"'{one}'" for one in _THOUSANDTHS.split())
    return (
        f"CASE WHEN {currency} IN ({whole}) THEN CAST({minor} AS TEXT)"
        f" WHEN {currency} IN ({thousandths}) THEN {decimal_sql(minor, 1000)}"
        f" ELSE {decimal_sql(minor, 100)} END"
    )


def sum_sql(minor: str) -> str:
    """SQL that adds up minor units, at most to about ``MOST_SUM``; null where there are none.

    Added up in two halves, for the whole may be more than 64 bits hold.
    """
    high, low = f"sum({minor} / {_HALF})", f"sum({minor} % {_HALF})"
    return (
        f"CAST(CASE WHEN {high} >= {MOST_SUM // _HALF} THEN {MOST_SUM}"
        f" WHEN {high} <= -{MOST_SUM // _HALF} THEN -{MOST_SUM}"
        f" ELSE {high} * {_HALF} + {low} END AS BIGINT)"
    )


def added_sql(kept: str, more: str) -> str:
    """SQL that adds a sum to another that is kept, both at most ``MOST_SUM``, and stops there."""
    return (
        f"CASE WHEN {more} > 0 AND {kept} > {MOST_SUM} - {more} THEN {MOST_SUM}"
        f" WHEN {more} < 0 AND {kept} < -{MOST_SUM} - {more} THEN -{MOST_SUM}"
        f" ELSE {kept} + {more} END"
    )


def capped(total: int) -> int:
    """The same, for what was added up in Python."""
    return max(-MOST_SUM, min(MOST_SUM, total))


def decimal_sql(minor: str, unit: int) -> str:
    """SQL that writes a whole number of parts, of which ``unit`` make one, with decimals."""
    return (
        f"CASE WHEN {minor} < 0 THEN '-' ELSE '' END"
        f" || CAST(abs({minor}) / {unit} AS TEXT) || '.'"
        f" || substr(CAST({unit} + abs({minor}) % {unit} AS TEXT), 2)"
    )
