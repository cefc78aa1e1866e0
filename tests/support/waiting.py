"""Waiting for what another task or process does."""

import asyncio
import time
from collections.abc import Awaitable, Callable


async def eventually(condition: Callable[[], bool], *, within_s: float = 30) -> float:
    """Return when the condition holds, with the seconds that took; fail when it does not."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < within_s, "it did not come to pass"
        await asyncio.sleep(0.005)
    return time.monotonic() - begun


async def until(condition: Callable[[], Awaitable[bool]], *, within_s: float = 60) -> None:
    """The same for a condition that has to be asked for, such as of the database."""
    begun = time.monotonic()
    while not await condition():
        assert time.monotonic() - begun < within_s, "it did not come to pass"
        await asyncio.sleep(0.02)
