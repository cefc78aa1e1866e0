"""What content achieved, counted anew from the whole log, beside the bare sums of the same log.

The bare aggregation is one statement: by asset, day and channel how often it was read, viewed and
shared, and by how many. The rebuild also finds which assets took part in which conversions, and
sums by day, by channel and by currency.
"""

import time

from bench.judgement.rebuilding import Times
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import execute, in_transaction
from touchline.domain.performance import rollups
from touchline.domain.performance.counting import IS

OURS, BARE = "figures of content made anew", "bare sums of content"
_SUMS = ", ".join(
    f"sum(CASE WHEN {IS[name]} THEN 1 ELSE 0 END) AS {name}"
    for name in ("reads", "views", "shares")
)
_AGGREGATION = (
    f"SELECT t.asset_id, t.occurred_at / {DAY} AS day, o.channel_id, {_SUMS},"
    f" count(DISTINCT CASE WHEN {IS['reads']} THEN t.customer_id END) AS readers"
    " FROM touchpoint t LEFT JOIN touchpoint_origin o ON o.id = t.origin_id"
    " WHERE t.asset_id IS NOT NULL GROUP BY 1, 2, 3"
)


async def summing(rounds: int) -> Times:
    """Seconds of each in every round, taking turns."""
    times: Times = {BARE: [], OURS: []}
    for _ in range(rounds):
        start = time.perf_counter()
        await in_transaction(_bare)
        between = time.perf_counter()
        await rollups.rebuild()
        times[BARE].append(between - start)
        times[OURS].append(time.perf_counter() - between)
    return times


async def _bare() -> None:
    await execute(f"CREATE TEMPORARY TABLE bare AS {_AGGREGATION}")
    await execute("DROP TABLE bare")
