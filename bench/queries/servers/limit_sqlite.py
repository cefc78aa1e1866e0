"""What is left when all but HTTP and one statement is taken away, on SQLite.

The statement runs in the thread of the event loop: nothing is quicker for one core, and nothing a
product could do, for a slow statement would keep everybody waiting.
"""

import os
import sqlite3

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

STATEMENTS: dict[str, list[str]] = orjson.loads(os.environ["BENCH_STATEMENTS"])

_connection = sqlite3.connect(os.environ["BENCH_DATABASE"], isolation_level=None)
for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536", "temp_store=MEMORY"):
    _connection.execute(f"PRAGMA {pragma}")


async def _answer(request: Request) -> Response:
    given = orjson.loads(await request.body())["variables"]["given"]
    *before, last = STATEMENTS[request.path_params["key"]]
    if before:
        _connection.execute("BEGIN IMMEDIATE")
    try:
        for sql in before:
            _connection.execute(sql, given)
        ((made,),) = _connection.execute(last, given).fetchall()
    except sqlite3.Error:
        _connection.rollback()
        raise
    if before:
        _connection.execute("COMMIT")
    body = b'{"data":{"answer":' + made.encode() + b"}}"
    return Response(body, media_type="application/json")


app = Starlette(routes=[Route("/{key}", _answer, methods=["POST"])])
