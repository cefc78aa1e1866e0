"""Reads of spend."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from touchline.domain.kernel.db import Row, fetch
from touchline.domain.kernel.rows import in_list

Totals = dict[int, dict[str, int]]
"""Minor units by channel and currency."""


async def spend_by_channel(first: int, last: int) -> Totals:
    """What was spent on each channel from one day to another, both included."""
    return _totals(
        await fetch(
            "SELECT channel_id AS id, currency, sum(amount_minor) AS minor FROM channel_spend"
            " WHERE day >= ? AND day <= ? GROUP BY channel_id, currency",
            (first, last),
        )
    )


async def spend_by_campaign(names: Collection[str], first: int, last: int) -> dict[str, int]:
    """What was spent on campaigns of some names, by currency."""
    if not names:
        return {}
    condition, params = in_list("campaign", names)
    rows = await fetch(
        "SELECT currency, sum(amount_minor) AS minor FROM channel_spend"
        f" WHERE {condition} AND day >= ? AND day <= ? GROUP BY currency",
        (*params, first, last),
    )
    return {row["currency"]: int(row["minor"]) for row in rows}


def _totals(rows: Sequence[Row]) -> Totals:
    found: Totals = defaultdict(dict)
    for row in rows:
        found[row["id"]][row["currency"]] = int(row["minor"])
    return found
