"""Whether more comes in than is taken away, and who should go first then.

Acknowledging an event costs a fraction of identifying it. Where one process does both, a burst
would wait for the pipeline; so the pipeline lets it land first and works it off afterwards.
"""

from collections.abc import Awaitable, Callable

FEW = 16
LOOKS = 2


class Tide:
    """Compares how much waits now with how much waited at the last look."""

    def __init__(self, count_waiting: Callable[[], Awaitable[int]]) -> None:
        self._count_waiting = count_waiting
        self._waiting = 0
        self._rises = 0

    async def rises(self) -> bool:
        """Whether more waits each time, for some looks on end, and more than a few."""
        before, self._waiting = self._waiting, await self._count_waiting()
        self._rises = self._rises + 1 if self._waiting > max(before, FEW) else 0
        return self._rises >= LOOKS
