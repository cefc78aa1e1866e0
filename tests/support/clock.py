"""A clock that stands still until a test moves it."""

from touchline.domain.kernel.clock import Moment, parse_moment

START = "2026-03-02T09:00:00.000Z"


class SettableClock:
    """Call it for the present instant, in milliseconds since the epoch."""

    def __init__(self, start: str = START) -> None:
        self._now = parse_moment(start)

    def __call__(self) -> Moment:
        return self._now

    def set(self, moment: Moment | str) -> None:
        """Jump to an instant, given in milliseconds or as ISO 8601 text."""
        self._now = parse_moment(moment) if isinstance(moment, str) else moment

    def advance(self, milliseconds: int) -> Moment:
        """Let time pass; returns the new present."""
        self._now += milliseconds
        return self._now
