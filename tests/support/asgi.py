"""The whole application in this process, spoken to over HTTP without a socket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from starlette.types import ASGIApp, Message

BASE_URL = "http://touchline.test"


@asynccontextmanager
async def started(app: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application, whose lifespan lasts as long as the block.

    The lifespan runs in a task of its own, as under a server: what it begins (task groups, cancel
    scopes) must end in the same task, and fixtures begin and end in different ones. Raises
    ``RuntimeError`` with the application's own words when it does not start or end well.
    """
    told: asyncio.Queue[Message] = asyncio.Queue()
    answers: asyncio.Queue[Message] = asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    life = asyncio.ensure_future(app(scope, told.get, answers.put))
    await _phase("startup", told, answers, life)
    try:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
            yield client
    finally:
        await _phase("shutdown", told, answers, life)
        await life


async def _phase(
    name: str,
    told: asyncio.Queue[Message],
    answers: asyncio.Queue[Message],
    life: asyncio.Future[None],
) -> None:
    await told.put({"type": f"lifespan.{name}"})
    answer = asyncio.ensure_future(answers.get())
    waited: set[asyncio.Future[Any]] = {answer, life}
    await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
    if not answer.done():
        answer.cancel()
        await life
        raise RuntimeError(f"the application left during {name}")
    if answer.result()["type"] != f"lifespan.{name}.complete":
        raise RuntimeError(answer.result().get("message", f"{name} failed"))
