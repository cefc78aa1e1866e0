"""GraphQL over WebSockets, by the protocol ``graphql-transport-ws`` and no other.

One task reads the socket; every operation is a task of its own in the same group, so that whatever
ends the connection ends them all. A message waits for the client to take it, and a client that
takes none for ``send_timeout`` seconds is let go: nothing queues up here.
"""

import asyncio
from collections.abc import Iterator
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import Any, NoReturn

import structlog
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from touchline.api.auth import Authenticate, identify_caller
from touchline.api.encoding import encode
from touchline.api.errors import HttpRefusal
from touchline.api.graphql_requests import operation_from
from touchline.api.ws_messages import (
    Closing,
    operation_id,
    pong_payload,
    read_message,
    shown_authorization,
)
from touchline.domain.collect.intake import Limits
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.errors import TimedOut, Unauthenticated
from touchline.graphql.context import Context
from touchline.graphql.engine.answers import ANY_KIND, Answer, Operation
from touchline.graphql.engine.errors import ErrorCode, error_body
from touchline.graphql.engine.execution import Engine
from touchline.settings import Settings

PROTOCOL = "graphql-transport-ws"

log = structlog.get_logger(__name__)

_CLOSE_TIMEOUT = 2.0


@dataclass(frozen=True, slots=True)
class GraphQLOverWebSocket:
    """The endpoint, as an ASGI application. Times are in seconds."""

    engine: Engine
    authenticate: Authenticate
    settings: Settings
    init_timeout: float = 10.0
    send_timeout: float = 10.0
    recheck_every: float = 30.0
    max_operations: int = 100

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        if PROTOCOL not in scope.get("subprotocols", ()):
            await socket.accept()
            await _close(socket, Closing(4406, "Subprotocol not acceptable"))
            return
        await socket.accept(subprotocol=PROTOCOL)
        try:
            async with asyncio.TaskGroup() as tasks:
                await _Connection(self, socket, tasks).listen()
        except* WebSocketDisconnect:
            pass
        except* Closing as closings:
            await _close(socket, next(_leaves(closings)))
        except* Exception as failures:
            log.error("websocket failed", exc_info=failures)
            await _close(socket, Closing(1011, "Internal error"))


@dataclass(slots=True)
class _Connection:
    endpoint: GraphQLOverWebSocket
    socket: WebSocket
    tasks: asyncio.TaskGroup
    actor: Actor | None = None
    asked: bool = False
    operations: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def listen(self) -> NoReturn:
        """Take messages until the connection ends, which is always by an exception."""
        try:
            async with asyncio.timeout(self.endpoint.init_timeout) as deadline:
                while self.actor is None:
                    await self._take(await self._next())
                deadline.reschedule(None)
                while True:
                    await self._take(await self._next())
        except TimeoutError:
            raise Closing(4408, "Connection initialisation timeout") from None

    async def _next(self) -> dict[str, Any]:
        event = await self.socket.receive()
        if event["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(event.get("code", 1005))
        return read_message(event.get("text"))

    async def _take(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "connection_init":
                await self._initialise(message)
            case "ping":
                await self._send({"type": "pong", **pong_payload(message)})
            case "pong":
                pass
            case "subscribe":
                await self._subscribe(message)
            case "complete":
                task = self.operations.pop(operation_id(message), None)
                if task is not None:
                    task.cancel()
            case _:
                raise Closing(4400, "Unknown message type")

    async def _initialise(self, message: dict[str, Any]) -> None:
        if self.asked:
            raise Closing(4429, "Too many initialisation requests")
        self.asked = True
        authorization = shown_authorization(message, self.socket.headers)
        self.actor = await self._identify(authorization)
        await self._send({"type": "connection_ack"})
        self.tasks.create_task(self._recheck(authorization))

    async def _identify(self, authorization: object) -> Actor:
        public = self.endpoint.settings.public_demo
        try:
            return await identify_caller(authorization, self.endpoint.authenticate, public=public)
        except Unauthenticated:
            raise Closing(4403, "Forbidden") from None
        except TimedOut:
            raise Closing(1013, "Try again later") from None

    async def _recheck(self, authorization: object) -> None:
        """A key that was revoked meanwhile ends the connection."""
        while True:
            await asyncio.sleep(self.endpoint.recheck_every)
            self.actor = await self._identify(authorization)

    async def _subscribe(self, message: dict[str, Any]) -> None:
        if self.actor is None:
            raise Closing(4401, "Unauthorized")
        key = operation_id(message)
        if key in self.operations:
            raise Closing(4409, f"Subscriber for {key} already exists"[:120])
        try:
            operation = operation_from(message.get("payload"), ANY_KIND)
        except HttpRefusal as refusal:
            raise Closing(4400, refusal.message) from None
        settings = self.endpoint.settings
        context = Context(
            self.actor,
            self._request_id(),
            self._address(),
            Limits.of(settings),
            public_url=settings.public_url,
            private_webhooks=settings.private_webhooks,
        )
        if len(self.operations) >= self.endpoint.max_operations:
            text = f"At most {self.endpoint.max_operations} operations may run on one connection."
            error = error_body(ErrorCode.RATE_LIMITED, text, context.request_id)
            await self._send({"id": key, "type": "error", "payload": [error]})
            return
        self.operations[key] = self.tasks.create_task(self._operate(key, operation, context))

    async def _operate(self, key: str, operation: Operation, context: Context) -> None:
        try:
            outcome = await self.endpoint.engine.stream(operation, context)
            if isinstance(outcome, Answer):
                going_on = await self._tell(key, outcome)
            else:
                going_on = True
                async with aclosing(outcome) as answers:
                    async for answer in answers:
                        going_on = await self._tell(key, answer)
                        if not going_on:
                            break
            if going_on:
                await self._send({"id": key, "type": "complete"})
        finally:
            if self.operations.get(key) is asyncio.current_task():
                del self.operations[key]

    async def _tell(self, key: str, answer: Answer) -> bool:
        """Send one result; ``False`` when it was the operation's last."""
        errors = answer.body.get("errors")
        if answer.refused is None:
            text = encode({"id": key, "type": "next", "payload": answer.body}).decode()
            if len(text) <= self.endpoint.settings.max_response_bytes:
                await self._say(text)
                return True
            message = (
                f"The answer is larger than {self.endpoint.settings.max_response_bytes:,} bytes."
            )
            errors = [error_body(ErrorCode.COST_EXCEEDED, message, self._request_id())]
        await self._send({"id": key, "type": "error", "payload": errors})
        return False

    async def _send(self, message: dict[str, Any]) -> None:
        await self._say(encode(message).decode())

    async def _say(self, text: str) -> None:
        try:
            async with asyncio.timeout(self.endpoint.send_timeout):
                await self.socket.send_text(text)
        except TimeoutError:
            raise Closing(1013, "The client takes too long") from None

    def _request_id(self) -> str:
        found: str = self.socket.scope.get("state", {}).get("request_id", "")
        return found

    def _address(self) -> str:
        return self.socket.client.host if self.socket.client else ""


def _leaves(group: BaseExceptionGroup[Closing]) -> Iterator[Closing]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error


async def _close(socket: WebSocket, closing: Closing) -> None:
    with suppress(RuntimeError, TimeoutError, WebSocketDisconnect):
        async with asyncio.timeout(_CLOSE_TIMEOUT):
            await socket.close(closing.code, closing.reason)
