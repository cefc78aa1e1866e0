"""Taking turns: one transaction at a time works on the same thing. SQLite has one writer anyhow."""

from collections.abc import Iterable
from enum import IntEnum

from touchline.domain.kernel.db import dialect, fetch

_MANY = 500
"""From so many things on, all of their kind are held at once."""


class Turn(IntEnum):
    """What turns are taken on; the number is the lock's name in PostgreSQL."""

    TAGS = 0x7461
    STAGES = 0x7374
    SCORES = 0x7363
    CONTENT = 0x636F


async def take_turns(turn: Turn, keys: Iterable[int]) -> None:
    """Hold some things of a kind until the surrounding transaction ends.

    Keys are held in ascending order, so that no two transactions wait for each other.
    """
    wanted = sorted(set(keys))
    if dialect() == "sqlite" or not wanted:
        return
    if len(wanted) > _MANY:
        await take_all_turns(turn)
        return
    await fetch("SELECT pg_advisory_xact_lock_shared(?::int, 0)", (int(turn),))
    await fetch(
        "SELECT pg_advisory_xact_lock(?::int, (1 + one % 2147483646)::int)"
        " FROM unnest(?::bigint[]) one",
        (int(turn), wanted),
    )


async def take_all_turns(turn: Turn) -> None:
    """Hold all things of a kind until the surrounding transaction ends."""
    if dialect() == "postgres":
        await fetch("SELECT pg_advisory_xact_lock(?::int, 0)", (int(turn),))
