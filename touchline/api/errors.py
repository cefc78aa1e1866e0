"""Errors as HTTP says them: JSON everywhere, with a code and the request's id.

``/graphql`` answers ``{"errors": [{message, extensions: {code, requestId}}]}``, all other paths
``{code, message, path, requestId}``.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import orjson
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from touchline.domain.kernel.errors import (
    Conflict,
    DomainError,
    Forbidden,
    NotFound,
    RateLimited,
    Unauthenticated,
)
from touchline.graphql.engine.errors import MASKED, ErrorCode

log = structlog.get_logger(__name__)

_STATUSES: tuple[tuple[type[DomainError], int], ...] = (
    (Unauthenticated, 401),
    (Forbidden, 403),
    (NotFound, 404),
    (Conflict, 409),
    (RateLimited, 429),
)
_HTTP_CODES = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED", 413: "TOO_LARGE"}
_HTTP_MESSAGES = {
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
}


class HttpRefusal(Exception):
    """A GraphQL request that HTTP alone is enough to refuse."""

    def __init__(
        self,
        status: int,
        code: ErrorCode,
        message: str,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})


def request_id(request: Request) -> str:
    """The id of the request: the caller's own ``X-Request-Id`` when it was fit to keep."""
    found: str = request.scope.get("state", {}).get("request_id", "")
    return found


def json_error(
    request: Request,
    status: int,
    code: str,
    message: str,
    *,
    path: Sequence[str | int] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An error of any address but ``/graphql``."""
    body: dict[str, Any] = {
        "code": code,
        "message": message,
        "path": list(path),
        "requestId": request_id(request),
    }
    return Response(orjson.dumps(body), status, headers=headers, media_type="application/json")


async def domain_error(request: Request, error: Exception) -> Response:
    """Translate what the domain raised on purpose."""
    if not isinstance(error, DomainError):
        return await unexpected_error(request, error)
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 400)
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, RateLimited) else {}
    return json_error(
        request, status, str(error.code), error.message, path=error.path, headers=headers
    )


async def http_error(request: Request, error: Exception) -> Response:
    """Translate what the router raised: unknown addresses and methods."""
    if not isinstance(error, HTTPException):
        return await unexpected_error(request, error)
    code = _HTTP_CODES.get(error.status_code, "REFUSED")
    message = _HTTP_MESSAGES.get(error.status_code, "The request was refused.")
    return json_error(request, error.status_code, code, message, headers=error.headers)


async def unexpected_error(request: Request, error: Exception) -> Response:
    """Log what nobody foresaw and say no more than its request id."""
    log.error(
        "request failed",
        request_id=request_id(request),
        method=request.method,
        path=request.url.path,
        exc_info=error,
    )
    return json_error(request, 500, "INTERNAL", MASKED)


EXCEPTION_HANDLERS: Mapping[Any, Callable[[Request, Exception], Awaitable[Response]]] = {
    DomainError: domain_error,
    HTTPException: http_error,
    Exception: unexpected_error,
}
"""What the application does with each kind of exception that a route lets through."""
