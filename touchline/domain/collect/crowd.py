"""Whether requests of this process queue up to be landed, so that other work lets them pass.

Landing an event costs a fraction of identifying it. Where one process does both, the database
takes turns between them; without this a burst would be held up by the pipeline all along. What
waits behind a long turn and is less than the next turn takes is no crowd: to let it pass would only
make what follows from it late.
"""

import asyncio

NOTICEABLE_S = 0.01
REQUESTS = 16
EVENTS = 1_000
"""As many as the pipeline takes in a turn: more than that cannot be kept up with."""
LASTS_S = 0.5


class Crowd:
    """Remembers for a moment that many waited long."""

    def __init__(self) -> None:
        self._seen = float("-inf")

    def saw(self, *, requests: int, events: int, waited_s: float) -> None:
        """Note a group that was let in after waiting for the database."""
        if waited_s >= NOTICEABLE_S and (requests >= REQUESTS or events >= EVENTS):
            self._seen = asyncio.get_running_loop().time()

    def waits(self) -> bool:
        """Whether there is one now, or was half a second ago."""
        return asyncio.get_running_loop().time() - self._seen < LASTS_S
