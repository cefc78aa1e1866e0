"""Bringing the open database to the present tables."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from touchline.domain.kernel.db import dialect, engine, execute, fetch, fetch_one
from touchline.domain.kernel.migration_state import Executor
from touchline.domain.kernel.orm import app_config, migration_names
from touchline.domain.kernel.sqlite import SqliteEngine

LOCK_WAIT_S = 120
_POSTGRES_LOCK = 0x746F756368


async def migrate() -> list[str]:
    """Apply what is pending, oldest first; returns the names that were applied.

    Processes that start together on a fresh database wait for the first of them. On SQLite
    foreign keys rest meanwhile, for remaking a parent table would empty its children.
    """
    if not await pending_migrations():
        return []
    async with _alone():
        pending = await pending_migrations()
        if pending:
            await _apply()
    return pending


async def make_ready() -> list[str]:
    """Migrate the embedded database, or a PostgreSQL database that is still empty.

    A PostgreSQL database in use is migrated on purpose only, by ``touchline migrate``. Returns
    the names of the migrations that are left to do.
    """
    if dialect() == "sqlite" or not await _executor().recorder.applied_migrations():
        await migrate()
    return await pending_migrations()


async def pending_migrations() -> list[str]:
    """Names of the migrations that this database has not seen.

    Where it has seen all that there are, none of them is loaded.
    """
    executor = _executor()
    seen = {key.name for key in await executor.recorder.applied_migrations()}
    if seen.issuperset(migration_names()):
        return []
    return [step.migration.name for step in await executor.plan()]


async def _apply() -> None:
    if dialect() == "postgres":
        await _executor().migrate()
        return
    await execute("PRAGMA foreign_keys=OFF")
    try:
        last_keys = await _last_keys()
        await _executor().migrate()
        await _never_again(last_keys)
    finally:
        await execute("PRAGMA foreign_keys=ON")


async def _last_keys() -> dict[str, int]:
    """The last key that each table of the file ever gave out, its row deleted or not."""
    if await fetch_one("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'") is None:
        return {}
    return {row["name"]: row["seq"] for row in await fetch("SELECT * FROM sqlite_sequence")}


async def _never_again(last_keys: dict[str, int]) -> None:
    """A remade table knows only the keys of its present rows; have it go on after all others."""
    for table, key in last_keys.items():
        if await fetch_one("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)) is None:
            continue
        if await fetch_one("SELECT 1 FROM sqlite_sequence WHERE name = ?", (table,)) is None:
            await execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, key))
        else:
            await execute(
                "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (key, table)
            )


@asynccontextmanager
async def _alone() -> AsyncIterator[None]:
    """Hold the lock of this database that only migrating takes; it ends with the process."""
    client = engine()
    if isinstance(client, SqliteEngine):
        lock = sqlite3.connect(
            f"{client.filename}.migrating",
            timeout=LOCK_WAIT_S,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            await asyncio.to_thread(lock.execute, "BEGIN EXCLUSIVE")
            yield
        finally:
            lock.close()
        return
    async with client.acquire_connection() as connection:
        await connection.execute("SELECT pg_advisory_lock($1)", _POSTGRES_LOCK)
        try:
            yield
        finally:
            await connection.execute("SELECT pg_advisory_unlock($1)", _POSTGRES_LOCK)


def _executor() -> Any:
    return Executor(engine(), app_config())
