"""Statements as values, and how several of them reach the database in one go.

A round trip to PostgreSQL, and a turn of the thread that writes to an SQLite file, cost more than
what a small statement does there. So what can go together does.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from tortoise.backends.base.client import BaseDBAsyncClient

from touchline.domain.kernel.pipelining import Ahead
from touchline.domain.kernel.postgres_transaction import PostgresTransaction
from touchline.domain.kernel.sqlite_transaction import SqliteTransaction, Threaded

Found = list[list[Mapping[str, Any]]]
"""The rows of each of several reads."""


class Statement(NamedTuple):
    """SQL with ``?`` for each of its parameters, in order.

    One for ``many`` rows has a sequence of parameters for each; only SQLite is given such.
    """

    text: str
    params: Sequence[Any] = ()
    many: bool = False


@lru_cache(maxsize=1024)
def numbered(sql: str) -> str:
    """The same statement with ``$1``, ``$2``, … in place of each ``?``."""
    first, *rest = sql.split("?")
    return first + "".join(f"${number}{part}" for number, part in enumerate(rest, 1))


async def read_together(client: BaseDBAsyncClient, asked: Sequence[Statement]) -> Found:
    """The rows of several reads, all of which see the same state of the database."""
    if isinstance(client, SqliteTransaction):
        return await client.run(_read_each, asked)
    text, params = _as_one_read(asked)
    if isinstance(client, PostgresTransaction):
        (answer,) = await client.fetch(numbered(text), params)
        return _each_of(answer)
    async with client.acquire_connection() as connection:
        if isinstance(connection, Threaded):
            return await connection.run(_read_each, asked)
        return _each_of(await connection.fetchrow(numbered(text), *params))


async def write_together(client: BaseDBAsyncClient, writes: Sequence[Statement]) -> None:
    """Run several writes that do not depend on each other, nor touch the same rows."""
    if isinstance(client, SqliteTransaction):
        await client.run(_write_each, writes)
        return
    text, params = _as_one_write(writes)
    if isinstance(client, PostgresTransaction):
        await client.fetch(numbered(text), params)


async def write_with_commit(client: BaseDBAsyncClient, writes: Sequence[Statement]) -> None:
    """Run several such writes at the end of a transaction, in one go with its ``COMMIT``.

    What is long goes before it: only what is short is sent as text.
    """
    if isinstance(client, SqliteTransaction):
        client.close_with(_write_each, writes)
        return
    text, params = _as_one_write(writes)
    if isinstance(client, PostgresTransaction):
        if any(isinstance(one, list) for one in params):
            await client.fetch(numbered(text), params)
        else:
            client.close_with(Ahead(numbered(text), params))


def _each_of(answer: Sequence[str | None]) -> Found:
    return [[] if rows is None else orjson.loads(rows) for rows in answer]


def _as_one_read(asked: Sequence[Statement]) -> tuple[str, list[Any]]:
    """One row of PostgreSQL, that holds the rows of each as a JSON array."""
    columns = ", ".join(
        f"(SELECT json_agg(q{at}) FROM ({one.text}) q{at})" for at, one in enumerate(asked)
    )
    return f"SELECT {columns}", _params_of(asked)


def _as_one_write(writes: Sequence[Statement]) -> tuple[str, list[Any]]:
    if len(writes) == 1:
        return writes[0].text, list(writes[0].params)
    items = ", ".join(f"w{at} AS ({one.text})" for at, one in enumerate(writes))
    return f"WITH {items} SELECT 1 WHERE FALSE", _params_of(writes)


def _read_each(connection: sqlite3.Connection, asked: Sequence[Statement]) -> Found:
    return [connection.execute(one.text, one.params).fetchall() for one in asked]


def _write_each(connection: sqlite3.Connection, writes: Sequence[Statement]) -> None:
    for one in writes:
        run = connection.executemany if one.many else connection.execute
        run(one.text, one.params).close()


def _params_of(statements: Sequence[Statement]) -> list[Any]:
    return [param for one in statements for param in one.params]
