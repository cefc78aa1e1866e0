"""Taking turns: one transaction at a time works on the same thing. SQLite has one writer anyhow."""

from collections.abc import Hashable, Iterable, Mapping
from enum import IntEnum
from typing import Any

from touchline.domain.kernel.db import dialect, fetch, fetch_together
from touchline.domain.kernel.statements import Found, Statement
from touchline.domain.kernel.transaction import surrounding

_MANY = 500
"""From so many things on, all of their kind are held at once."""

_LOCK = "(1 + {} % 2147483646)::int"


class Turn(IntEnum):
    """What turns are taken on; the number is the lock's name in PostgreSQL."""

    TAGS = 0x7461
    STAGES = 0x7374
    SCORES = 0x7363
    CONTENT = 0x636F
    CHANNELS = 0x6368
    SPEND = 0x7370
    CAMPAIGNS = 0x6361


async def take_turns(turn: Turn, keys: Iterable[int]) -> None:
    """Hold some things of a kind until the surrounding transaction ends.

    Keys are held in ascending order, so that no two transactions wait for each other.
    """
    wanted = sorted({key for key in keys if (turn, key) not in _held()})
    if dialect() == "sqlite" or not wanted:
        return
    if len(wanted) > _MANY:
        await take_all_turns(turn)
    else:
        await fetch(
            "SELECT pg_advisory_xact_lock_shared(?::int, 0) UNION ALL"
            f" SELECT pg_advisory_xact_lock(?::int, {_LOCK.format('one')})"
            " FROM unnest(?::bigint[]) one",
            (int(turn), int(turn), wanted),
        )
    _held().update((turn, key) for key in wanted)


async def take_all_turns(turn: Turn) -> None:
    """Hold all things of a kind until the surrounding transaction ends."""
    if dialect() == "postgres":
        await fetch("SELECT pg_advisory_xact_lock(?::int, 0)", (int(turn),))


async def fetch_in_turn(
    turn: Turn, asked: Statement, *more: Statement
) -> tuple[Mapping[str, Any] | None, Found]:
    """The one row of ``asked``, its ``id`` held as by ``take_turns``; and the rows of ``more``.

    All of it is read at once, so what others did while they held the thing is not seen yet.
    """
    if dialect() == "postgres":
        asked = Statement(
            "SELECT one.*, pg_advisory_xact_lock_shared(?::int, 0),"
            f" pg_advisory_xact_lock(?::int, {_LOCK.format('one.id')}) FROM ({asked.text}) one",
            (int(turn), int(turn), *asked.params),
        )
    found, *others = await fetch_together(asked, *more)
    _held().update((turn, row["id"]) for row in found)
    return (found[0] if found else None), others


def _held() -> set[Hashable]:
    return surrounding("take turns").held
