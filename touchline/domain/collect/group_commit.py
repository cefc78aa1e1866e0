"""Many requests, one commit: durability costs a disk flush, so it is shared.

A request waits until the commit that holds its events is on disk; only then is it acknowledged.
While one commit runs the next one gathers, so under load the groups grow by themselves.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import structlog

from touchline.domain.collect.backlog import Backlog, stopped
from touchline.domain.collect.crowd import Crowd
from touchline.domain.collect.errors import LandingUnavailable
from touchline.domain.collect.flood import Flood
from touchline.domain.collect.landing import Arrival, write
from touchline.domain.kernel import doorbell
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import in_transaction
from touchline.settings import Settings

ENOUGH_EVENTS = 5_000
ENOUGH_BYTES = 4_000_000

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Group:
    """Requests that will share a commit."""

    waiting: list[tuple[Arrival, asyncio.Future[None]]] = field(default_factory=list)
    events: int = 0
    bytes: int = 0
    since: float = 0.0

    @property
    def is_enough(self) -> bool:
        return self.events >= ENOUGH_EVENTS or self.bytes >= ENOUGH_BYTES


class GroupCommitter:
    """Lands requests of this process. Start it once the database is open; stop it before."""

    def __init__(self, settings: Settings) -> None:
        self.backlog = Backlog(settings.landing_limit)
        self.crowd = Crowd()
        self._flood = Flood(settings.quarantine_limit)
        self._wait_s = settings.group_commit_ms / 1000
        self._group = _Group()
        self._changed = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._stopping = False

    async def start(self) -> None:
        """Begin to take requests."""
        self._stopping = False
        await self.backlog.look()
        self._running = asyncio.create_task(self._run())
        self._watching = asyncio.create_task(self.backlog.watch())

    async def stop(self) -> None:
        """Commit what waits, then take no more."""
        self._stopping = True
        self._changed.set()
        if self._running is not None:
            await self._running
        if self._watching is not None:
            await stopped(self._watching)
        self._running = self._watching = None

    async def submit(self, arrival: Arrival) -> None:
        """Return once the arrival is durable.

        Raises ``LandingUnavailable`` when it is not and nothing of it was kept. A caller that is
        cancelled while waiting changes nothing: the arrival lands with its group all the same.
        """
        if self._running is None or self._stopping:
            raise LandingUnavailable("The server is shutting down; send it again.")
        loop = asyncio.get_running_loop()
        group = self._group
        if not group.waiting:
            group.since = loop.time()
        landed: asyncio.Future[None] = loop.create_future()
        group.waiting.append((arrival, landed))
        group.events += arrival.accepted + len(arrival.rejected)
        group.bytes += arrival.size
        self.backlog.add(arrival.accepted)
        self._changed.set()
        await landed

    async def _run(self) -> None:
        while not self._stopping or self._group.waiting:
            await self._changed.wait()
            await self._gather()
            group, self._group = self._group, _Group()
            if group.waiting:
                await self._commit(group)

    async def _gather(self) -> None:
        """Let a group grow until it is old or large enough."""
        loop = asyncio.get_running_loop()
        while True:
            self._changed.clear()
            rest = self._group.since + self._wait_s - loop.time()
            if rest <= 0 or self._stopping or self._group.is_enough:
                return
            try:
                async with asyncio.timeout(rest):
                    await self._changed.wait()
            except TimeoutError:
                return

    async def _commit(self, group: _Group) -> None:
        arrivals = [arrival for arrival, _ in group.waiting]
        try:
            await in_transaction(partial(self._write, arrivals, asyncio.get_running_loop().time()))
        except Exception as error:
            log.error("landing.failed", requests=len(arrivals), exc_info=error)
            self.backlog.add(-sum(arrival.accepted for arrival in arrivals))
            for _, landed in group.waiting:
                if not landed.done():
                    landed.set_exception(LandingUnavailable("Nothing was kept; send it again."))
            return
        crashpoint("collect.after_commit")
        for _, landed in group.waiting:
            if not landed.done():
                landed.set_result(None)
        doorbell.ring(doorbell.LANDING)

    async def _write(self, arrivals: Sequence[Arrival], asked_at: float) -> None:
        """In the transaction that was asked for at that instant of the loop."""
        self.crowd.saw(
            requests=len(arrivals) + len(self._group.waiting),
            events=sum(arrival.accepted for arrival in arrivals) + self._group.events,
            waited_s=asyncio.get_running_loop().time() - asked_at,
        )
        await write(arrivals, self._flood)
        crashpoint("collect.before_commit")
