"""How many touchpoints there were by origin, channel and day.

Whoever appends touchpoints writes down in the same transaction how many, and here they are added
up: each exactly once, but robots and prefetches nowhere. A rebuild counts the log itself and comes
to the same.
"""

from collections import Counter
from collections.abc import Iterable

from touchline.domain.channels.listing import hold_rules
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import (
    dialect,
    execute,
    fetch,
    fetch_one,
    in_transaction,
    transactional,
)
from touchline.domain.kernel.rows import in_list, insert_rows
from touchline.domain.timeline.relations import ON_DAY, TOUCHPOINT
from touchline.domain.timeline.robots import IS_OF_ROBOT

AT_ONCE = 5_000

_COUNTED = (
    "INSERT INTO origin_day (day, origin_id, touchpoints)"
    f" SELECT {ON_DAY.replace('{t}', 't')}, t.origin_id, count(*) FROM {TOUCHPOINT.table} t"
    f" WHERE t.origin_id IS NOT NULL AND NOT ({IS_OF_ROBOT.replace('{t}', 't')}) GROUP BY 1, 2"
)
_SUMMED = (
    "INSERT INTO channel_day (day, channel_id, touchpoints, computed_at)"
    " SELECT d.day, COALESCE(o.channel_id, 0), sum(d.touchpoints), CAST(? AS BIGINT)"
    " FROM origin_day d JOIN touchpoint_origin o ON o.id = d.origin_id{where} GROUP BY 1, 2"
)


async def roll() -> int:
    """Add up what was appended; returns how many rows were worked off, 0 when none wait."""
    if await fetch_one("SELECT 1 AS found FROM origin_delta LIMIT 1") is None:
        return 0
    return await in_transaction(_roll)


@transactional
async def rebuild() -> int:
    """Count the whole log anew; returns how many touchpoints there are by origin.

    What is appended meanwhile is counted later: what is forgotten of it and what is counted are
    of one instant, on PostgreSQL by being one statement.
    """
    await hold_rules()
    await execute("DELETE FROM origin_day")
    if dialect() == "postgres":
        await execute(f"WITH gone AS (DELETE FROM origin_delta) {_COUNTED}")
    else:
        await execute("DELETE FROM origin_delta")
        await execute(_COUNTED)
    await rebuild_channels()
    row = await fetch_one("SELECT COALESCE(sum(touchpoints), 0) AS n FROM origin_day")
    return int(row["n"]) if row else 0


async def rebuild_channels() -> None:
    """Sum all days by channel anew, from what was counted by origin. Hold the rules."""
    await execute("DELETE FROM channel_day")
    await execute(_SUMMED.format(where=""), (now(),))


async def _roll() -> int:
    """What is taken away is what is added up, whatever is committed meanwhile."""
    await hold_rules()
    rows = await fetch(
        "DELETE FROM origin_delta WHERE id IN (SELECT id FROM origin_delta ORDER BY id LIMIT ?)"
        " RETURNING day, origin_id, touchpoints",
        (AT_ONCE,),
    )
    found: Counter[tuple[int, int]] = Counter()
    for row in rows:
        found[row["day"], row["origin_id"]] += row["touchpoints"]
    await insert_rows(
        "origin_day",
        ["day", "origin_id", "touchpoints"],
        [(day, origin, count) for (day, origin), count in sorted(found.items())],
        on_conflict="ON CONFLICT (day, origin_id)"
        " DO UPDATE SET touchpoints = origin_day.touchpoints + excluded.touchpoints",
    )
    await _sum({day for day, _ in found})
    crashpoint("channels.rolled")
    return len(rows)


async def _sum(days: Iterable[int]) -> None:
    changed = sorted(days)
    if not changed:
        return
    condition, params = in_list("day", changed)
    await execute(f"DELETE FROM channel_day WHERE {condition}", params)
    condition, params = in_list("d.day", changed)
    await execute(_SUMMED.format(where=f" WHERE {condition}"), (now(), *params))
