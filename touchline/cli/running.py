"""Running one command against the database."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from asyncpg import PostgresError
from tortoise.exceptions import BaseORMException
from uvicorn.loops.auto import auto_loop_factory

from touchline.cli.room import with_room
from touchline.domain.kernel.db import close_database, open_database
from touchline.domain.kernel.migrating import make_ready
from touchline.settings import Settings, load_settings

T = TypeVar("T")


class Unavailable(Exception):
    """Something outside Touchline that the command needs does not answer; says what and why."""


def run_command(data_dir: Path | None, body: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Open the database, bring it up to date, run ``body`` and close again.

    It may run while a server uses the same folder.
    """
    return prepare(load_settings(data_dir=data_dir), body)


def prepare(settings: Settings, body: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """The same for settings that are loaded, such as before a server starts."""
    return run_loop(_prepare(settings, body))


def run_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end in a new event loop, the fastest there is."""
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        return with_room(lambda: runner.run(work))


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[None]:
    """The database of this process, open for the length of the block."""
    try:
        await open_database(settings)
    except (OSError, BaseORMException, sqlite3.Error, PostgresError) as error:
        raise Unavailable(f"The database cannot be opened: {error}") from error
    try:
        yield
    finally:
        await close_database()


async def _prepare(settings: Settings, body: Callable[[], Coroutine[Any, Any, T]]) -> T:
    async with opened(settings):
        if await make_ready():
            raise Unavailable("The database is of an older version; run: touchline migrate")
        return await body()
