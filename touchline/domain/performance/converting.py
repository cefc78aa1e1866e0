"""Which assets took part in which conversions.

An asset took part when the customer met it (read, viewed, clicked or shared it) in the 90 days
before. The one met last converted, the others assisted.
"""

from collections.abc import Collection, Sequence

from touchline.domain.conversions.relations import CONVERSION
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import Row, execute, fetch
from touchline.domain.kernel.rows import in_list, insert_rows
from touchline.domain.performance.counting import CLICKED, MEETS, READ, SHARED
from touchline.domain.performance.service import sum_anew
from touchline.domain.staleness import facts
from touchline.domain.staleness.draining import Judged
from touchline.domain.timeline.relations import ON_DAY, TOUCHPOINT

LOOKBACK = 90 * DAY
_TOUCHING = frozenset(
    {
        facts.CONVERSION,
        *(facts.event(name) for name in (READ, SHARED, CLICKED)),
        *(facts.event_type(kind) for kind in ("PAGE", "SCREEN")),
    }
)
COLUMNS = (
    *("asset_id", "day", "customer_id", "conversion_id", "origin_id", "is_assist"),
    *("value_minor", "currency"),
)
_NEWER = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS)

TOOK_PART = f"""SELECT asset_id, day, customer_id, conversion_id, origin_id,
  before > 1 AS is_assist, value_minor, currency FROM (
  SELECT t.asset_id, {ON_DAY.replace("{t}", "c")} AS day, c.customer_id, c.id AS conversion_id,
    COALESCE(t.origin_id, 0) AS origin_id, c.value_minor - c.refunded_minor AS value_minor,
    c.currency,
    row_number() OVER (PARTITION BY c.id ORDER BY t.occurred_at DESC, t.id DESC) AS before,
    row_number() OVER (PARTITION BY c.id, t.asset_id
      ORDER BY t.occurred_at DESC, t.id DESC) AS place
  FROM {CONVERSION.table} c JOIN {TOUCHPOINT.table} t ON t.customer_id = c.customer_id
    AND t.occurred_at <= c.occurred_at AND t.occurred_at > c.occurred_at - {LOOKBACK}
  WHERE t.asset_id IS NOT NULL AND ({MEETS}){{bound}}) met WHERE place = 1"""
"""The rows of ``asset_conversion``, found in the log; ``bound`` keeps them to some customers."""

Part = tuple[int, int, int, int, int, bool, int | None, str | None]
"""A row of ``asset_conversion``, by ``COLUMNS``."""


async def judge(judged: Judged) -> None:
    """Bring up to date by what the touched customers' conversions came."""
    customers = judged.touched(_TOUCHING)
    if not customers:
        return
    condition, params = in_list("customer_id", customers)
    present = _parts(
        await fetch(f"SELECT {', '.join(COLUMNS)} FROM asset_conversion WHERE {condition}", params)
    )
    condition, params = in_list("c.customer_id", customers)
    meant = _parts(await fetch(TOOK_PART.format(bound=f" AND {condition}"), params))
    await _forget({(one[3], one[0]) for one in present} - {(one[3], one[0]) for one in meant})
    await insert_rows(
        "asset_conversion",
        COLUMNS,
        sorted(meant - present, key=lambda one: (one[3], one[0])),
        on_conflict=f"ON CONFLICT (conversion_id, asset_id) DO UPDATE SET {_NEWER}",
    )
    await sum_anew((one[0], one[1]) for one in present ^ meant)


async def rebuild() -> None:
    """Find all of it in the log anew."""
    await execute("DELETE FROM asset_conversion")
    await execute(
        f"INSERT INTO asset_conversion ({', '.join(COLUMNS)}) {TOOK_PART.format(bound='')}"
    )


def _parts(rows: Sequence[Row]) -> set[Part]:
    return {
        (
            *(row["asset_id"], row["day"], row["customer_id"], row["conversion_id"]),
            *(row["origin_id"], bool(row["is_assist"]), row["value_minor"], row["currency"]),
        )
        for row in rows
    }


async def _forget(gone: Collection[tuple[int, int]]) -> None:
    by_asset: dict[int, list[int]] = {}
    for conversion, asset in sorted(gone):
        by_asset.setdefault(asset, []).append(conversion)
    for asset, conversions in by_asset.items():
        condition, params = in_list("conversion_id", conversions)
        await execute(
            f"DELETE FROM asset_conversion WHERE asset_id = ? AND {condition}", [asset, *params]
        )
