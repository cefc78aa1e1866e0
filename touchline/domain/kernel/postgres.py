"""The PostgreSQL engine that the ORM is told to use: asyncpg with the session set once."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.backends.base.client import (
    PoolConnectionWrapper,
    TransactionalDBClient,
    TransactionContext,
)
from tortoise.connection import get_connections

from touchline.domain.kernel.pipelining import Pipelined
from touchline.domain.kernel.postgres_transaction import PostgresTransaction

CANCEL_WITHIN_S = 2.0
_KEPT_STATEMENTS = 100
_OUTDATED = (asyncpg.InvalidCachedStatementError, asyncpg.OutdatedSchemaCacheError)
"""What a statement raises that was prepared before its tables were changed."""

SESSION = {
    "timezone": "UTC",
    "datestyle": "ISO",
    "jit": "off",
    "application_name": "touchline",
}


class Spares:
    """Connections of a pool, kept in hand between statements.

    Going through the pool for each statement costs as much as a small one. Who waits gets the next
    that is given back; it goes back to the pool when what it was used for failed.
    """

    when_silent: Callable[[], None]
    """Called when the server lets a request to cancel a statement wait for long."""

    def __init__(self, engine: "PostgresEngine") -> None:
        self.when_silent = lambda: None
        self._engine = engine
        self._idle: list[Any] = []
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._taken = 0
        self._opening = asyncio.Lock()
        self._prepared: dict[Any, dict[str, Any]] = {}
        self._releasing: set[asyncio.Task[None]] = set()

    async def take(self) -> Any:
        """A connection that nobody else uses until it is given back."""
        while True:
            while self._idle:
                connection = self._idle.pop()
                if _is_open(connection):
                    return connection
                await self._release(connection)
            pool = await self._opened()
            connection = await (
                self._acquire(pool) if self._taken < pool.get_max_size() else self._wait()
            )
            if connection is not None:
                return connection

    async def give_back(self, connection: Any, *, sound: bool) -> None:
        """``sound`` says that all that was begun on it came to its end."""
        if sound and _is_open(connection):
            self._hand_on(connection)
        else:
            await self._release(connection)

    async def fetch(self, sql: str, params: Sequence[Any]) -> list[Any]:
        """Run one reading statement, which stays prepared on its connection."""
        idle = self._idle
        connection = idle.pop() if idle and _is_open(idle[-1]) else await self.take()
        try:
            prepared = self._prepared.get(connection)
            if prepared is None:
                prepared = self._prepared[connection] = {}
            known = prepared.get(sql) or await _prepare(connection, sql, prepared)
            try:
                rows = await _rows(known, params)
            except _OUTDATED:
                prepared.clear()
                rows = await connection.fetch(sql, *params)
        except BaseException:
            await self._release(connection)
            raise
        self._hand_on(connection)
        return rows

    def at_work(self) -> Iterator[tuple[Any, int]]:
        """Connections on which ``fetch`` waits, and how many statements were sent over each."""
        for connection in self._prepared.keys() - set(self._idle):
            if _is_open(connection):
                yield connection, connection._con._protocol.queries_count

    def break_off(self) -> None:
        """End every connection at once; who uses or awaits one is told that it is gone."""
        pool = self._engine._pool
        for holder in () if pool is None else pool._holders:
            holder.terminate()
        self.turn_away()

    def turn_away(self) -> None:
        """Have nobody wait on for a connection that others use; they are told it is gone."""
        while self._waiting:
            promised = self._waiting.popleft()
            if not promised.done():
                promised.set_exception(asyncpg.ConnectionDoesNotExistError("broken off"))

    async def let_go(self) -> None:
        """Give all back to the pool."""
        while self._idle:
            await self._release(self._idle.pop())

    async def _opened(self) -> asyncpg.Pool:
        async with self._opening:
            if self._engine._pool is None:
                self._taken = 0
                await self._engine.create_connection(with_db=True)
        assert self._engine._pool is not None
        return self._engine._pool

    async def _acquire(self, pool: asyncpg.Pool) -> Any:
        self._taken += 1
        try:
            return await pool.acquire()
        except BaseException:
            self._taken -= 1
            self._hand_on(None)
            raise

    async def _release(self, connection: Any) -> None:
        """Whoever gave up a statement does not wait for the server to notice."""
        self._prepared.pop(connection, None)
        if not _is_being_cancelled(connection):
            await self._released(connection)
            return
        releasing = asyncio.create_task(self._released(connection))
        self._releasing.add(releasing)
        releasing.add_done_callback(self._releasing.discard)

    async def _released(self, connection: Any) -> None:
        try:
            assert self._engine._pool is not None
            await self._engine._pool.release(connection, timeout=CANCEL_WITHIN_S)
        except TimeoutError:  # the pool has ended the connection
            self.when_silent()
        finally:
            self._taken -= 1
            self._hand_on(None)

    async def _wait(self) -> Any:
        """The next connection that is given back; ``None`` when the pool has one instead."""
        promised: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append(promised)
        try:
            return await promised
        except asyncio.CancelledError:
            if promised.done() and not promised.cancelled() and promised.exception() is None:
                self._hand_on(promised.result())  # it came too late to be used
            raise

    def _hand_on(self, connection: Any) -> None:
        while self._waiting:
            promised = self._waiting.popleft()
            if not promised.done():
                promised.set_result(connection)
                return
        if connection is not None:
            self._idle.append(connection)


class PostgresEngine(AsyncpgDBClient):
    """A pool whose every connection speaks UTC and compiles nothing just in time.

    ``session`` holds what is set on each besides.
    """

    connection_class = Pipelined

    def __init__(self, *, session: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(**options, server_settings={**SESSION, **(session or {})})
        self.spares = Spares(self)

    async def create_pool(self, **options: Any) -> asyncpg.Pool:
        return await asyncpg.create_pool(None, reset=_leave, **options)

    def acquire_connection(self) -> PoolConnectionWrapper[Any]:
        return Borrowed(self.spares)

    def _in_transaction(self) -> TransactionContext:
        return SparedTransaction(PostgresTransaction(self), self.spares)

    async def _close(self) -> None:
        await self.spares.let_go()
        await super()._close()


class Borrowed(PoolConnectionWrapper[Any]):
    """A connection for the length of a block."""

    __slots__ = ("_spares",)

    def __init__(self, spares: Spares) -> None:
        self._spares = spares

    async def __aenter__(self) -> Any:
        self.connection = await self._spares.take()
        return self.connection

    async def __aexit__(self, failed: Any, *_: Any) -> None:
        await self._spares.give_back(self.connection, sound=failed is None)


class SparedTransaction(TransactionContext):
    """``BEGIN`` … ``COMMIT`` on a connection that is kept in hand for the next."""

    client: PostgresTransaction

    def __init__(self, client: PostgresTransaction, spares: Spares) -> None:
        self.client = client
        self.connection_name = client.connection_name
        self._spares = spares

    async def __aenter__(self) -> TransactionalDBClient:
        self.client._connection = await self._spares.take()
        self._token = get_connections().set(self.connection_name, self.client)
        return self.client

    async def __aexit__(self, failed: type[BaseException] | None, *_: object) -> None:
        sound = False
        try:
            if not self.client._finalized:
                await (self.client.rollback() if failed else self.client.commit())
            sound = failed is None or not self.client.has_begun
        finally:
            get_connections().reset(self._token)
            await self._spares.give_back(self.client._connection, sound=sound)


async def _prepare(connection: Any, sql: str, among: dict[str, Any]) -> Any:
    made = among[sql] = await connection.prepare(sql)
    if len(among) > _KEPT_STATEMENTS:
        del among[next(iter(among))]
    return made


def _rows(prepared: Any, params: Sequence[Any]) -> Awaitable[list[Any]]:
    """The rows of a statement on the connection on which it is prepared.

    What asyncpg does besides for everybody takes a tenth of a small query's time: it looks whether
    the connection went back to the pool, and times and describes what was done.
    """
    protocol = prepared._connection._protocol
    rows: Awaitable[list[Any]] = protocol.bind_execute(prepared._state, params, "", 0, False, None)
    return rows


def _is_open(connection: Any) -> bool:
    inner = connection._con
    return inner is not None and not inner.is_closed()  # None: the pool took it back


def _is_being_cancelled(connection: Any) -> bool:
    inner = connection._con
    return inner is not None and not inner.is_closed() and inner._protocol._is_cancelling()


async def _leave(_connection: Any) -> None:
    """What a connection does when it goes back to the pool: no round trip.

    An open transaction was rolled back before. Nothing else is left to be undone: settings are
    changed for one transaction at most, and locks are held for one or given back by their holder.
    """


client_class = PostgresEngine
