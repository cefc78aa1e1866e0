"""Room for deep calls.

CPython keeps the frames of Python functions in chunks of 16 KiB, and maps and unmaps memory
whenever a call crosses the end of one. A loop that happens to run right at such an end pays that
at every call: 70 times the price of the call was measured, and which query is hit depends on how
deep the server's own calls are. A frame with a very large stack makes CPython reserve one chunk
that everything called from it fits in.
"""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

SLOTS = 65_600
"""Just above half a MiB, so that a chunk of one MiB is reserved and half of it is free."""


def with_room(run: Callable[[], T]) -> T:
    """Call ``run`` where calls below it never cross the end of a chunk."""
    return run()


with_room.__code__ = with_room.__code__.replace(co_stacksize=SLOTS)
