"""What every HTTP exchange carries: a request id, security headers, a log line, a measurement."""

import os
import re
import time
from collections.abc import Awaitable, Sequence

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from touchline.api.metrics import observe_request

log = structlog.get_logger(__name__)

_FIT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+=~-]{0,127}")
_REQUEST_ID = b"x-request-id"
_POLICY = b"content-security-policy"
_SECURITY: Sequence[tuple[bytes, bytes]] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)
_STRICT = (
    _POLICY,
    b"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
)


class Envelope:
    """Wraps the whole application; the request id stands in ``scope["state"]``.

    Failures are logged as warnings, with ``access_log`` every other request as well.
    """

    def __init__(self, app: ASGIApp, *, access_log: bool = False) -> None:
        self.app = app
        self._access_log = access_log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return
        await self._exchange(request_id, scope, receive, send)

    async def _exchange(self, request_id: str, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        status: int | None = None

        def send_enveloped(message: Message) -> Awaitable[None]:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = message["headers"]
                if _POLICY not in dict(headers):  # a page may set its own
                    headers.append(_STRICT)
                headers += (*_SECURITY, (_REQUEST_ID, request_id.encode()))
            return send(message)

        try:
            await self.app(scope, receive, send_enveloped)
        except Exception:
            if status is None:  # otherwise it was logged and answered already
                raise
        finally:
            seconds, answered = time.perf_counter() - started, status or 500
            observe_request(scope["method"], scope["path"], answered, seconds)
            if answered >= 500 or self._access_log:
                _note(scope, answered, seconds, request_id)


def _note(scope: Scope, status: int, seconds: float, request_id: str) -> None:
    write = log.warning if status >= 500 else log.info
    write(
        "request",
        request_id=request_id,
        method=scope["method"],
        path=scope["path"],
        status=status,
        ms=round(seconds * 1000, 1),
    )


def _request_id(scope: Scope) -> str:
    """The caller's id when it is short and plain, so that it can stand in a log; else a new one."""
    for name, value in scope["headers"]:
        if name == _REQUEST_ID:
            given: str = value.decode("latin-1")
            if _FIT.fullmatch(given):
                return given
            break
    return os.urandom(16).hex()
