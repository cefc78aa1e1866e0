"""Dying at a crash point within the process, as far as a transaction can tell; jobs that die."""

from collections.abc import Awaitable

import pytest

from tests.support.clock import SettableClock
from touchline.domain.kernel import jobs
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.crash import use_crash_hook


class Killed(Exception):
    """What a crash point raises here."""


async def die_at(point: str, work: Awaitable[None], *, passes: int = 0) -> None:
    """Do work until it comes to a crash point, after so many passes of it."""
    left = passes

    def die(name: str) -> None:
        nonlocal left
        if name == point:
            left -= 1
            if left < 0:
                raise Killed

    use_crash_hook(die)
    try:
        with pytest.raises(Killed):
            await work
    finally:
        use_crash_hook(None)


async def dies(clock: SettableClock, kind: str, error: str) -> None:
    """The one job of this kind fails until it is given up."""
    for _ in range(jobs.MAX_ATTEMPTS):
        (job,) = await jobs.claim([kind], 1)
        await jobs.fail(job, error)
        clock.advance(DAY)
