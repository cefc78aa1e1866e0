"""The database of this process: opening, transactions, and SQL that runs on both engines.

SQL is written with ``?`` for parameters on both. Inside a transaction all statements use its
connection; outside, reads use a reader connection.
"""

import asyncio
import sqlite3
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Coroutine,
    Iterable,
    Iterator,
    Sequence,
)
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Literal, ParamSpec, Protocol, TypeVar

from tortoise import Tortoise
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.context import TortoiseContext
from tortoise.models import Model

from touchline.domain.kernel.orm import APP, orm_config
from touchline.domain.kernel.postgres_transaction import PostgresTransaction
from touchline.domain.kernel.sqlite import SqliteEngine
from touchline.domain.kernel.sqlite_transaction import SqliteTransaction
from touchline.domain.kernel.statements import Found, Statement, numbered, read_together
from touchline.domain.kernel.transaction import Transaction, current, surrounding
from touchline.settings import Settings

Dialect = Literal["sqlite", "postgres"]
P = ParamSpec("P")
T = TypeVar("T")


class Row(Protocol):
    """A result row: read by column name or by position."""

    def __getitem__(self, key: str | int, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def keys(self) -> Iterable[str]: ...


Read = Callable[[str, Sequence[Any]], Awaitable[list[Row]]]


_context: TortoiseContext | None = None
_engine: BaseDBAsyncClient | None = None
_read: ContextVar[Read | None] = ContextVar("touchline_read", default=None)
_running: set[asyncio.Task[Any]] = set()


async def open_database(settings: Settings) -> None:
    """Connect this process to its database. The embedded file and its folder are made."""
    global _context, _engine
    if _engine is not None:
        raise RuntimeError("the database of this process is open already")
    if settings.embedded:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    context = await Tortoise.init(config=orm_config(settings), _enable_global_fallback=True)
    engine = context.connections.get("default")
    try:
        await engine.create_connection(with_db=True)
    except BaseException:
        await context.close_connections()
        raise
    _context, _engine = context, engine


async def close_database() -> None:
    """Wait for running transactions, then disconnect. Closing twice is harmless."""
    global _context, _engine
    if _running:
        await asyncio.wait(list(_running))
    if _context is not None:
        await _context.close_connections()
    _context = _engine = None
    EXECUTOR_CACHE.clear()  # it would hand the SQL of this engine to the next one


def dialect() -> Dialect:
    """Which SQL the open database speaks."""
    return "sqlite" if type(_engine) is SqliteEngine else "postgres"


def engine() -> BaseDBAsyncClient:
    """The open engine itself, for the few that need more than SQL."""
    if _engine is None:
        raise RuntimeError("the database of this process is not open")
    return _engine


def transactional(
    command: Callable[P, Coroutine[Any, Any, T]],
) -> Callable[P, Awaitable[T]]:
    """Make a service command run whole in one transaction (or join the one it is called in)."""

    @wraps(command)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return await in_transaction(lambda: command(*args, **kwargs))

    return run


async def in_transaction(body: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run ``body`` in one transaction.

    The whole of it runs in a task of its own: when the caller is cancelled (a client went away,
    a sibling field failed) it still ends properly, so no connection or lock is lost.
    """
    if current.get() is not None:
        return await body()
    task = asyncio.ensure_future(_run(body))
    _running.add(task)
    task.add_done_callback(_running.discard)
    return await asyncio.shield(task)


async def _run(body: Callable[[], Coroutine[Any, Any, T]]) -> T:
    async with engine()._in_transaction() as client:
        transaction = Transaction(client)
        token = current.set(transaction)
        try:
            result = await body()
            await transaction.write_at_the_end()
        finally:
            current.reset(token)
    for callback in transaction.after_commit:
        callback()
    return result


@asynccontextmanager
async def savepoint() -> AsyncIterator[None]:
    """Inside a transaction: undo only this block, and what it left for later, when it raises."""
    transaction = surrounding("undo a part")
    await transaction.write_down()
    calls = len(transaction.after_commit)
    await execute("SAVEPOINT step")
    try:
        yield
        await transaction.write_down()
    except BaseException:
        transaction.forget()
        del transaction.after_commit[calls:]
        await execute("ROLLBACK TO SAVEPOINT step")
        await execute("RELEASE SAVEPOINT step")
        raise
    await execute("RELEASE SAVEPOINT step")


def after_commit(callback: Callable[[], None]) -> None:
    """Call back once the surrounding transaction is durable; at once when there is none."""
    transaction = current.get()
    if transaction is None:
        callback()
    else:
        transaction.after_commit.append(callback)


def models() -> Iterable[type[Model]]:
    """Every table of the open database, as its model."""
    if _context is None or _context.apps is None:
        raise RuntimeError("the database of this process is not open")
    return list(_context.apps[APP].values())


class ReadBy:
    """Have ``read`` answer what is fetched in this block outside of a transaction."""

    __slots__ = ("_read", "_token")

    def __init__(self, read: Read) -> None:
        self._read = read

    def __enter__(self) -> None:
        self._token = _read.set(self._read)

    def __exit__(self, *_: object) -> None:
        _read.reset(self._token)


async def fetch(sql: str, params: Sequence[Any] = ()) -> list[Row]:
    """Run a statement and return its rows (``INSERT … RETURNING`` included)."""
    read = _read.get()
    if read is None or current.get() is not None:
        return await fetch_from_home(sql, params)
    return await read(sql, params)


async def fetch_from_home(sql: str, params: Sequence[Any] = ()) -> list[Row]:
    """The same, on the database that is written to, whoever reads for this block."""
    short = fetch_at_once(sql, params)
    if short is not None:
        return short
    client = await _client()
    if isinstance(client, PostgresTransaction):
        return list(await client.fetch(numbered(sql), params))
    if isinstance(client, SqliteTransaction):
        return await client.run(_fetched, (sql, params))
    if isinstance(client, SqliteEngine) and _reads(sql):
        async with client.reader() as reader:
            return list(await reader.execute_fetchall(sql, params))
    async with client.acquire_connection() as connection:
        if dialect() == "sqlite":
            return list(await connection.execute_fetchall(sql, params))
        return list(await connection.fetch(numbered(sql), *params))


def fetch_at_once(sql: str, params: Sequence[Any] = ()) -> list[Row] | None:
    """The rows of a short read on SQLite; ``None`` when nobody can give them without waiting."""
    if not isinstance(_engine, SqliteEngine) or current.get() is not None or not _reads(sql):
        return None
    short = _engine.at_once(sql, params)
    return None if short is None else list(short)


async def fetch_one(sql: str, params: Sequence[Any] = ()) -> Row | None:
    """The first row, or ``None``."""
    rows = await fetch(sql, params)
    return rows[0] if rows else None


async def fetch_together(*asked: Statement) -> Found:
    """The rows of several reads, all of which see the same state of the database.

    JSON must have a form for what is in their columns, so bytes must not be there.
    """
    return await read_together(await _client(), asked)


async def execute(sql: str, params: Sequence[Any] = ()) -> int:
    """Run a writing statement; returns how many rows it touched."""
    client = await _client()
    async with client.acquire_connection() as connection:
        if dialect() == "sqlite":
            before: int = connection.total_changes
            await connection.execute_fetchall(sql, params)
            return int(connection.total_changes - before)
        status: str = await connection.execute(numbered(sql), *params)
        last = status.rsplit(" ", 1)[-1]
        return int(last) if last.isdigit() else 0


async def execute_many(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run one writing statement for each row of parameters; use it inside a transaction."""
    if not rows:
        return
    client = await _client()
    async with client.acquire_connection() as connection:
        if dialect() == "sqlite":
            cursor = await connection.executemany(sql, rows)
            await cursor.close()
        else:
            await connection.executemany(numbered(sql), rows)


async def copy_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """PostgreSQL only: write many rows by COPY; use it inside a transaction."""
    client = await _client()
    async with client.acquire_connection() as connection:
        await connection.copy_records_to_table(table, columns=list(columns), records=rows)


def _fetched(connection: sqlite3.Connection, asked: tuple[str, Sequence[Any]]) -> list[Row]:
    return connection.execute(*asked).fetchall()


def _reads(sql: str) -> bool:
    return sql.lstrip()[:6].upper().startswith(("SELECT", "WITH"))


async def _client() -> BaseDBAsyncClient:
    """Where statements go: the surrounding transaction's connection, or any."""
    transaction = current.get()
    if transaction is None:
        return engine()
    if transaction.later:
        await transaction.catch_up()
    return transaction.client
