"""Whether daily counts are those that the log itself would give."""

from touchline.domain.channels.rollups import rebuild, roll
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.rehearsing import rehearsed

Days = dict[tuple[int, int], int]

_COUNTS = {
    "origins": "SELECT day, origin_id AS key, touchpoints FROM origin_day",
    "channels": "SELECT day, channel_id AS key, touchpoints FROM channel_day",
}


async def differences() -> list[str]:
    """What differs, in words; nothing while all is well. What waits to be added up does not."""
    kept, made = await rehearsed(_counted)
    wrong = {name: _wrong(kept[name], made[name]) for name in _COUNTS}
    return [f"{count:,} days of {name} differ" for name, count in wrong.items() if count]


def _wrong(kept: Days, made: Days) -> int:
    return sum(kept.get(one) != made.get(one) for one in kept.keys() | made.keys())


async def _counted() -> tuple[dict[str, Days], dict[str, Days]]:
    """As it is kept, once all that waits is added up, and as a rebuild makes it."""
    while await roll():
        pass
    kept = await _stored()
    await rebuild()
    return kept, await _stored()


async def _stored() -> dict[str, Days]:
    return {
        name: {(row["day"], row["key"]): row["touchpoints"] for row in await fetch(text)}
        for name, text in _COUNTS.items()
    }
