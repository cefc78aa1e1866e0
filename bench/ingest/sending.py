"""Sending prepared bodies over a few kept connections, with as little work as can be."""

import asyncio
import base64
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bench.ingest.traffic import EVENTS, Traffic

CONNECTIONS = 16


@dataclass
class Sent:
    """What was acknowledged: events, and the milliseconds each request took."""

    events: int = 0
    seconds: float = 0.0
    requests_ms: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Events a second."""
        return self.events / self.seconds


@dataclass
class Sender:
    """Sends bodies of one traffic to one source. Serial numbers go on over all calls."""

    url: str
    write_key: str
    traffic: Traffic
    connections: int = CONNECTIONS
    serials: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def for_seconds(self, seconds: float) -> Sent:
        """As fast as acknowledgements come."""
        until = time.perf_counter() + seconds
        return await self._all(lambda: time.perf_counter() < until)

    async def count(self, events: int) -> Sent:
        """So many events, as fast as acknowledgements come."""
        left = itertools.repeat(None, events // EVENTS)
        return await self._all(lambda: next(left, 0) is None)

    async def paced(self, rate: float, seconds: float, acked: Callable[[int, float], None]) -> Sent:
        """At a rate; tells each serial number with the instant of its acknowledgement.

        What the server is late with is not held against the pace of what follows.
        """
        start = time.perf_counter()
        bodies = itertools.count()

        async def until_due() -> bool:
            due = start + next(bodies) * EVENTS / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            return due < start + seconds

        sent = Sent()
        await asyncio.gather(
            *(self._paced(sent, until_due, acked) for _ in range(self.connections))
        )
        sent.seconds = time.perf_counter() - start
        return sent

    async def _all(self, go_on: Callable[[], bool]) -> Sent:
        sent = Sent()
        start = time.perf_counter()
        await asyncio.gather(*(self._unpaced(sent, go_on) for _ in range(self.connections)))
        sent.seconds = time.perf_counter() - start
        return sent

    async def _unpaced(self, sent: Sent, go_on: Callable[[], bool]) -> None:
        async with _Connection(self.url, self.write_key) as connection:
            while go_on():
                await self._one(connection, sent)

    async def _paced(self, sent: Sent, until_due, acked) -> None:  # type: ignore[no-untyped-def]
        async with _Connection(self.url, self.write_key) as connection:
            while await until_due():
                acked(await self._one(connection, sent), time.perf_counter())

    async def _one(self, connection: "_Connection", sent: Sent) -> int:
        serial = next(self.serials)
        body = self.traffic.body(serial)
        start = time.perf_counter()
        await connection.post(body)
        sent.requests_ms.append((time.perf_counter() - start) * 1_000)
        sent.events += EVENTS
        return serial


class _Connection:
    """HTTP/1.1 as far as posting a batch needs it."""

    def __init__(self, url: str, write_key: str) -> None:
        self._where = urlsplit(url)
        credentials = base64.b64encode(f"{write_key}:".encode()).decode()
        self._head = (
            f"POST /v1/batch HTTP/1.1\r\nHost: {self._where.netloc}\r\n"
            f"Authorization: Basic {credentials}\r\nContent-Type: application/json\r\n"
        ).encode()

    async def __aenter__(self) -> "_Connection":
        where = self._where
        self._reader, self._writer = await asyncio.open_connection(where.hostname, where.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    async def post(self, body: bytes) -> None:
        """Return once the batch is acknowledged whole; waits and repeats when told 429."""
        while True:
            self._writer.write(b"%bContent-Length: %d\r\n\r\n%b" % (self._head, len(body), body))
            head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
            answer = await self._reader.readexactly(length)
            status = head[9:12]
            if status == b"200":
                if b'"accepted":%d' % EVENTS not in answer:
                    raise RuntimeError(f"events were rejected: {answer[:300]!r}")
                return
            if status != b"429":
                raise RuntimeError(f"the server answered {status!r}: {answer[:300]!r}")
            await asyncio.sleep(0.2)
