"""Saying where touchpoints came from that were stored before anybody asked."""

from functools import partial

import orjson

from touchline.domain.channels.events import CHANNEL_RULES_APPLIED
from touchline.domain.channels.listing import in_force
from touchline.domain.channels.origins import origin_of
from touchline.domain.channels.rollups import rebuild
from touchline.domain.channels.service import note_origins
from touchline.domain.kernel.db import in_transaction
from touchline.domain.kernel.outbox import emit
from touchline.domain.timeline import queries as timeline
from touchline.domain.timeline.service import set_origins

AT_ONCE = 2_000


async def recompute() -> tuple[int, int]:
    """Say of every touchpoint that lacks it where it came from, then count all days anew.

    What is worked out from channels follows as it does a change of the rules. Returns of how many
    it was said, and how many touchpoints there are by origin. It may be stopped and begun again at
    any point.
    """
    reached = told = 0
    while True:
        last, count = await in_transaction(partial(_tell, reached))
        if not count:
            return told, await in_transaction(partial(_count, told))
        reached, told = last, told + count


async def _count(told: int) -> int:
    """Also told where nothing was left to say: who was stopped before may have said it all."""
    counted = await rebuild()
    news = {"touchpoints": counted, "changed": told}
    await emit(CHANNEL_RULES_APPLIED, {"version": (await in_force()).version, **news})
    return counted


async def _tell(reached: int) -> tuple[int, int]:
    rows = await timeline.without_origin(reached, AT_ONCE)
    if not rows:
        return reached, 0
    origins = [
        origin_of(
            row["type"],
            row["name"],
            orjson.loads(row["properties"]),
            orjson.loads(row["context"]),
        )
        for row in rows
    ]
    keys = await note_origins(origins)
    await set_origins({row["id"]: key for row, key in zip(rows, keys, strict=True)})
    return int(rows[-1]["id"]), len(rows)
