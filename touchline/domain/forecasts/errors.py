"""Why nothing is forecast."""

from enum import StrEnum


class ForecastErrorCode(StrEnum):
    """What is wrong with a wish for a forecast."""

    CURRENCY_UNKNOWN = "CURRENCY_UNKNOWN"
    HORIZON_INVALID = "HORIZON_INVALID"
    BUYERS_TOO_FEW = "BUYERS_TOO_FEW"
    HISTORY_TOO_SHORT = "HISTORY_TOO_SHORT"
