"""Noticing that PostgreSQL says nothing at all: a frozen server, a network that drops packets.

No limit that the server keeps can be trusted then, nor a request to cancel. A timer for each
statement would cost a tenth of a small one, so one task looks at all connections now and then, and
statements need not tell it anything.
"""

import asyncio
from typing import Any

from touchline.domain.kernel.postgres import Spares

LOOK_EVERY_S = 0.5


async def watch(spares: Spares, patience_s: float) -> None:
    """Say so to ``spares`` when one of its statements had no answer for ``patience_s``; for ever.

    Looks are counted rather than time measured, so that a process that stood still itself does not
    blame the server for it.
    """
    seen: dict[Any, tuple[int, int]] = {}
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        seen = {
            connection: (sent, looks + 1 if sent == before else 0)
            for connection, sent in spares.at_work()
            for before, looks in [seen.get(connection, (sent, -1))]
        }
        if any(looks * LOOK_EVERY_S >= patience_s for _, looks in seen.values()):
            spares.when_silent()
