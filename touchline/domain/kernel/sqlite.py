"""The SQLite engine that the ORM is told to use.

The ORM's own engine begins transactions with a plain ``BEGIN`` (a second process that reads and
then writes fails at once with "database is locked") and leaks its lock when a task is cancelled
inside one. Here there is one writer connection that begins ``IMMEDIATE``, a few reader
connections that never wait for it, and a lock that is released whatever happens.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import SqliteClient
from tortoise.exceptions import IntegrityError, OperationalError

from touchline.domain.kernel.short_reads import ShortReads
from touchline.domain.kernel.sqlite_functions import Connection, Reading
from touchline.domain.kernel.sqlite_rest import Rest
from touchline.domain.kernel.sqlite_transaction import (
    ImmediateTransaction,
    SqliteTransaction,
    Threaded,
)

BUSY_TIMEOUT_MS = 15_000
_LONG_READS, _SHORT_READS = "cache_size=-2048", "cache_size=-10240"  # in kB, beside the writer's
_READS = ("SELECT", "WITH", "EXPLAIN", "VALUES")
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    f"busy_timeout={BUSY_TIMEOUT_MS}",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-65536",
    "journal_size_limit=67108864",
)


class SqliteEngine(SqliteClient):
    """One writer and a pool of readers on one file."""

    def __init__(self, file_path: str, readers: int = 3, **options: Any) -> None:
        super().__init__(file_path, **options)
        self._reader_count = readers
        self._readers: asyncio.Queue[Threaded] = asyncio.Queue()
        self._opened: list[Threaded] = []
        self._stopping: set[asyncio.Task[None]] = set()
        self._at_hand: ShortReads | None = None
        self._rest: Rest | None = None

    async def create_connection(self, with_db: bool) -> None:
        if self._connection is not None:
            return
        writer = self._connection = await _open(self.filename, Connection, *_PRAGMAS)
        self._rest = Rest(writer)
        for _ in range(self._reader_count):
            reader = await _open(self.filename, Reading, *_PRAGMAS, _LONG_READS, "query_only=ON")
            self._opened.append(reader)
            self._readers.put_nowait(reader)
        self._at_hand = ShortReads(self.filename, (*_PRAGMAS, _SHORT_READS))
        await self._post_connect()

    def at_once(self, query: str, values: Sequence[Any]) -> list[sqlite3.Row] | None:
        """The rows of a short read, without a thread, which costs as much as such a read itself.

        ``None`` when it is not short, or has to wait: the caller asks a reader then.
        """
        return None if self._at_hand is None else self._at_hand.rows(query, values)

    async def close(self) -> None:
        if self._rest is not None:
            self._rest.end()
            self._rest = None
        if self._at_hand is not None:
            self._at_hand.close()
            self._at_hand = None
        if self._stopping:
            await asyncio.wait(list(self._stopping))
        for reader in self._opened:
            await reader.close()
        self._opened.clear()
        self._readers = asyncio.Queue()
        await super().close()

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[Threaded]:
        """Borrow a connection that sees all that is committed and can write nothing.

        When the borrower is cancelled its statement is stopped, which would else go on to its end.
        """
        if self._connection is None:
            async with self._lock:
                await self.create_connection(with_db=True)
        reader = await self._readers.get()
        try:
            yield reader
        except asyncio.CancelledError:
            stopping = asyncio.ensure_future(self._stop(reader))
            self._stopping.add(stopping)
            stopping.add_done_callback(self._stopping.discard)
            raise
        except BaseException:
            self._readers.put_nowait(reader)
            raise
        self._readers.put_nowait(reader)

    async def _stop(self, reader: Threaded) -> None:
        """Interrupt what a reader still does, then let others borrow it.

        Its thread may not have begun the statement yet, and an interruption then does nothing; so
        it is repeated until the thread gets to what was asked for after the statement.
        """
        reached = asyncio.ensure_future(reader.execute_fetchall("SELECT 1"))
        while not reached.done():
            await reader.interrupt()
            await asyncio.wait([reached], timeout=0.02)
        reached.exception()
        self._readers.put_nowait(reader)

    def _in_transaction(self) -> TransactionContext:
        return ImmediateTransaction(SqliteTransaction(self), self._lock, self._has_written)

    def _has_written(self) -> None:
        if self._rest is not None:
            self._rest.wait()

    async def execute_query(
        self, query: str, values: list[Any] | None = None
    ) -> tuple[int, Sequence[Any]]:
        if not query.lstrip().upper().startswith(_READS):
            written: tuple[int, Sequence[Any]] = await super().execute_query(query, values)
            return written
        rows = await self._read(query, values)
        return len(rows), rows

    async def execute_query_dict(
        self, query: str, values: list[Any] | None = None
    ) -> list[dict[str, Any]]:
        if not query.lstrip().upper().startswith(_READS):
            written: list[dict[str, Any]] = await super().execute_query_dict(query, values)
            return written
        return [dict(row) for row in await self._read(query, values)]

    async def _read(self, query: str, values: list[Any] | None) -> list[sqlite3.Row]:
        try:
            async with self.reader() as reader:
                return list(await reader.execute_fetchall(query, values or []))
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error
        except sqlite3.IntegrityError as error:
            raise IntegrityError(error) from error


async def _open(path: str, kind: type[Connection], *pragmas: str) -> Threaded:
    """A connection; its thread would keep the process alive, so a failed one is closed."""
    opened = partial(
        sqlite3.connect, path, isolation_level=None, cached_statements=512, factory=kind
    )
    connection = Threaded(opened, iter_chunk_size=64)
    await connection
    try:
        connection.row_factory = sqlite3.Row
        for pragma in pragmas:
            await _pragma(connection, pragma)
    except BaseException:
        await connection.close()
        raise
    return connection


async def _pragma(connection: Threaded, pragma: str) -> None:
    await connection.execute_fetchall(f"PRAGMA {pragma}")


client_class = SqliteEngine
