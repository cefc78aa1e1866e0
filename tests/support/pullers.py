"""Many who pull from one backlog at the same instant, and what must hold of it afterwards."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from random import Random

from touchline.domain.backlog.types import ItemState
from touchline.domain.kernel.db import fetch

Pull = Callable[[int, int], Awaitable[str]]
"""Has somebody, by number, pull an item; returns ``pulled`` or the code of the refusal."""

PULLED = "pulled"


async def pull_together(
    pull: Pull, people: int, items: Sequence[int], *, pulls: int, limit: int, seed: int = 1
) -> Counter[str]:
    """Have everybody try so many items at random, all at once; returns what became of it.

    Fails unless nobody holds more than the limit, and each item has one puller at most.
    """
    chance = Random(seed)
    tried = [(number % people, chance.choice(items)) for number in range(pulls)]
    told = Counter(await asyncio.gather(*(pull(who, item) for who, item in tried)))
    assert sum(told.values()) == pulls
    rows = await fetch("SELECT id, state, pulled_by_id FROM backlog_item ORDER BY id")
    assert all((row["pulled_by_id"] is None) == (row["state"] == ItemState.READY) for row in rows)
    held = Counter(row["pulled_by_id"] for row in rows if row["state"] == ItemState.IN_PROGRESS)
    assert max(held.values()) <= limit, held
    assert sum(held.values()) == told[PULLED]
    log = await fetch(
        "SELECT item_id, count(*) AS n FROM backlog_log WHERE to_value = ? GROUP BY item_id",
        (ItemState.IN_PROGRESS,),
    )
    assert all(row["n"] == 1 for row in log), "an item was pulled twice"
    assert len(log) == told[PULLED]
    return told
