"""Seeing from outside when events reach the timeline."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from tests.support.product import Product

Ask = Callable[[str], Awaitable[list[Any]]]
POLL_S = 0.005
LANDED = "SELECT COALESCE(SUM(event_count), 0) FROM landing"
ARRIVED = "SELECT COALESCE(MAX(id), 0) FROM touchpoint"


@asynccontextmanager
async def asking(product: Product) -> AsyncIterator[Ask]:
    """A reading connection of our own to the database of the product."""
    if product.database_url is None:
        file = sqlite3.connect(product.settings.database_file, isolation_level=None)
        try:

            async def ask_file(sql: str) -> list[Any]:
                return file.execute(sql).fetchall()

            yield ask_file
        finally:
            file.close()
        return
    connection: Any = await asyncpg.connect(product.database_url)
    try:

        async def ask_server(sql: str) -> list[Any]:
            return list(await connection.fetch(sql))

        yield ask_server
    finally:
        await connection.close()


async def landed(ask: Ask) -> int:
    """How many acknowledged events wait for their timeline."""
    return int((await ask(LANDED))[0][0])


@dataclass
class Sightings:
    """When the events of each body were first seen on a timeline."""

    seen: dict[int, float] = field(default_factory=dict)
    _last: int = 0

    async def watch(self, ask: Ask) -> None:
        """Look every few milliseconds until cancelled."""
        self._last = int((await ask(ARRIVED))[0][0])
        while True:
            found = await ask(
                f"SELECT id, message_id FROM touchpoint WHERE id > {self._last} ORDER BY id"
            )
            now = time.perf_counter()
            for row in found:
                self._last = row[0]
                if row[1].startswith("m-"):
                    self.seen[int(row[1].split("-")[1])] = now
            await asyncio.sleep(POLL_S)
