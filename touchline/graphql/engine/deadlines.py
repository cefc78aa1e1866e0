"""The time that operations are given, watched by one timer for all of them.

A timer for each would cost a tenth of what a small query does. All are given equally long, so they
run out in the order in which they began, and only the first has to be waited for.
"""

import asyncio
import time
from types import TracebackType

Exit = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


class Deadlines:
    """What gives each block ``seconds``; one of these serves one event loop at a time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.running: dict[Deadline, None] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def begin(self, deadline: "Deadline", loop: asyncio.AbstractEventLoop) -> None:
        """Watch a block that begins now."""
        self.running[deadline] = None
        if self._loop is not loop:  # nobody watches yet
            self._loop = loop
            loop.call_later(self.seconds, self._look)

    def _look(self) -> None:
        now = time.monotonic()
        for deadline in list(self.running):
            left_s = deadline.until - now
            if left_s > 0:
                assert self._loop is not None
                self._loop.call_later(left_s, self._look)
                return
            del self.running[deadline]
            deadline.expire()
        self._loop = None


class Deadline:
    """A block that is cancelled, and raises ``TimeoutError``, when its time is over."""

    __slots__ = ("_all", "_cancelling", "_expired", "_task", "until")

    def __init__(self, among: Deadlines) -> None:
        self._all = among
        self._expired = False

    def __enter__(self) -> None:
        loop = asyncio.get_running_loop()
        task = asyncio.current_task(loop)
        assert task is not None
        self._task, self._cancelling = task, task.cancelling()
        self.until = time.monotonic() + self._all.seconds
        self._all.begin(self, loop)

    def __exit__(self, *ended: *Exit) -> None:
        self._all.running.pop(self, None)
        if not self._expired:
            return
        kind, error, _ = ended
        if self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise TimeoutError from error

    def expire(self) -> None:
        """Stop what the block waits for."""
        self._expired = True
        self._task.cancel()
