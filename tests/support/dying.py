"""Dying at a crash point within the process, as far as a transaction can tell."""

from collections.abc import Awaitable

import pytest

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
