"""An event sent to a running server reaches whoever watches the timeline, over real sockets."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.support.deployment import MODES, Mode, deployments
from tests.support.product import Product

WITHIN_S = 20.0
FIND = 'query ($e: String!) { customerByIdentifier(kind: "email", value: $e) { id } }'
WATCH = """
subscription ($id: ID!) {
  timelineTouchpointAdded(customerId: $id) { touchpoint { type name } customer { id } }
}
"""


class Caller:
    """A customer's app and a marketer's screen on one deployment."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.write_key = product.command("sources", "create", "shop")["writeKey"]
        self.key = product.command("keys", "create", "screen", "--scope", "read")["key"]

    async def send(self, call: str, **event: Any) -> None:
        """Send one event of Ann's."""
        async with httpx.AsyncClient(base_url=self.product.url) as client:
            sent = {"userId": "ann", **event}
            response = await client.post(f"/v1/{call}", json=sent, auth=(self.write_key, ""))
        assert response.status_code == 200

    async def customer(self) -> str:
        """Ann's id, once she is on the timeline."""
        headers = {"Authorization": f"Bearer {self.key}"}
        asked = {"query": FIND, "variables": {"e": "ann@acme.test"}}
        async with (
            asyncio.timeout(WITHIN_S),
            httpx.AsyncClient(base_url=self.product.url, headers=headers) as client,
        ):
            while True:
                body = (await client.post("/graphql", json=asked)).json()
                if found := body["data"]["customerByIdentifier"]:
                    return str(found["id"])
                await asyncio.sleep(0.05)

    @asynccontextmanager
    async def watching(self, customer: str) -> AsyncIterator[ClientConnection]:
        """A socket on which Ann's timeline is watched, soon after it is handed out."""
        address = self.product.url.replace("http", "ws") + "/graphql"
        async with connect(address, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
            shown = {"Authorization": f"Bearer {self.key}"}
            await _say(socket, type="connection_init", payload=shown)
            assert await _hear(socket) == {"type": "connection_ack"}
            payload = {"query": WATCH, "variables": {"id": customer}}
            await _say(socket, type="subscribe", id="1", payload=payload)
            await _say(socket, type="ping")
            assert await _hear(socket) == {"type": "pong"}
            yield socket


@pytest.mark.parametrize("mode", MODES)
async def test_an_event_is_told_to_who_watches_until_the_server_leaves(mode: Mode) -> None:
    with deployments(mode) as fresh:
        product = fresh()
        caller = Caller(product)
        await product.start_server()
        if mode == "postgres":
            product.start_worker()
        await caller.send("identify", traits={"email": "ann@acme.test"})
        customer = await caller.customer()
        async with caller.watching(customer) as socket:
            told = await _told_of_an_order(caller, socket)
            await product.stop()
            with pytest.raises(ConnectionClosed) as closed:
                await _hear_to_the_end(socket)

    assert told == {
        "id": "1",
        "type": "next",
        "payload": {
            "data": {
                "timelineTouchpointAdded": {
                    "touchpoint": {"type": "TRACK", "name": "Order Completed"},
                    "customer": {"id": customer},
                }
            }
        },
    }
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1012


async def _told_of_an_order(caller: Caller, socket: ClientConnection) -> Any:
    """The first message about an order; Ann orders again until the subscription listens."""
    async with asyncio.timeout(WITHIN_S):
        while True:
            await caller.send("track", event="Order Completed")
            with suppress(TimeoutError):
                return await asyncio.wait_for(_order(socket), timeout=1)


async def _order(socket: ClientConnection) -> Any:
    """The next message about an order; one about what came before it may still be on its way."""
    while True:
        told = await _hear(socket)
        if told["payload"]["data"]["timelineTouchpointAdded"]["touchpoint"]["type"] == "TRACK":
            return told


async def _hear_to_the_end(socket: ClientConnection) -> None:
    """Hear the messages still on their way, until the connection is closed."""
    while True:
        await _hear(socket)


async def _say(socket: ClientConnection, **message: Any) -> None:
    await socket.send(json.dumps(message))


async def _hear(socket: ClientConnection) -> Any:
    async with asyncio.timeout(WITHIN_S):
        return json.loads(await socket.recv())
