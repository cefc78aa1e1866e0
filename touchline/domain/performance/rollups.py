"""The figures of assets by day, and by day and channel.

Whoever appends touchpoints writes down in the same transaction how many, and here they are added
up: each exactly once. Days of which anything changed are then summed by channel. A rebuild counts
the log itself and comes to the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from touchline.domain.channels.relations import ORIGIN
from touchline.domain.content.relations import CONTENT_ASSET
from touchline.domain.content.service import set_counts
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
from touchline.domain.kernel.money import sum_sql
from touchline.domain.kernel.rows import analyse, in_list, insert_rows, parts, values_table
from touchline.domain.kernel.turns import Turn, take_turns
from touchline.domain.performance import converting
from touchline.domain.performance.counting import COUNTED, COUNTS, READERS
from touchline.domain.performance.service import DELTA, Pair
from touchline.domain.staleness.service import hold_judgement

AT_ONCE = 5_000
_DAYS = ("asset_day", "asset_channel_day", "asset_value_day")

_OF_DAYS = """INSERT INTO asset_day
  (asset_id, day, reads, views, clicks, shares, readers, conversions, assisted, computed_at)
SELECT x.asset_id, x.day, sum(x.reads), sum(x.views), sum(x.clicks), sum(x.shares),
  sum(x.readers), sum(x.conversions), sum(x.assisted), CAST(? AS BIGINT) FROM (
  SELECT d.asset_id, d.day, sum(d.reads) AS reads, sum(d.views) AS views,
    sum(d.clicks) AS clicks, sum(d.shares) AS shares, 0 AS readers, 0 AS conversions,
    0 AS assisted FROM asset_origin_day d{dirty_d} GROUP BY 1, 2
  UNION ALL SELECT r.asset_id, r.day, 0, 0, 0, 0, count(*), 0, 0
    FROM asset_reader r{dirty_r} GROUP BY 1, 2
  UNION ALL SELECT c.asset_id, c.day, 0, 0, 0, 0, 0,
    sum(CASE WHEN c.is_assist THEN 0 ELSE 1 END), sum(CASE WHEN c.is_assist THEN 1 ELSE 0 END)
    FROM asset_conversion c{dirty_c} GROUP BY 1, 2) x WHERE x.asset_id <> 0 GROUP BY 1, 2"""
_OF_CHANNELS = f"""INSERT INTO asset_channel_day
  (asset_id, day, channel_id, reads, views, clicks, shares, conversions, assisted, computed_at)
SELECT x.asset_id, x.day, COALESCE(o.channel_id, 0), sum(x.reads), sum(x.views), sum(x.clicks),
  sum(x.shares), sum(x.conversions), sum(x.assisted), CAST(? AS BIGINT) FROM (
  SELECT d.asset_id, d.day, d.origin_id, d.reads, d.views, d.clicks, d.shares,
    0 AS conversions, 0 AS assisted FROM asset_origin_day d{{dirty_d}}
  UNION ALL SELECT c.asset_id, c.day, c.origin_id, 0, 0, 0, 0,
    CASE WHEN c.is_assist THEN 0 ELSE 1 END, CASE WHEN c.is_assist THEN 1 ELSE 0 END
    FROM asset_conversion c{{dirty_c}}) x
  LEFT JOIN {ORIGIN.table} o ON o.id = x.origin_id WHERE x.asset_id <> 0 GROUP BY 1, 2, 3"""
_OF_VALUES = f"""INSERT INTO asset_value_day (asset_id, day, channel_id, currency, value_minor)
SELECT c.asset_id, c.day, COALESCE(o.channel_id, 0), c.currency, {sum_sql("c.value_minor")}
  FROM asset_conversion c{{dirty_c}} LEFT JOIN {ORIGIN.table} o ON o.id = c.origin_id
  WHERE c.currency IS NOT NULL AND NOT c.is_assist GROUP BY 1, 2, 3, 4"""
_SUMMED = ((_OF_DAYS, True), (_OF_CHANNELS, True), (_OF_VALUES, False))


async def roll() -> int:
    """Add up what was appended; returns how many rows were worked off, 0 when none wait."""
    if await fetch_one("SELECT 1 AS found FROM asset_delta LIMIT 1") is None:
        return 0
    return await in_transaction(_roll)


@transactional
async def rebuild() -> int:
    """Count the whole log anew; returns how many reads, views, clicks and shares there are.

    What is appended meanwhile is counted later: what is forgotten of it and what is counted are
    of one instant, on PostgreSQL by being one statement.
    """
    await hold_judgement()
    await take_turns(Turn.PERFORMANCE, [0])
    await execute("DELETE FROM asset_origin_day")
    counted = f"INSERT INTO asset_origin_day ({', '.join(DELTA)}) {COUNTED}"
    if dialect() == "postgres":
        await execute(f"WITH gone AS (DELETE FROM asset_delta) {counted}")
    else:
        await execute("DELETE FROM asset_delta")
        await execute(counted)
    await _rebuild_readers()
    await converting.rebuild()
    await _sum_all()
    sums = ", ".join(f"COALESCE(sum({one}), 0)" for one in COUNTS)
    row = await fetch_one(f"SELECT {sums} FROM asset_origin_day")
    return sum(int(row[at]) for at in range(len(COUNTS))) if row else 0


@transactional
async def rebuild_channels() -> None:
    """Sum all days anew: the rules of channels, or what stands beside the counts, are others."""
    await take_turns(Turn.PERFORMANCE, [0])
    await _sum_all()


async def _rebuild_readers() -> None:
    """What is noted meanwhile stays: it is found in the log as well, or will be."""
    await execute("DELETE FROM asset_reader")
    await execute(
        f"INSERT INTO asset_reader (asset_id, day, customer_id) {READERS}"
        " ON CONFLICT (asset_id, day, customer_id) DO NOTHING"
    )


async def _sum_all() -> None:
    for table in ("asset_origin_day", "asset_reader"):
        await analyse(table)
    for table in _DAYS:
        await execute(f"DELETE FROM {table}")
    everything = {"dirty_d": "", "dirty_r": "", "dirty_c": ""}
    for sql, is_dated in _SUMMED:
        await execute(sql.format(**everything), (now(),) if is_dated else ())
    rows = await fetch(f"SELECT id FROM {CONTENT_ASSET.table}")
    for some in parts([row["id"] for row in rows], AT_ONCE):
        await _tell(some)


async def _roll() -> int:
    """What is taken away is what is added up, whatever is committed meanwhile."""
    await take_turns(Turn.PERFORMANCE, [0])
    rows = await fetch(
        "DELETE FROM asset_delta WHERE id IN (SELECT id FROM asset_delta ORDER BY id LIMIT ?)"
        f" RETURNING {', '.join(DELTA)}",
        (AT_ONCE,),
    )
    sums: dict[tuple[int, int, int, int], list[int]] = defaultdict(lambda: [0] * len(COUNTS))
    for row in rows:
        told = sums[row["asset_id"], row["day"], row["origin_id"], row["link_id"]]
        for at, count in enumerate(COUNTS):
            told[at] += row[count]
    added = ", ".join(f"{one} = asset_origin_day.{one} + excluded.{one}" for one in COUNTS)
    await insert_rows(
        "asset_origin_day",
        DELTA,
        [(*key, *told) for key, told in sorted(sums.items()) if any(told)],
        on_conflict=f"ON CONFLICT (asset_id, day, origin_id, link_id) DO UPDATE SET {added}",
    )
    await _sum(sorted({(asset, day) for asset, day, _, _ in sums if asset}))
    crashpoint("performance.rolled")
    return len(rows)


async def _sum(pairs: Sequence[Pair]) -> None:
    if not pairs:
        return
    item, params = values_table("dirty", [("asset", "bigint"), ("day", "bigint")], pairs)
    for table in _DAYS:
        await execute(
            f"WITH {item} DELETE FROM {table} WHERE EXISTS (SELECT 1 FROM dirty"
            f" WHERE dirty.asset = {table}.asset_id AND dirty.day = {table}.day)",
            params,
        )
    joins = {
        f"dirty_{t}": f" JOIN dirty ON dirty.asset = {t}.asset_id AND dirty.day = {t}.day"
        for t in ("d", "r", "c")
    }
    for sql, is_dated in _SUMMED:
        dated = (now(),) if is_dated else ()
        await execute(f"WITH {item} {sql.format(**joins)}", [*params, *dated])
    await _tell({asset for asset, _ in pairs})


async def _tell(assets: Iterable[int]) -> None:
    """Keep with the assets what lists are sorted by."""
    wanted = sorted(assets)
    condition, params = in_list("asset_id", wanted)
    rows = await fetch(
        "SELECT asset_id, sum(reads) AS reads, sum(conversions) AS conversions FROM asset_day"
        f" WHERE {condition} GROUP BY asset_id",
        params,
    )
    found = {row["asset_id"]: (int(row["reads"]), int(row["conversions"])) for row in rows}
    await set_counts({asset: found.get(asset, (0, 0)) for asset in wanted})
