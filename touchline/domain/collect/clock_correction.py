"""When an event really happened, seen past the wrong clock of the device that sent it."""

from enum import StrEnum

from touchline.domain.kernel.clock import MINUTE, Moment

TOLERANCE: Moment = 5 * MINUTE
"""How far ahead of ours a clock may be before it is not believed."""


class Clock(StrEnum):
    """Where the time of a touchpoint comes from."""

    CORRECTED = "CORRECTED"
    ORIGINAL = "ORIGINAL"
    RECEIVED = "RECEIVED"
    UNTRUSTED = "UNTRUSTED"


def correct(
    received_at: Moment, sent_at: Moment | None, original: Moment | None
) -> tuple[Moment, Clock]:
    """The instant an event occurred at, and how it was found.

    The device read one clock for ``original`` and ``sent_at``, so their difference is right even
    where both are wrong: the event happened that long before it was received. Without ``sent_at``
    the device is taken at its word unless that lies in the future. An instant that would lie in
    the future, or before 1970, is replaced by the time of receipt and marked untrusted.
    """
    if original is None:
        return received_at, Clock.RECEIVED
    if sent_at is None:
        occurred, clock = original, Clock.ORIGINAL
    else:
        occurred, clock = received_at - (sent_at - original), Clock.CORRECTED
    if 0 <= occurred <= received_at + TOLERANCE:
        return occurred, clock
    return received_at, Clock.UNTRUSTED
