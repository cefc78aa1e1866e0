"""A transaction on the SQLite file: to begin and to end it takes no turn of the writer's thread."""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

import aiosqlite
from tortoise.backends.base.client import (
    ConnectionWrapper,
    NestedTransactionContext,
    TransactionalDBClient,
    TransactionContext,
)
from tortoise.backends.sqlite.client import SqliteTransactionWrapper
from tortoise.connection import get_connections
from tortoise.exceptions import OperationalError

P = TypeVar("P")
T = TypeVar("T")

Work = Callable[[sqlite3.Connection, Any], Any]


class Threaded(aiosqlite.Connection):
    """A connection with a thread of its own, which does several things in one turn."""

    async def run(self, work: Callable[[sqlite3.Connection, P], T], given: P) -> T:
        """What ``work`` makes of the connection and of what is given, in the thread."""
        done: T = await self._execute(work, self._conn, given)  # type: ignore[no-untyped-call]
        return done


class SqliteTransaction(SqliteTransactionWrapper):
    """One that begins together with its first statement, and ends together with its last."""

    _connection: Threaded

    def __init__(self, engine: Any) -> None:
        super().__init__(engine)
        self._closing: tuple[Work, Any] | None = None
        self.has_begun = False

    def close_with(self, work: Work, given: Any) -> None:
        """Have something done in the turn of ``COMMIT``."""
        self._closing = work, given

    async def run(self, work: Callable[[sqlite3.Connection, P], T], given: P) -> T:
        """What ``work`` makes of the connection and of what is given; it may be the first."""
        async with self._lock:
            if self.has_begun:
                return await self._connection.run(work, given)
            return await self._first(work, given)

    async def begin(self) -> None:
        if not self.has_begun:
            await self._first(_nothing, None)

    async def commit(self) -> None:
        self._finalized = True
        if self.has_begun or self._closing is not None:
            await self._told(_end, (self._closing, not self.has_begun))

    async def rollback(self) -> None:
        self._finalized = True
        if self.has_begun:
            await self._connection.rollback()

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        return Begun(self._lock, self)

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(SqliteStep(self))

    async def _first(self, work: Callable[[sqlite3.Connection, P], T], given: P) -> T:
        self.has_begun = True
        return await self._told(_begin, (work, given))

    async def _told(self, work: Callable[[sqlite3.Connection, P], T], given: P) -> T:
        try:
            return await self._connection.run(work, given)
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error


class SqliteStep(SqliteTransactionWrapper):
    """A part of a transaction that the ORM can undo."""

    def __init__(self, whole: SqliteTransaction) -> None:
        super().__init__(whole)
        self._whole = whole

    async def savepoint(self) -> None:
        await self._whole.begin()
        await super().savepoint()


class Begun(ConnectionWrapper[Any]):
    """The connection of a transaction for one statement, begun where it was not yet."""

    client: SqliteTransaction

    async def __aenter__(self) -> Any:
        await self._lock.acquire()
        try:
            await self.client.begin()
        except BaseException:
            self._lock.release()
            raise
        return self.connection


class ImmediateTransaction(TransactionContext):
    """``BEGIN IMMEDIATE`` … ``COMMIT`` on the writer; cancellation at any point frees the lock.

    ``has_ended`` is told when others may write.
    """

    connection: SqliteTransaction

    def __init__(
        self, connection: SqliteTransaction, lock: asyncio.Lock, has_ended: Callable[[], None]
    ) -> None:
        self.connection = connection
        self.connection_name = connection.connection_name
        self._lock = lock
        self._has_ended = has_ended
        self._ending: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> TransactionalDBClient:
        await self._lock.acquire()
        try:
            await self._open()
        except BaseException:
            self._lock.release()
            raise
        self._token = get_connections().set(self.connection_name, self.connection)
        return self.connection

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        get_connections().reset(self._token)
        ending = asyncio.ensure_future(self._end(failed=exc_type is not None))
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)
        await asyncio.shield(ending)

    async def _open(self) -> None:
        parent = self.connection._parent
        if parent._connection is None:
            await parent.create_connection(with_db=True)
        writer = parent._connection
        assert isinstance(writer, Threaded)
        self.connection._connection = writer

    async def _end(self, *, failed: bool) -> None:
        try:
            if failed or self.connection._finalized:
                await self.connection.rollback()
            else:
                await self.connection.commit()
        finally:
            self._lock.release()
            self._has_ended()


def _begin(connection: sqlite3.Connection, then: tuple[Callable[..., T], Any]) -> T:
    work, given = then
    if connection.in_transaction:
        connection.rollback()
    connection.execute("BEGIN IMMEDIATE").close()
    return work(connection, given)


def _end(connection: sqlite3.Connection, how: tuple[tuple[Work, Any] | None, bool]) -> None:
    """The last work, if there is some, and the commit; all is undone where either fails."""
    closing, is_first = how
    try:
        if closing is not None:
            if is_first:
                _begin(connection, closing)
            else:
                closing[0](connection, closing[1])
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _nothing(_connection: sqlite3.Connection, _given: Any) -> None:
    """For those who only begin."""
