"""Reads of exchange rates."""

from touchline.domain.kernel.db import fetch, fetch_one
from touchline.domain.rates.exchanging import Rate, Rates


async def rates() -> Rates:
    """All rates that stand, to be asked what actions are worth."""
    rows = await fetch(
        "SELECT action, channel_id, units_micro, valid_from, last_day FROM value_exchange_rate"
        " WHERE withdrawn_at IS NULL ORDER BY id"
    )
    return Rates((Rate(*row) for row in rows), await reference())


async def reference() -> str | None:
    """The reference action; ``None`` where no rate stands."""
    row = await fetch_one(
        "SELECT reference FROM value_exchange_rate WHERE withdrawn_at IS NULL ORDER BY id LIMIT 1"
    )
    return row["reference"] if row else None
