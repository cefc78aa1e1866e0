"""GraphQL over HTTP: one operation a request, by POST, or by GET for queries.

Follows the GraphQL-over-HTTP specification: ``application/graphql-response+json`` tells failure
by status, ``application/json`` answers 200 to every request that reached the engine. A GET must
carry something that browsers send across origins only after asking (a preflight).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from starlette.types import Receive, Scope, Send

from touchline.api.auth import Authenticate, identify_caller
from touchline.api.calls import Call, Reply, raw_headers
from touchline.api.encoding import encode
from touchline.api.errors import HttpRefusal
from touchline.api.graphql_requests import asks, read_operation
from touchline.api.keeping import keepable
from touchline.api.negotiation import GRAPHQL, JSON, negotiate, wants_page
from touchline.api.pages import GRAPHQL_PAGE
from touchline.domain.collect.intake import Limits
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.errors import TimedOut, Unauthenticated
from touchline.graphql.context import Context
from touchline.graphql.engine.answers import Answer
from touchline.graphql.engine.errors import MASKED, ErrorCode, error_body
from touchline.graphql.engine.execution import Engine
from touchline.settings import Settings

log = structlog.get_logger(__name__)

_METHODS = ("GET", "POST")
_ALWAYS = {
    ErrorCode.UNAUTHENTICATED: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.PERSISTED_QUERY_NOT_FOUND: 404,
    ErrorCode.RATE_LIMITED: 429,
}
_COMMON = {"Cache-Control": "no-store", "Vary": "Accept, Authorization"}
_HEADERS = {
    media: raw_headers({**_COMMON, "Content-Type": f"{media}; charset=utf-8"})
    for media in (GRAPHQL, JSON)
}
_PAGE = raw_headers({"Content-Type": "text/html; charset=utf-8"})


@dataclass(frozen=True, slots=True)
class GraphQLOverHttp:
    """The endpoint, as an ASGI application."""

    engine: Engine
    authenticate: Authenticate
    settings: Settings
    limits: Limits = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "limits", Limits.of(self.settings))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        reply = await self._respond(Call(scope, receive))
        await reply.send(send)

    async def _respond(self, call: Call) -> Reply:
        accept = call.header(b"accept")
        if call.method == "GET" and not asks(call) and wants_page(accept):
            return Reply(GRAPHQL_PAGE.encode(), _PAGE)
        media = negotiate(accept)
        try:
            return await self._answer(call, media)
        except HttpRefusal as refusal:
            body = error_body(refusal.code, refusal.message, call.request_id)
            return _reply({"errors": [body]}, refusal.status, media or JSON, refusal.headers)
        except Exception as error:  # the engine masks its own; this is for what stands before it
            log.error("graphql failed", request_id=call.request_id, exc_info=error)
            body = error_body(ErrorCode.INTERNAL, MASKED, call.request_id)
            return _reply({"errors": [body]}, 500, media or JSON)

    async def _answer(self, call: Call, media: str | None) -> Reply:
        if call.method not in _METHODS:
            raise _wrong_method(", ".join(_METHODS), "GraphQL takes POST, and GET for queries.")
        if media is None:
            raise HttpRefusal(
                406,
                ErrorCode.BAD_USER_INPUT,
                "Accept application/graphql-response+json or application/json.",
            )
        actor = await self._actor(call)
        operation = await read_operation(call)
        context = Context(
            actor,
            call.request_id,
            call.address,
            self.limits,
            public_url=self.settings.public_url,
            private_webhooks=self.settings.private_webhooks,
        )
        answer = await self.engine.run(operation, context)
        if answer.misplaced and call.method == "GET":
            raise _wrong_method("POST", "Only queries can be sent by GET.")
        return self._said(call, answer, media, context)

    async def _actor(self, call: Call) -> Actor:
        try:
            return await identify_caller(
                call.header(b"authorization"),
                self.authenticate,
                public=self.settings.public_demo,
            )
        except Unauthenticated as error:
            challenge = {"WWW-Authenticate": 'Bearer realm="touchline"'}
            raise HttpRefusal(401, ErrorCode.UNAUTHENTICATED, error.message, challenge) from None
        except TimedOut:
            message = "The database does not answer. Try again."
            raise HttpRefusal(503, ErrorCode.INTERNAL, message, {"Retry-After": "1"}) from None

    def _said(self, call: Call, answer: Answer, media: str, context: Context) -> Reply:
        headers = {"Retry-After": str(answer.retry_after)} if answer.retry_after else None
        reply = _reply(answer.body, _status(answer, media), media, headers)
        if answer.keep_s and call.method == "GET":
            reply = keepable(call, reply, answer)
        if len(reply.body) <= self.settings.max_response_bytes:
            return reply
        message = f"The answer is larger than {self.settings.max_response_bytes:,} bytes."
        error = error_body(ErrorCode.COST_EXCEEDED, message, context.request_id)
        told = {"extensions": answer.body["extensions"]} if "extensions" in answer.body else {}
        refused = Answer({"errors": [error], **told}, ErrorCode.COST_EXCEEDED)
        return _reply(refused.body, _status(refused, media), media)


def _status(answer: Answer, media: str) -> int:
    """Older clients read 200 as "the engine answered", whatever it said of the document."""
    if answer.refused is None:
        return 200
    if answer.refused in _ALWAYS:
        return _ALWAYS[answer.refused]
    if media != GRAPHQL:
        return 200
    return 500 if answer.refused is ErrorCode.INTERNAL else 400


def _reply(
    body: Mapping[str, Any], status: int, media: str, headers: Mapping[str, str] | None = None
) -> Reply:
    every = _HEADERS[media]
    return Reply(encode(body), [*every, *raw_headers(headers)] if headers else every, status)


def _wrong_method(allow: str, message: str) -> HttpRefusal:
    return HttpRefusal(405, ErrorCode.BAD_USER_INPUT, message, {"Allow": allow})
