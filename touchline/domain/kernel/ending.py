"""Ending background tasks for certain."""

import asyncio
from typing import Any

ASK_AGAIN_S = 0.5


async def end(*tasks: "asyncio.Task[Any]") -> None:
    """Cancel the tasks until all have ended; what they raise is dropped.

    Once is not always enough: the Redis client can lose a cancellation that arrives together
    with an answer.
    """
    waiting = set(tasks)
    while waiting:
        for task in waiting:
            task.cancel()
        _, waiting = await asyncio.wait(waiting, timeout=ASK_AGAIN_S)
    await asyncio.gather(*tasks, return_exceptions=True)
