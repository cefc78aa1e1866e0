"""Short reads of SQLite, done where they are asked for: a hop to a thread may cost as much again.

So that nobody else waits for it, a read is stopped when it turns out not to be short, and is left
to a reader's thread; for a while the same read goes there at once.
"""

import resource
import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import Any

from touchline.domain.kernel.sqlite_functions import Reading

SHORT_S, SHORT_WAIT_S = 0.01, 0.03
"""What a short read needs of the processor at most, and how long it may wait for disks besides."""

_PREEMPTED = 5
"""How many times as long it may take where others have the processor: to stop it makes it no
shorter."""

_LEFT_FIRST_S, _LEFT_AT_MOST_S = 1.0, 30.0
"""For how long a read is left to readers: twice as long each time, for it may change."""

_FORGIVEN_S = 1.0
"""A read that waited once in this time is not to blame: the disk or others were slow."""

_STEPS = 4_000
"""After how many steps a read is looked at; every 1,000 of them took a sixth of a page's time."""
_LONG_KNOWN = 256
_IN_THE_WAY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class ShortReads:
    """A connection that is used in the thread of the event loop, and writes nothing.

    ``wait_s`` is how long a read may take in all, on ``clock``, in seconds.
    """

    def __init__(
        self,
        path: str,
        pragmas: Sequence[str],
        wait_s: float = SHORT_WAIT_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.wait_s = wait_s
        self._clock = clock
        self._connection = sqlite3.connect(
            path, isolation_level=None, cached_statements=512, factory=Reading
        )
        self._connection.row_factory = sqlite3.Row
        for pragma in (*pragmas, "busy_timeout=0", "query_only=ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.set_progress_handler(self._is_too_long, _STEPS)
        self._stops_at = (0.0, 0.0, 0.0)
        self._blocks = _blocks_read()
        self._long: dict[str, tuple[float, float]] = {}

    def rows(self, query: str, values: Sequence[Any]) -> list[sqlite3.Row] | None:
        """The rows of a read; ``None`` when it is not short, or has to wait."""
        begun = self._clock()
        until, left_s = self._long.get(query, (0.0, 0.0))
        if until > begun:
            return None
        wait_s = self.wait_s
        work = time.thread_time() + SHORT_S
        self._stops_at = (work, begun + wait_s, begun + _PREEMPTED * wait_s)
        try:
            rows = self._connection.execute(query, values).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                self._leave(query, until, left_s)
            elif error.sqlite_errorcode not in _IN_THE_WAY:
                raise
            return None
        if left_s:
            del self._long[query]
        return rows

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _leave(self, query: str, until: float, left_s: float) -> None:
        """Note that a read was stopped; ``until`` is when that was or when it ended last."""
        now = self._clock()
        waited = time.thread_time() <= self._stops_at[0]
        if waited and not left_s and now - until > _FORGIVEN_S:
            self._long[query] = (now, 0.0)
        else:
            left_s = min(max(_LEFT_FIRST_S, 2 * left_s), _LEFT_AT_MOST_S)
            self._long[query] = (now + left_s, left_s)
        if len(self._long) > _LONG_KNOWN:
            del self._long[next(iter(self._long))]

    def _is_too_long(self) -> bool:
        work, wait, at_most = self._stops_at
        if time.thread_time() > work:
            return True
        now = self._clock()
        if now <= wait:
            return False
        if now > at_most or self._has_waited_for_a_disk():
            return True
        self._stops_at = (work, now + self.wait_s, at_most)
        return False

    def _has_waited_for_a_disk(self) -> bool:
        """Whether this thread has read one since this was asked last."""
        before, self._blocks = self._blocks, _blocks_read()
        return self._blocks != before


def _blocks_read() -> int:
    """How many blocks this thread has read from disks; 0 also where the system does not say."""
    thread: int | None = getattr(resource, "RUSAGE_THREAD", None)
    return 0 if thread is None else resource.getrusage(thread).ru_inblock
