"""The collect edge alone, around a real database."""

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette

from touchline.api.collect import routes
from touchline.api.envelope import Envelope
from touchline.api.errors import EXCEPTION_HANDLERS
from touchline.domain.collect.group_commit import GroupCommitter
from touchline.domain.collect.landed import Call, read_landing
from touchline.domain.collect.quarantine import Quarantined
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch
from touchline.domain.sources.service import create_source
from touchline.settings import Settings

ORIGIN = "http://collect.test"


class Shop:
    """A source that sends: a client with the write key it may use, and what came of it."""

    def __init__(self, client: AsyncClient, committer: GroupCommitter, key: str, id_: int) -> None:
        self.client = client
        self.committer = committer
        self.key = key
        self.id = id_

    @property
    def basic(self) -> dict[str, str]:
        """The header by which SDKs show the key."""
        return {"Authorization": "Basic " + base64.b64encode(f"{self.key}:".encode()).decode()}

    async def post(
        self, path: str, body: Any, headers: dict[str, str] | None = None, *, keyed: bool = True
    ) -> Any:
        """Send JSON (or bytes as they are) to ``/v1/<path>``."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        shown = (self.basic if keyed else {}) | (headers or {})
        return await self.client.post(f"/v1/{path}", content=content, headers=shown)

    async def landed(self) -> list[Call]:
        """All calls that were accepted, oldest first."""
        rows = await fetch("SELECT body FROM landing ORDER BY id")
        return [call for row in rows for call in read_landing(bytes(row["body"]))]

    async def quarantine(self) -> list[Quarantined]:
        """All events that were rejected, oldest first."""
        return [event for _, event in await waiting()]


async def waiting() -> list[tuple[int, Quarantined]]:
    """The rejected events that were not replayed, oldest first, each with its id."""
    rows = await fetch("SELECT * FROM rejected_event WHERE replayed_at IS NULL ORDER BY id")
    return [
        (
            row["id"],
            Quarantined(
                *(row["source_id"], row["received_at"], row["code"], row["path"]),
                *(row["message"], bytes(row["raw"])),
                json.loads(row["request"]) if row["request"] else None,
            ),
        )
        for row in rows
    ]


@asynccontextmanager
async def selling(settings: Settings) -> AsyncIterator[Shop]:
    """A shop that can send, for the length of the block; the database is open already."""
    committer = GroupCommitter(settings)
    await committer.start()
    app = Starlette(routes=routes, exception_handlers=EXCEPTION_HANDLERS)
    app.state.settings = settings
    app.state.committer = committer
    issued = await create_source(SYSTEM, name="Shop")
    try:
        async with AsyncClient(transport=ASGITransport(Envelope(app)), base_url=ORIGIN) as client:
            yield Shop(client, committer, issued.secret, issued.source.id)
    finally:
        await committer.stop()
