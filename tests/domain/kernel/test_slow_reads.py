"""A read that its caller gives up on stops in the database too."""

import asyncio
import time

import pytest

from touchline.domain.kernel.db import fetch, fetch_one
from touchline.settings import Settings

ENDLESS = """
    WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 2000000000)
    SELECT max(n) AS most FROM count
"""


async def test_reads_that_are_given_up_leave_their_connections_free(db: Settings) -> None:
    async def give_up() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await fetch(ENDLESS)

    await asyncio.gather(*(give_up() for _ in range(3 * db.database_pool)))
    started = time.monotonic()
    row = await fetch_one("SELECT 1 AS one")
    assert row is not None
    assert row["one"] == 1
    assert time.monotonic() - started < 30  # to its end each would take minutes
