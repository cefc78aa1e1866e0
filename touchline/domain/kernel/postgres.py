"""The PostgreSQL engine that the ORM is told to use: asyncpg with the session set once."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient

SESSION = {"timezone": "UTC", "jit": "off", "application_name": "touchline"}


class Spares:
    """Connections of a pool, kept in hand between statements.

    Going through the pool for each statement costs a tenth of a small query. A connection goes
    back to it when somebody waits there, or when its statement failed.
    """

    def __init__(self, engine: "PostgresEngine") -> None:
        self._engine = engine
        self._idle: list[Any] = []
        self._waiting = 0
        self._opening = asyncio.Lock()

    async def fetch(self, sql: str, params: Sequence[Any]) -> list[Any]:
        """Run one reading statement."""
        connection = await self._take()
        try:
            rows: list[Any] = await connection.fetch(sql, *params)
        except BaseException:
            await asyncio.shield(self._pool().release(connection))
            raise
        if self._waiting:
            await self._pool().release(connection)
        else:
            self._idle.append(connection)
        return rows

    async def close(self) -> None:
        """Give all back, and close the pool."""
        while self._idle:
            await self._pool().release(self._idle.pop())
        await self._engine.close()

    async def _take(self) -> Any:
        while self._idle:
            connection = self._idle.pop()
            if _is_open(connection):
                return connection
            await self._pool().release(connection)
        async with self._opening:
            if self._engine._pool is None:
                await self._engine.create_connection(with_db=True)
        self._waiting += 1
        try:
            return await self._pool().acquire()
        finally:
            self._waiting -= 1

    def _pool(self) -> asyncpg.Pool:
        assert self._engine._pool is not None
        return self._engine._pool


class PostgresEngine(AsyncpgDBClient):
    """A pool whose every connection speaks UTC and compiles nothing just in time.

    ``session`` holds what is set on each besides.
    """

    def __init__(self, *, session: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(**options, server_settings={**SESSION, **(session or {})})

    async def create_pool(self, **options: Any) -> asyncpg.Pool:
        return await asyncpg.create_pool(None, reset=_leave, **options)


def _is_open(connection: Any) -> bool:
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:  # the pool took it back when the server hung up
        return False


async def _leave(_connection: Any) -> None:
    """What a connection does when it goes back to the pool: no round trip.

    An open transaction was rolled back before. Nothing else is left to be undone: settings are
    changed for one transaction at most, and locks are held for one or given back by their holder.
    """


client_class = PostgresEngine
