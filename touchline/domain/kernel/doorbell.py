"""Waking whoever waits for work. A ring carries no truth: lost ones cost a moment, nothing else.

What there is to do stands in the database; workers look there by themselves every second.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

LANDING = "landing"
OUTBOX = "outbox"
JOBS = "jobs"
STALE = "stale"
DAYS = "days"
ASSET_DAYS = "asset_days"

_bells: dict[str, set[asyncio.Event]] = {}
_carry: Callable[[str], None] | None = None


def ring(topic: str) -> None:
    """Wake who listens to ``topic``, in this process and (with Redis) in the workers.

    Never waits and never fails, so it can be called after a commit.
    """
    ring_here(topic)
    if _carry is not None:
        _carry(topic)


def ring_here(topic: str) -> None:
    """Wake who listens to ``topic`` in this process."""
    for bell in _bells.get(topic, ()):
        bell.set()


@contextmanager
def listen(topic: str) -> Iterator["Bell"]:
    """Hear the rings of ``topic`` from now on."""
    event = asyncio.Event()
    _bells.setdefault(topic, set()).add(event)
    try:
        yield Bell(event)
    finally:
        _bells[topic].discard(event)


class Bell:
    """One listener's end of the doorbell."""

    def __init__(self, event: asyncio.Event) -> None:
        self._event = event

    async def wait(self, timeout_s: float) -> bool:
        """Return when it rings, or ``False`` after ``timeout_s``; earlier rings count once."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._event.wait()
        rang = self._event.is_set()
        self._event.clear()
        return rang


def use_carrier(carry: Callable[[str], None] | None) -> None:
    """Have every ring also carried to other processes; ``None`` keeps them in this one."""
    global _carry
    _carry = carry
