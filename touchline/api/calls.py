"""HTTP as ASGI hands it over, for the address where a tenth of a millisecond counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.types import Receive, Scope, Send

RawHeaders = Sequence[tuple[bytes, bytes]]


def raw_headers(headers: Mapping[str, str]) -> RawHeaders:
    """Headers as ASGI wants them."""
    return [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()
    ]


class Call:
    """A request. Of headers that were sent more than once the first counts.

    ``request_id`` is the caller's own ``X-Request-Id`` when it was fit to keep, or the one it was
    given; ``address`` is the caller's in the network.
    """

    __slots__ = ("address", "headers", "method", "receive", "request_id", "scope")

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.scope, self.receive = scope, receive
        self.headers: dict[bytes, bytes] = dict([*scope["headers"]][::-1])
        self.method: str = scope["method"]
        self.request_id: str = scope.get("state", {}).get("request_id", "")
        self.address: str = (scope.get("client") or ("",))[0]

    def header(self, name: bytes) -> str | None:
        """The value of a header, whose name is given in small letters."""
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")


@dataclass(slots=True)
class Reply:
    """A response."""

    body: bytes
    headers: RawHeaders
    status: int = 200

    async def send(self, send: Send) -> None:
        """Answer with it."""
        length = [(b"content-length", b"%d" % len(self.body))] if self.body else []
        headers = [*self.headers, *length]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})
