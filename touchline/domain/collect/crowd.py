"""Whether requests of this process queue up to be landed, so that other work lets them pass.

Landing an event costs a fraction of identifying it. Where one process does both, the database
takes turns between them; without this a burst would be held up by the pipeline all along. What
comes no quicker than it is identified is no burst, however much of it waits after a long turn: to
let it pass would only make what follows from it late.
"""

import asyncio

NOTICEABLE_S = 0.01
REQUESTS = 16
EVENTS = 400
BURST = 5_000
"""Events a second, or requests that weigh as much, that are more than one process identifies."""
LASTS_S = 0.5


class Crowd:
    """Remembers for a moment that many waited long."""

    def __init__(self) -> None:
        self._seen = float("-inf")

    def saw(self, *, requests: int, events: int, waited_s: float, came_in_s: float) -> None:
        """Note how many there were when a group was let in after waiting for the database.

        ``came_in_s`` is how long ago the first of them came.
        """
        weight = max(events, requests * EVENTS // REQUESTS)
        if waited_s >= NOTICEABLE_S and weight >= max(EVENTS, came_in_s * BURST):
            self._seen = asyncio.get_running_loop().time()

    def waits(self) -> bool:
        """Whether there is one now, or was half a second ago."""
        return asyncio.get_running_loop().time() - self._seen < LASTS_S
