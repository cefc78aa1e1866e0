"""Why figures are refused."""

from enum import StrEnum


class PerformanceErrorCode(StrEnum):
    """What is wrong with what is asked for."""

    CURRENCIES_MIXED = "CURRENCIES_MIXED"
    CURRENCY_UNKNOWN = "CURRENCY_UNKNOWN"
