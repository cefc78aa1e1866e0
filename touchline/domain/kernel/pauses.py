"""How long to wait before something that failed is tried again."""

import time
from collections.abc import Callable


class Pauses:
    """Each twice as long as the one before, up to the longest, in seconds.

    What comes back and fails again soon is not well yet: they begin anew once it was well for as
    long as the longest of them.
    """

    def __init__(
        self, first_s: float, longest_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._first, self._longest, self._clock = first_s, longest_s, clock
        self._following = first_s
        self._well_since: float | None = None

    def next(self) -> float:
        """It failed: how long to leave it alone."""
        since, self._well_since = self._well_since, None
        if since is not None and self._clock() - since >= self._longest:
            self._following = self._first
        pause, self._following = self._following, min(2 * self._following, self._longest)
        return pause

    def end(self) -> None:
        """It is well again."""
        self._well_since = self._clock()
