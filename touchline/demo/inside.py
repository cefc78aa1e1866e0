"""The server inside this process, spoken to over HTTP without a socket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.types import ASGIApp, Message

_BASE_URL = "http://touchline.inside"
_TIMEOUT_S = 120.0


class NotStarted(Exception):
    """The application did not start; the text is its own."""


@asynccontextmanager
async def inside(app: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application, which lives as long as the block.

    Its lifespan runs in one task from beginning to end, as under a real server.
    """
    told: asyncio.Queue[Message] = asyncio.Queue()
    heard: asyncio.Queue[Message] = asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    life = asyncio.ensure_future(app(scope, told.get, heard.put))
    await told.put({"type": "lifespan.startup"})
    started = await heard.get()
    if started["type"] != "lifespan.startup.complete":
        await asyncio.gather(life, return_exceptions=True)
        raise NotStarted(started.get("message") or "The server did not start.")
    try:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(
            transport=transport, base_url=_BASE_URL, timeout=_TIMEOUT_S
        ) as client:
            yield client
    finally:
        await told.put({"type": "lifespan.shutdown"})
        await life
