"""Memory of the SQLite writer while it rests.

Work in bulk needs a large cache of pages; what is done between whiles does not, yet would fill it
too, and keep it for as long as the process lives.
"""

import asyncio
import ctypes
import sqlite3
from collections.abc import Callable

from touchline.domain.kernel.sqlite_transaction import Threaded

REST_S = 1.0
"""How long there is little to write until the cache is given back."""

LITTLE = 500
"""How many rows may change in that time."""

_trim: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)


class Rest:
    """Gives back what a connection has cached, once it rests."""

    def __init__(self, connection: Threaded) -> None:
        self._connection = connection
        self._changes = 0
        self._look: asyncio.TimerHandle | None = None
        self._giving: asyncio.Future[None] | None = None

    def wait(self) -> None:
        """Note that the connection has written; it may rest afterwards."""
        if self._look is None:
            self._look = asyncio.get_running_loop().call_later(REST_S, self._looked)

    def end(self) -> None:
        """Do nothing any more."""
        if self._look is not None:
            self._look.cancel()
            self._look = None

    def _looked(self) -> None:
        self._look = None
        before, self._changes = self._changes, self._connection.total_changes
        if self._changes - before > LITTLE:
            self.wait()
        else:
            self._giving = asyncio.ensure_future(self._connection.run(_give_back, None))


def _give_back(connection: sqlite3.Connection, _: None) -> None:
    """The C library keeps what was freed, unless it is told to let go; others than glibc do it."""
    connection.execute("PRAGMA shrink_memory").close()
    if _trim is not None:
        _trim(0)
