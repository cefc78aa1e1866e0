"""Small changes that share a transaction: whoever asks while one is under way shares the next.

Beginning, reading, writing and committing cost far more than what one small change adds to them.
So changes of a kind that are asked for at the same time are made by one set of statements. Nobody
waits for company: who asks alone is served at once.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Sequence
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

import structlog

from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import in_transaction
from touchline.domain.kernel.transaction import current
from touchline.domain.kernel.transience import is_undone

Asked = TypeVar("Asked")
Told = TypeVar("Told")

MOST = 64
"""So many share one transaction at most."""
PATIENCE_S = 0.1
"""A transaction that takes longer waits for somebody else's: the next begins beside it."""
AT_ONCE = 4
"""So many are under way at most."""

log = structlog.get_logger(__name__)


class _Caller(NamedTuple):
    asked: Any
    key: Hashable
    told: "asyncio.Future[Any]"


class Shared(Generic[Asked, Told]):
    """A command of one caller that is done for many at once.

    ``together`` runs in a transaction and does what was asked, of which no two have the same
    ``key``. In the place of what is unusual, such as what is to be refused, it answers ``None`` and
    has done nothing: that is left to ``alone``, which opens a transaction for itself. All of it is
    left to ``alone`` when the shared transaction failed and was undone. What has the same key is
    done one after the other, in the order in which it was asked for.

    Who is cancelled before it begins is left out. Inside of a transaction ``alone`` joins it.
    """

    def __init__(
        self,
        *,
        together: Callable[[Sequence[Asked]], Coroutine[Any, Any, Sequence[Told | None]]],
        alone: Callable[[Asked], Awaitable[Told]],
        key: Callable[[Asked], Hashable],
    ) -> None:
        self._together, self._alone, self._key = together, alone, key
        self._callers: _Callers | None = None

    async def __call__(self, asked: Asked) -> Told:
        """Do it; returns once it is durable, and raises what it is refused for."""
        if current.get() is not None:
            return await self._alone(asked)
        loop = asyncio.get_running_loop()
        if self._callers is None or self._callers.loop is not loop:
            self._callers = _Callers(loop, self._together, self._alone)
        told: asyncio.Future[Told] = loop.create_future()
        self._callers.add(_Caller(asked, self._key(asked), told))
        return await told


class _Callers:
    """Those who wait, and those who are served, in one event loop."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        together: Callable[[Sequence[Any]], Coroutine[Any, Any, Sequence[Any]]],
        alone: Callable[[Any], Awaitable[Any]],
    ) -> None:
        self.loop = loop
        self._together, self._alone = together, alone
        self._waiting = deque[_Caller]()
        self._served = set[Hashable]()
        self._serving = set[asyncio.Task[None]]()
        self._sharing = set[asyncio.Task[None]]()
        self._quick = set[asyncio.Task[None]]()  # of these, whose end others wait for

    def add(self, caller: _Caller) -> None:
        """Let somebody wait, together with whoever comes in the same turn of the loop."""
        self._waiting.append(caller)
        if not self._quick:
            self.loop.call_soon(self._begin)

    def _begin(self) -> None:
        """Serve those who wait, unless it is better to wait for others."""
        if self._quick or len(self._sharing) >= AT_ONCE:
            return
        group = self._next()
        if group:
            task = self.loop.create_task(self._serve(group))
            self._serving.add(task)
            task.add_done_callback(self._serving.discard)
            self._sharing.add(task)
            self._quick.add(task)
            self.loop.call_later(PATIENCE_S, self._lose_patience, task)

    def _lose_patience(self, task: "asyncio.Task[None]") -> None:
        self._quick.discard(task)
        self._begin()

    def _next(self) -> list[_Caller]:
        group, left, keys = list[_Caller](), list[_Caller](), set(self._served)
        while self._waiting and len(group) < MOST:
            one = self._waiting.popleft()
            if one.told.done():  # the caller went away
                continue
            (left if one.key in keys else group).append(one)
            keys.add(one.key)
        self._waiting.extendleft(reversed(left))
        self._served.update(one.key for one in group)
        return group

    async def _serve(self, group: Sequence[_Caller]) -> None:
        left = group
        try:
            left = await self._share(group)
            await asyncio.gather(*map(self._serve_alone, left))
        finally:
            for one in group:
                one.told.cancel()  # of whom it is not known what became, when all is stopped
            self._release(left)

    async def _share(self, group: Sequence[_Caller]) -> Sequence[_Caller]:
        """Serve a group in one transaction; returns those who are to be served alone."""
        try:
            outcomes = await in_transaction(partial(self._shared, [one.asked for one in group]))
        except Exception as error:
            if is_undone(error):
                log.warning("changes are made one by one", changes=len(group), error=repr(error))
                return group
            for one in group:
                _fail(one, error)
            return group
        finally:
            self._end()
        crashpoint("sharing.committed")
        for one, outcome in zip(group, outcomes, strict=True):
            if outcome is not None:
                _tell(one, outcome)
        self._release([one for one in group if one.told.done()])
        return [one for one in group if not one.told.done()]

    def _end(self) -> None:
        """The transaction of this task is over."""
        task = asyncio.current_task()
        assert task is not None
        self._sharing.discard(task)
        self._quick.discard(task)
        self.loop.call_soon(self._begin)

    async def _shared(self, asked: Sequence[Any]) -> Sequence[Any]:
        outcomes = await self._together(asked)
        crashpoint("sharing.done")
        return outcomes

    async def _serve_alone(self, one: _Caller) -> None:
        if one.told.done():
            return
        try:
            _tell(one, await self._alone(one.asked))
        except Exception as error:
            _fail(one, error)

    def _release(self, group: Sequence[_Caller]) -> None:
        self._served.difference_update(one.key for one in group)
        if self._waiting:
            self.loop.call_soon(self._begin)


def _tell(one: _Caller, outcome: Any) -> None:
    if not one.told.done():
        one.told.set_result(outcome)


def _fail(one: _Caller, error: Exception) -> None:
    if not one.told.done():
        one.told.set_exception(error)
