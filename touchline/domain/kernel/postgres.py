"""The PostgreSQL engine that the ORM is told to use: asyncpg with the session set once."""

from collections.abc import Mapping
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient

SESSION = {"timezone": "UTC", "jit": "off", "application_name": "touchline"}


class PostgresEngine(AsyncpgDBClient):
    """A pool whose every connection speaks UTC and compiles nothing just in time.

    ``session`` holds what is set on each besides.
    """

    def __init__(self, *, session: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(**options, server_settings={**SESSION, **(session or {})})

    async def create_pool(self, **options: Any) -> asyncpg.Pool:
        return await asyncpg.create_pool(None, reset=_leave, **options)


async def _leave(_connection: Any) -> None:
    """What a connection does when it goes back to the pool: no round trip.

    An open transaction was rolled back before. Nothing else is left to be undone: settings are
    changed for one transaction at most, and locks are held for one or given back by their holder.
    """


client_class = PostgresEngine
