"""What content achieved between two instants, to the millisecond, counted in the log itself.

The figures of days cannot say it: a window begins in the middle of one. Links and mails behind
which many stand are no people here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from touchline.domain.conversions.relations import CONVERSION
from touchline.domain.identity.queries import find_customer
from touchline.domain.identity.rules import ANONYMOUS_ID
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.rows import in_list
from touchline.domain.links.clicks import NOBODIES
from touchline.domain.performance.counting import IS, MEETS
from touchline.domain.timeline.relations import TOUCHPOINT


@dataclass(frozen=True, slots=True)
class Achieved:
    """Reads, shares and clicks are acts, the others people.

    Conversions are those of the people ``reached``, after they first met the content and before
    the end; ``values`` says what they are worth by currency, in minor units, refunds taken off.
    """

    reads: int
    readers: int
    shares: int
    clicks: int
    reached: int
    conversions: int
    converted: int
    values: Mapping[str, int]


async def achieved(asset_ids: Sequence[int], since: Moment, until: Moment) -> Achieved:
    """What some assets achieved together from an instant on and before another."""
    assets, wanted = in_list("t.asset_id", asset_ids)
    nobody, nobodies = in_list("customer_id", await _nobodies())
    met = [*wanted, since, until]
    rows = await fetch(_ACTS.format(assets=assets, nobody=nobody), [*nobodies, *nobodies, *met])
    values = await fetch(
        _VALUES.format(assets=assets, nobody=nobody),
        [*met, *nobodies, until],
    )
    acts = rows[0]
    people = {row["customer_id"] for row in values}
    worth: dict[str, int] = {}
    for row in values:
        if row["currency"] is not None:
            worth[row["currency"]] = worth.get(row["currency"], 0) + row["value_minor"]
    return Achieved(
        *(acts["reads"], acts["readers"], acts["shares"], acts["clicks"], acts["reached"]),
        conversions=sum(row["conversions"] for row in values),
        converted=len(people),
        values=worth,
    )


_WITHIN = (
    f"FROM {TOUCHPOINT.table} t WHERE {{assets}} AND t.occurred_at >= ? AND t.occurred_at < ?"
    f" AND ({MEETS})"
)
_NUMBERS = ", ".join(
    f"CAST(COALESCE(sum(CASE WHEN {IS[count]} THEN 1 ELSE 0 END), 0) AS BIGINT) AS {count}"
    for count in ("reads", "shares", "clicks")
)
_ACTS = (
    f"SELECT {_NUMBERS},"
    f" count(DISTINCT CASE WHEN {IS['reads']} AND NOT (t.{{nobody}}) THEN t.customer_id END)"
    " AS readers, count(DISTINCT CASE WHEN NOT (t.{nobody}) THEN t.customer_id END) AS reached"
    f" {_WITHIN}"
)
_VALUES = (
    f"WITH met AS (SELECT t.customer_id, min(t.occurred_at) AS first_at {_WITHIN}"
    " AND NOT (t.{nobody}) GROUP BY t.customer_id)"
    " SELECT c.customer_id, c.currency, count(*) AS conversions,"
    " CAST(COALESCE(sum(c.value_minor - c.refunded_minor), 0) AS BIGINT) AS value_minor"
    f" FROM met JOIN {CONVERSION.table} c ON c.customer_id = met.customer_id"
    " AND c.occurred_at >= met.first_at AND c.occurred_at < ? GROUP BY 1, 2"
)


async def _nobodies() -> list[int]:
    """The customers that are nobody in particular."""
    found = [await find_customer(ANONYMOUS_ID, one) for one in NOBODIES]
    return [one for one in found if one is not None]
