"""A WebSocket client that speaks to an ASGI application in the same event loop."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from starlette.types import ASGIApp, Message

PATIENCE = 5.0


class Closed(Exception):
    """The server closed the connection."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code} {reason}")
        self.code = code
        self.reason = reason


class Client:
    """One connection, seen from the client. ``stalled`` makes it take no more messages."""

    def __init__(self) -> None:
        self.incoming: asyncio.Queue[Message] = asyncio.Queue()
        self.outgoing: asyncio.Queue[Message] = asyncio.Queue()
        self.stalled = False
        self.subprotocol: str | None = None

    async def say(self, message: Any) -> None:
        text = message if isinstance(message, str) else json.dumps(message)
        await self.outgoing.put({"type": "websocket.receive", "text": text})

    async def say_bytes(self, data: bytes) -> None:
        await self.outgoing.put({"type": "websocket.receive", "bytes": data})

    async def hear(self) -> Any:
        """The next message; raises ``Closed``."""
        async with asyncio.timeout(PATIENCE):
            event = await self.incoming.get()
        if event["type"] == "websocket.close":
            raise Closed(event["code"], event["reason"])
        assert isinstance(event["text"], str)
        return json.loads(event["text"])

    async def end(self) -> Closed:
        """How the server closes the connection, whatever it says before."""
        try:
            while True:
                await self.hear()
        except Closed as closed:
            return closed

    async def take(self, event: Message) -> None:
        if self.stalled and event["type"] == "websocket.send":
            await asyncio.Event().wait()
        await self.incoming.put(event)


@asynccontextmanager
async def connected(
    app: ASGIApp, *, protocols: tuple[str, ...] = ("graphql-transport-ws",), **headers: str
) -> AsyncIterator[Client]:
    """A connection to ``/graphql``, gone at the end of the block."""
    client = Client()
    scope = {
        "type": "websocket",
        "path": "/graphql",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "subprotocols": list(protocols),
        "client": ("127.0.0.1", 1),
        "query_string": b"",
    }
    await client.outgoing.put({"type": "websocket.connect"})
    task = asyncio.create_task(_serve(app, scope, client))
    try:
        accepted = await asyncio.wait_for(client.incoming.get(), PATIENCE)
        client.subprotocol = accepted["subprotocol"]
        yield client
    finally:
        await client.outgoing.put({"type": "websocket.disconnect", "code": 1005})
        with suppress(TimeoutError):
            await asyncio.wait_for(task, PATIENCE)


async def _serve(app: ASGIApp, scope: dict[str, Any], client: Client) -> None:
    await app(scope, client.outgoing.get, client.take)
