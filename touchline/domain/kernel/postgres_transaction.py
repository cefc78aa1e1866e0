"""A transaction on PostgreSQL, which takes no round trip to begin or to end."""

from collections.abc import Sequence
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
    ConnectionWrapper,
    NestedTransactionContext,
    TransactionContext,
)
from tortoise.exceptions import TransactionManagementError

from touchline.domain.kernel.pipelining import Ahead

_BEGIN = Ahead("BEGIN")


class PostgresTransaction(TransactionWrapper):
    """One that begins together with its first statement, and ends together with its last."""

    def __init__(self, engine: AsyncpgDBClient) -> None:
        super().__init__(engine)
        self._opening: list[Ahead] = []
        self._closing: list[Ahead] = []
        self.has_begun = False

    def open_with(self, one: Ahead) -> None:
        """Have a statement go to the server together with ``BEGIN``."""
        self._opening.append(one)

    def close_with(self, one: Ahead) -> None:
        """Have a statement go to the server together with ``COMMIT``."""
        self._closing.append(one)

    async def fetch(self, text: str, params: Sequence[Any]) -> list[asyncpg.Record]:
        """The rows of a statement; the first begins the transaction."""
        async with self._lock:
            if self.has_begun:
                rows: list[asyncpg.Record] = await self._connection.fetch(text, *params)
                return rows
            self.has_begun = True
            return await self._after(self._beginning(), text, params)

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        return Begun(self._lock, self)

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(PostgresStep(self))

    async def begin(self) -> None:
        self.has_begun = True
        if self._opening:
            await self._after(self._beginning(), "SELECT 1")
        else:
            await self._connection.execute("BEGIN")

    async def commit(self) -> None:
        if self._closing:
            ahead = [*([] if self.has_begun else self._beginning()), *self._closing]
            self.has_begun = True
            self._finalized = True
            try:
                await self._after(ahead, "COMMIT")
            except asyncpg.PostgresError:
                await self._connection.execute("ROLLBACK")
                raise
        else:
            await self._end("COMMIT")

    async def rollback(self) -> None:
        await self._end("ROLLBACK")

    def _beginning(self) -> list[Ahead]:
        return [_BEGIN, *self._opening]

    async def _after(
        self, ahead: Sequence[Ahead], text: str, params: Sequence[Any] = ()
    ) -> list[asyncpg.Record]:
        rows: list[asyncpg.Record] = await self._connection.fetch_after(ahead, text, params)
        return rows

    async def _end(self, how: str) -> None:
        if self._finalized:
            raise TransactionManagementError("Transaction already finalised")
        if self.has_begun:
            await self._connection.execute(how)
        self._finalized = True


class PostgresStep(TransactionWrapper):
    """A part of a transaction that the ORM can undo."""

    def __init__(self, whole: PostgresTransaction) -> None:
        super().__init__(whole)
        self._whole = whole

    async def savepoint(self) -> None:
        await self._run("SAVEPOINT orm")

    async def release_savepoint(self) -> None:
        await self._run("RELEASE SAVEPOINT orm")

    async def savepoint_rollback(self) -> None:
        await self._run("ROLLBACK TO SAVEPOINT orm; RELEASE SAVEPOINT orm")

    async def _run(self, sql: str) -> None:
        async with self._whole.acquire_connection() as connection:
            await connection.execute(sql)


class Begun(ConnectionWrapper[Any]):
    """The connection of a transaction for one statement, begun where it was not yet."""

    client: PostgresTransaction

    async def __aenter__(self) -> Any:
        await self._lock.acquire()
        try:
            if not self.client.has_begun:
                await self.client.begin()
        except BaseException:
            self._lock.release()
            raise
        return self.connection
