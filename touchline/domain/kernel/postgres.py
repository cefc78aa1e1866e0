"""The PostgreSQL engine that the ORM is told to use: asyncpg with the session set once."""

from typing import Any

from tortoise.backends.asyncpg.client import AsyncpgDBClient

SESSION = {"timezone": "UTC", "jit": "off", "application_name": "touchline"}


class PostgresEngine(AsyncpgDBClient):
    """A pool whose every connection speaks UTC and compiles nothing just in time."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, server_settings=SESSION)


client_class = PostgresEngine
