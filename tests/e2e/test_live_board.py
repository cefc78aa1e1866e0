"""Two screens watch one board over real sockets, and end with the same order as the list has."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.support.deployment import MODES, Mode, deployments
from tests.support.product import Product

WITHIN_S = 90.0
ITEMS = 6
MOVES = 24
ORDER = "orderVersion items(first: 20, states: [BACKLOG]) { nodes { title } }"
BOARD = f"query ($id: ID!) {{ backlog(id: $id) {{ {ORDER} }} }}"
WATCH = f"""subscription ($id: ID!) {{ backlogChanged(backlogId: $id) {{
  change orderVersion backlog {{ {ORDER} }} }} }}"""
BEGIN = """mutation ($owner: ID!) { backlogCreate(input: { name: "Marketing", ownerId: $owner }) {
  backlog { id } } }"""
PROPOSE = """mutation ($backlog: ID!, $title: String!) { backlogItemPropose(
  input: { backlogId: $backlog, title: $title, kind: CONTENT }) { backlogItem { id } } }"""
ACCEPT = """mutation ($item: ID!) { backlogItemAccept(input: { itemId: $item }) {
  userErrors { code } } }"""
MOVE = """mutation ($item: ID!, $after: ID) { backlogItemMove(
  input: { itemId: $item, after: $after }) { userErrors { code } } }"""


class Board:
    """A backlog on a deployment, and its Owner's key."""

    def __init__(self, product: Product) -> None:
        self.product = product
        mail = "ada@acme.test"
        self.owner = product.command("members", "create", "Ada", "--email", mail)["id"]
        issue = ("keys", "create", "Ada", "--scope", "admin", "--member", mail)
        self.key = product.command(*issue)["key"]
        self.id = ""
        self.items: list[str] = []

    async def begin(self) -> None:
        """Some items in the list."""
        self.id = (await self.ask(BEGIN, owner=self.owner))["backlogCreate"]["backlog"]["id"]
        for at in range(ITEMS):
            made = await self.ask(PROPOSE, backlog=self.id, title=f"Item {at}")
            self.items.append(made["backlogItemPropose"]["backlogItem"]["id"])
            await self.ask(ACCEPT, item=self.items[-1])

    async def ask(self, document: str, **variables: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.key}"}
        async with httpx.AsyncClient(base_url=self.product.url, headers=headers) as client:
            asked = {"query": document, "variables": variables}
            body = (await client.post("/graphql", json=asked, timeout=WITHIN_S)).json()
        assert "errors" not in body, body
        return body["data"]

    async def move_about(self, client: int) -> None:
        """The moves of one client; two of them move the same items at once."""
        for turn in range(MOVES // 2):
            item = self.items[(turn * 5 + client) % ITEMS]
            after = self.items[(turn * 7 + 1 + client) % ITEMS]
            await self.ask(MOVE, item=item, after=None if after == item else after)

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[ClientConnection]:
        """A socket on which the board is watched, soon after it is handed out."""
        address = self.product.url.replace("http", "ws") + "/graphql"
        async with connect(address, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
            shown = {"Authorization": f"Bearer {self.key}"}
            await socket.send(json.dumps({"type": "connection_init", "payload": shown}))
            assert await hear(socket) == {"type": "connection_ack"}
            payload = {"query": WATCH, "variables": {"id": self.id}}
            await socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": payload}))
            yield socket


@pytest.mark.parametrize("mode", MODES)
async def test_two_screens_end_with_the_order_that_the_list_has(mode: Mode) -> None:
    with deployments(mode) as fresh:
        product = fresh()
        board = Board(product)
        await product.start_server()
        if mode == "postgres":
            product.start_worker()
        await board.begin()
        async with AsyncExitStack() as stack:
            sockets = [await stack.enter_async_context(board.watched()) for _ in range(2)]
            for socket in sockets:
                await until_heard(board, socket)
            await asyncio.gather(*(board.move_about(client) for client in range(2)))
            stands = (await board.ask(BOARD, id=board.id))["backlog"]
            seen = [await told_of(socket, stands["orderVersion"]) for socket in sockets]
        await product.stop()

    assert seen == [stands, stands]
    titles = sorted(one["title"] for one in stands["items"]["nodes"])
    assert titles == [f"Item {at}" for at in range(ITEMS)]


async def until_heard(board: Board, socket: ClientConnection) -> None:
    """Return once the socket tells of something done after it began to listen."""
    moving = asyncio.create_task(keep_moving(board))
    try:
        await hear(socket)
    finally:
        moving.cancel()
        await asyncio.gather(moving, return_exceptions=True)


async def keep_moving(board: Board) -> None:
    while True:
        await board.ask(MOVE, item=board.items[0], after=None)
        await asyncio.sleep(0.2)


async def told_of(socket: ClientConnection, version: int) -> Any:
    """The board as the message shows it that tells of a version of its order."""
    while True:
        told = (await hear(socket))["payload"]["data"]["backlogChanged"]
        if told["orderVersion"] == version:
            return told["backlog"]


async def hear(socket: ClientConnection) -> Any:
    async with asyncio.timeout(WITHIN_S):
        return json.loads(await socket.recv())
