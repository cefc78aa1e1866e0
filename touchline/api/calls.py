"""HTTP as ASGI hands it over, for the address where a tenth of a millisecond counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from starlette.types import Receive, Scope, Send

RawHeaders = Sequence[tuple[bytes, bytes]]


def raw_headers(headers: Mapping[str, str]) -> RawHeaders:
    """Headers as ASGI wants them."""
    return [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()
    ]


@dataclass(slots=True)
class Call:
    """A request. Of headers that were sent more than once the first counts."""

    scope: Scope
    receive: Receive
    headers: dict[bytes, bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.headers = dict([*self.scope["headers"]][::-1])

    @property
    def method(self) -> str:
        """GET, POST, …"""
        method: str = self.scope["method"]
        return method

    @property
    def request_id(self) -> str:
        """The caller's own ``X-Request-Id`` when it was fit to keep, or the one it was given."""
        found: str = self.scope.get("state", {}).get("request_id", "")
        return found

    @property
    def address(self) -> str:
        """The network address of the caller."""
        address: str = (self.scope.get("client") or ("",))[0]
        return address

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
        headers = list(self.headers)
        if self.body:
            headers.append((b"content-length", b"%d" % len(self.body)))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})
