"""Whether the figures that are kept are those that a rebuild would come to."""

from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.rehearsing import rehearsed
from touchline.domain.performance.rollups import rebuild

_KEPT = {
    "asset_day": "asset_id, day, reads, readers, views, clicks, shares, conversions, assisted",
    "asset_channel_day": (
        "asset_id, day, channel_id, reads, views, clicks, shares, conversions, assisted"
    ),
    "asset_value_day": "asset_id, day, channel_id, currency, value_minor",
    "asset_reader": "asset_id, day, customer_id",
    "asset_conversion": (
        "asset_id, day, customer_id, conversion_id, origin_id, is_assist, value_minor, currency"
    ),
}

Stored = dict[str, set[tuple[object, ...]]]


async def differences() -> list[str]:
    """What differs, in words; nothing while all is well. Days still to be summed differ, too."""
    kept = await stored()
    made = await rehearsed(_made)
    return [
        f"{table}: {len(kept[table] - made[table]):,} too many,"
        f" {len(made[table] - kept[table]):,} missing"
        for table in _KEPT
        if kept[table] != made[table]
    ]


async def stored() -> Stored:
    """The figures as they are kept, without when they were computed."""
    return {
        table: {tuple(row) for row in await fetch(f"SELECT {columns} FROM {table}")}
        for table, columns in _KEPT.items()
    }


async def _made() -> Stored:
    await rebuild()
    return await stored()
