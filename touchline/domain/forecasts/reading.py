"""Reading who bought when, and whether that is enough to forecast from."""

from collections.abc import Sequence

from touchline.domain.conversions.relations import CONVERSION
from touchline.domain.forecasts.errors import ForecastErrorCode as Code
from touchline.domain.forecasts.histories import WEEK, History, Purchase, histories
from touchline.domain.kernel.clock import DAY, Moment
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused

FEWEST_REPEATERS = 100
"""Customers who bought again: with fewer the four parameters are guesses."""
SHORTEST_WEEKS = 12
"""From the first purchase of all until now."""


async def bought(currency: str, at: Moment) -> list[History]:
    """The histories of all who brought something in, by conversions that count to it."""
    rows = await fetch(
        f"SELECT c.customer_id, c.occurred_at / {DAY} AS day,"
        " CAST(sum(c.value_minor - c.refunded_minor) AS BIGINT) AS minor"
        f" FROM {CONVERSION.table} c WHERE c.in_lifetime = TRUE AND c.currency = ?"
        " AND c.value_minor > c.refunded_minor AND c.occurred_at <= ?"
        f" GROUP BY c.customer_id, c.occurred_at / {DAY} ORDER BY 1, 2",
        (currency, at),
    )
    purchases: list[Purchase] = [(row["customer_id"], row["day"], row["minor"]) for row in rows]
    return histories(purchases)


def check(known: Sequence[History], today: int) -> None:
    """Refuse to forecast from too little."""
    again = sum(one.repeats > 0 for one in known)
    if again < FEWEST_REPEATERS:
        message = f"{again:,} customers bought again; a forecast needs {FEWEST_REPEATERS}."
        raise Refused(Code.BUYERS_TOO_FEW, message, ("currency",))
    weeks = (today - min(one.days[0] for one in known)) // WEEK
    if weeks < SHORTEST_WEEKS:
        message = f"Purchases go back {weeks} weeks; a forecast needs {SHORTEST_WEEKS}."
        raise Refused(Code.HISTORY_TOO_SHORT, message, ("currency",))
