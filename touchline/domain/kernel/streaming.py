"""Reading many rows in one pass, without holding all of them or a lock."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from touchline.domain.kernel.db import Row, engine
from touchline.domain.kernel.sqlite import SqliteEngine
from touchline.domain.kernel.statements import numbered

_AT_ONCE = 10_000
_FOR_THE_WHOLE = {"cursor_tuple_fraction": "1.0", "work_mem": "128MB"}
"""All rows will be read, so nothing is gained by a plan that has the first of them soon."""


@asynccontextmanager
async def streamed(sql: str, params: Sequence[Any]) -> AsyncIterator[AsyncIterator[list[Row]]]:
    """The rows of one reading statement, as they were when it began, some thousands at a time.

    Their values are read by position.
    It has a connection of its own for the length of the block: transactions of the caller go on
    beside it, and it sees nothing of them.
    """
    client = engine()
    if isinstance(client, SqliteEngine):
        async with client.reader() as reader, reader.execute(sql, params) as cursor:
            cursor.row_factory = None
            yield _parts(cursor.fetchmany)
        return
    async with (
        client.acquire_connection() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        chosen = ", ".join(f"set_config('{k}', '{v}', true)" for k, v in _FOR_THE_WHOLE.items())
        await connection.fetch(f"SELECT {chosen}")
        yield _parts((await connection.cursor(numbered(sql), *params)).fetch)


async def _parts(more: Any) -> AsyncIterator[list[Row]]:
    while rows := list(await more(_AT_ONCE)):
        yield rows
