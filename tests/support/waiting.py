"""Waiting for what another task or process does."""

import asyncio
import time
from collections.abc import Callable


async def eventually(condition: Callable[[], bool], *, within_s: float = 10) -> float:
    """Return when the condition holds, with the seconds that took; fail when it does not."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < within_s, "it did not come to pass"
        await asyncio.sleep(0.005)
    return time.monotonic() - begun
