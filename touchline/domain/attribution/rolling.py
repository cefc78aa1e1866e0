"""Credits by day, summed anew for days on which some changed."""

from collections.abc import Collection

from touchline.domain.kernel.clock import now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute, fetch, fetch_one, in_transaction, transactional
from touchline.domain.kernel.money import sum_sql
from touchline.domain.kernel.rows import in_list, parts
from touchline.domain.kernel.turns import Turn, take_turns

AT_ONCE = 100
"""Days summed in one transaction."""
_KEYS = "day, model, goal_id, channel_id, COALESCE(asset_id, 0), campaign, COALESCE(currency, '')"
_SUMMED = (
    "INSERT INTO attribution_day (day, model, goal_id, channel_id, asset_id, campaign, currency,"
    f" weight_micro, value_minor, computed_at) SELECT {_KEYS},"
    f" CAST(sum(weight_micro) AS BIGINT), COALESCE({sum_sql('value_minor')}, 0),"
    " CAST(? AS BIGINT) FROM attribution_credit{where} GROUP BY 1, 2, 3, 4, 5, 6, 7"
)


async def roll() -> int:
    """Sum days anew on which credits changed; returns how many, 0 when none wait."""
    if await fetch_one("SELECT 1 AS found FROM attribution_changed_day LIMIT 1") is None:
        return 0
    return await in_transaction(_roll)


async def _roll() -> int:
    """What is taken away is summed from what is committed by then, or a later change waits."""
    await take_turns(Turn.ATTRIBUTION, [0])
    waiting = await fetch("SELECT DISTINCT day FROM attribution_changed_day LIMIT ?", (AT_ONCE,))
    days = sorted(row["day"] for row in waiting)
    condition, params = in_list("day", days)
    await execute(f"DELETE FROM attribution_changed_day WHERE {condition}", params)
    await _sum(days)
    crashpoint("attribution.rolled")
    return len(days)


@transactional
async def sum_all() -> int:
    """Sum all days anew; returns how many sums were not as the credits say."""
    await take_turns(Turn.ATTRIBUTION, [0])
    before = await _stored()
    await execute("DELETE FROM attribution_changed_day")
    await execute("DELETE FROM attribution_day")
    await execute(_SUMMED.format(where=""), (now(),))
    return len(before ^ await _stored())


async def _sum(days: Collection[int]) -> None:
    for some in parts(sorted(days), AT_ONCE):
        condition, params = in_list("day", some)
        await execute(f"DELETE FROM attribution_day WHERE {condition}", params)
        await execute(_SUMMED.format(where=f" WHERE {condition}"), (now(), *params))


async def _stored() -> set[tuple[object, ...]]:
    rows = await fetch(
        "SELECT day, model, goal_id, channel_id, asset_id, campaign, currency, weight_micro,"
        " value_minor FROM attribution_day"
    )
    return {tuple(row) for row in rows}
