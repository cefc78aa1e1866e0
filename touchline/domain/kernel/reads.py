"""Reads of queries, kept from harming anything else: each within a time, on connections of its own.

On PostgreSQL they have a pool of their own, to the replica if there is one, whose statements the
server itself stops in time. While the replica cannot be reached, does not answer, or lacks what is
asked for, they go to the primary. On SQLite the readers are apart from the writer anyhow.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from typing import Any

import asyncpg
import structlog
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.exceptions import OperationalError

from touchline.domain.kernel.db import ReadBy, Row, fetch_at_once, fetch_from_home
from touchline.domain.kernel.ending import end
from touchline.domain.kernel.errors import SumTooLarge, TimedOut, TooLarge
from touchline.domain.kernel.pauses import Pauses
from touchline.domain.kernel.postgres import PostgresEngine
from touchline.domain.kernel.silence import watch
from touchline.domain.kernel.statements import numbered
from touchline.settings import Settings

CONNECT_WITHIN_S = 2.0
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
BEYOND_THE_SERVER_S = 1.0  # after its limit, a server that says nothing hangs
_AWAY = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InsufficientPrivilegeError,
)
_LACKING = (
    asyncpg.UndefinedTableError,
    asyncpg.UndefinedColumnError,
    asyncpg.UndefinedFunctionError,
)
_CANNOT = (asyncpg.NumericValueOutOfRangeError, sqlite3.OperationalError, OperationalError)
_TOO_BIG = "too big"  # so SQLite says of a text past the limit of its connection

_log = structlog.get_logger(__name__)


class _Reads:
    def __init__(self, settings: Settings) -> None:
        self.limit_s = settings.statement_timeout_ms / 1000
        self.on_replica = settings.replica_url is not None
        self.away = False
        self._lacking: str | None = None  # what the replica could not read, though the primary can
        self._pauses = Pauses(FIRST_PAUSE_S, LONGEST_PAUSE_S)
        self._watching: asyncio.Task[None] | None = None
        self._back: asyncio.Task[None] | None = None
        url = settings.replica_url or settings.database_url
        self._pool = None if url is None else self._watched(_pool(url, settings))

    def _watched(self, pool: PostgresEngine) -> PostgresEngine:
        patience_s = self.limit_s + BEYOND_THE_SERVER_S

        def leave() -> None:
            """Nobody waits on for a server that hangs, nor begins anything on old connections."""
            if not self.on_replica:
                _log.warning("the database does not answer queries", after_s=patience_s)
            self._leave(TimeoutError(f"no answer for {patience_s:g} s"))
            pool.spares.break_off()

        pool.spares.when_silent = leave
        self._watching = asyncio.create_task(watch(pool.spares, patience_s))
        return pool

    async def fetch(self, sql: str, params: Sequence[Any]) -> list[Row]:
        if self._pool is None or self.away:
            return await self._fetch_from_home(sql, params)
        try:
            return await self._pool.spares.fetch(numbered(sql), params)
        except asyncpg.QueryCanceledError:  # by the server, after the time it was told
            raise TimedOut(self.limit_s) from None
        except asyncpg.NumericValueOutOfRangeError:
            raise SumTooLarge from None
        except _LACKING as error:
            rows = await self._fetch_from_home(sql, params)  # raises where the statement is wrong
            self._leave(error, lacking=numbered(sql))
            return rows
        except _AWAY as error:
            self._leave(error)
        except asyncpg.SerializationError:  # what is read is being changed by the replication
            pass
        return await self._fetch_from_home(sql, params)

    async def _fetch_from_home(self, sql: str, params: Sequence[Any]) -> list[Row]:
        try:
            short = fetch_at_once(sql, params)
            if short is not None:
                return short
            async with asyncio.timeout(self.limit_s) as deadline:
                return await fetch_from_home(sql, params)
        except TimeoutError:
            if deadline.expired():
                raise TimedOut(self.limit_s) from None
            raise
        except sqlite3.DataError as error:
            if _TOO_BIG in str(error):
                raise TooLarge from None
            raise
        except _CANNOT as error:
            if _adds_up_to_too_much(error):
                raise SumTooLarge from None
            raise

    def _leave(self, error: BaseException, lacking: str | None = None) -> None:
        """Do without the replica; the primary is asked once more over another connection."""
        if self.away or not self.on_replica or self._pool is None:
            return
        self.away, self._lacking = True, lacking
        _log.warning("the replica is left aside, queries read from the primary", error=repr(error))
        self._pool.spares.turn_away()
        self._back = asyncio.create_task(self._until_back())

    async def _until_back(self) -> None:
        while True:
            await asyncio.sleep(self._pauses.next())
            if await self.replica_ailment() is None:
                break
        self._pauses.end()
        self.away = False
        _log.info("the replica answers again")

    async def replica_ailment(self) -> str | None:
        """What ails the replica, asked of itself; ``None`` when it answers or there is none."""
        if not self.on_replica or self._pool is None:
            return None
        try:
            async with asyncio.timeout(CONNECT_WITHIN_S):
                await self._pool.spares.fetch("SELECT 1 FROM job LIMIT 1", ())
                if self.away and self._lacking is not None:
                    async with self._pool.acquire_connection() as connection:
                        await connection.prepare(self._lacking)
        except _LACKING as error:
            return f"lacks what is there on the primary: {error}"
        except Exception as error:
            return f"no answer: {error or type(error).__name__}"
        return None

    async def close(self) -> None:
        await end(*[task for task in (self._watching, self._back) if task is not None])
        if self._pool is not None:
            await self._pool.close()


_reads: _Reads | None = None


@asynccontextmanager
async def reads_apart(settings: Settings) -> AsyncIterator[None]:
    """Have the queries of this process read as this module says, for the length of the block.

    The database is open already. A replica that is away does not keep a process from starting.
    """
    global _reads
    _reads = _Reads(settings)
    try:
        yield
    finally:
        ending, _reads = _reads, None
        await ending.close()


def querying() -> AbstractContextManager[None]:
    """What is read in this block belongs to a query; raises ``TimedOut`` where it takes too long.

    Nothing in it may depend on what was written a moment ago: a replica may not know it yet.
    """
    return nullcontext() if _reads is None else ReadBy(_reads.fetch)


async def replica_ailment() -> str | None:
    """What ails the replica; ``None`` when it answers, or when there is none."""
    return None if _reads is None else await _reads.replica_ailment()


def _adds_up_to_too_much(error: Exception) -> bool:
    of_sqlite = isinstance(error, sqlite3.Error | OperationalError)
    return not of_sqlite or "integer overflow" in str(error)


def _pool(url: str, settings: Settings) -> PostgresEngine:
    given = expand_db_url(url)["credentials"]
    given |= {"minsize": 0, "maxsize": settings.database_pool, "timeout": CONNECT_WITHIN_S}
    session = {
        "statement_timeout": str(settings.statement_timeout_ms),
        "default_transaction_read_only": "on",
    }
    return PostgresEngine(connection_name="reads", session=session, **given)
