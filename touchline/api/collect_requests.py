"""Reading a collect request off the wire: its write key, and its body within a bound."""

import asyncio
import base64
import binascii
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request

from touchline.domain.collect.errors import CollectCode, Faulty
from touchline.domain.collect.landed import Origin
from touchline.domain.collect.unpacking import too_large
from touchline.domain.kernel import clock

READ_WITHIN_S = 30.0
LET_PASS_BYTES = 16_000_000
_LONGEST_KEY = 200


@dataclass(slots=True)
class Body:
    """What has been read of a body so far, in case it cannot be read to its end."""

    raw: bytes = b""


def origin_of(request: Request) -> Origin:
    """When, from where and by what a request came."""
    ip = request.client.host if request.client else None
    return Origin(clock.now(), ip=ip, user_agent=request.headers.get("user-agent"))


def write_key_of(request: Request) -> str | None:
    """The write key of the ``Authorization`` header (basic or bearer) or of the query."""
    authorization = request.headers.get("authorization")
    if authorization is None:
        return request.query_params.get("writeKey") or None
    scheme, _, rest = authorization.strip().partition(" ")
    if scheme.lower() == "basic":
        return _user_of(rest.strip())
    return rest.strip() if scheme.lower() == "bearer" else ""


def usable_key(write_key: str) -> bool:
    """Whether a text could be a write key at all."""
    return 0 < len(write_key) <= _LONGEST_KEY and write_key.isprintable()


async def read_body(request: Request, limit: int, body: Body) -> None:
    """Read the body into ``body``, at most ``limit`` bytes of it.

    Of a body that says it is longer nothing is kept. Raises ``Faulty`` for one that is too long,
    comes too slowly or breaks off.
    """
    declared = _declared_length(request)
    chunks = bytearray()
    try:
        async with asyncio.timeout(READ_WITHIN_S):
            if declared > limit:
                await _let_pass(request, declared)
                raise too_large(limit)
            async for chunk in request.stream():
                chunks += chunk
                if len(chunks) > limit:
                    raise too_large(limit)
    except (TimeoutError, ClientDisconnect):
        raise Faulty(CollectCode.INCOMPLETE_BODY, (), "The body did not come whole.") from None
    body.raw = bytes(chunks)


def _declared_length(request: Request) -> int:
    declared = request.headers.get("content-length", "")
    return int(declared) if declared.isdecimal() and len(declared) < 19 else 0


async def _let_pass(request: Request, declared: int) -> None:
    """Read a body only to throw it away.

    A client that is still sending when the connection closes sees a broken pipe and not the
    answer. It is spared that up to a bound, unless it asked before sending.
    """
    if declared > LET_PASS_BYTES or "expect" in request.headers:
        return
    async for _ in request.stream():
        pass


def _user_of(credentials: str) -> str:
    try:
        return base64.b64decode(credentials, validate=True).decode().partition(":")[0]
    except (binascii.Error, ValueError):
        return ""
