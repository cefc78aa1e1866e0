"""What is left when all but HTTP and one prepared statement is taken away, on PostgreSQL."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

CONNECTIONS = 10
STATEMENTS: dict[str, str] = orjson.loads(os.environ["BENCH_STATEMENTS"])

Prepared = dict[str, Any]

_idle: asyncio.LifoQueue[Prepared] = asyncio.LifoQueue()


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    opened = [await _open() for _ in range(CONNECTIONS)]
    yield
    for connection in opened:
        await connection.close()


async def _open() -> Any:
    """A connection that leaves JSON as bytes and has every statement prepared."""
    connection: Any = await asyncpg.connect(
        os.environ["BENCH_DATABASE"], server_settings={"timezone": "UTC", "jit": "off"}
    )
    await connection.set_type_codec(
        "json", schema="pg_catalog", format="binary", encoder=bytes, decoder=bytes
    )
    _idle.put_nowait({key: await connection.prepare(sql) for key, sql in STATEMENTS.items()})
    return connection


async def _answer(request: Request) -> Response:
    given = orjson.loads(await request.body())["variables"]["given"]
    prepared = await _idle.get()
    try:
        made = await prepared[request.path_params["key"]].fetchval(*given)
    finally:
        _idle.put_nowait(prepared)
    return Response(b'{"data":{"answer":' + made + b"}}", media_type="application/json")


app = Starlette(routes=[Route("/{key}", _answer, methods=["POST"])], lifespan=_lifespan)
