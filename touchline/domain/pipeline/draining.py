"""Taking everything that is landed to the timeline, for commands that want to see it there."""

import asyncio
import time
from collections.abc import Callable

from touchline.domain.collect.queries import count_landed
from touchline.domain.kernel.transience import is_transient
from touchline.domain.pipeline.service import process_batch
from touchline.settings import Settings

PATIENCE_S = 10.0
_PAUSE_S = 0.05


async def attempt(settings: Settings) -> int:
    """Process one batch; 0 too when the database is busy, since what is landed can wait."""
    try:
        return await process_batch(settings)
    except Exception as error:
        if is_transient(error):
            return 0
        raise


async def drain(settings: Settings, watch: Callable[[int], None]) -> None:
    """Process until nothing is landed; ``watch`` is told the events of each batch.

    What other processes have in hand is waited for, up to ``PATIENCE_S`` without any progress of
    our own, so that a stream that never ends does not hold the command up for ever.
    """
    deadline = time.monotonic() + PATIENCE_S
    while True:
        if taken := await attempt(settings):
            watch(taken)
            deadline = time.monotonic() + PATIENCE_S
        elif time.monotonic() > deadline or not await count_landed():
            return
        else:
            await asyncio.sleep(_PAUSE_S)
