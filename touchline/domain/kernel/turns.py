"""Taking turns: one transaction at a time works on the same thing. SQLite has one writer anyhow."""

from collections.abc import Hashable, Iterable
from enum import IntEnum

from touchline.domain.kernel.db import dialect
from touchline.domain.kernel.pipelining import Ahead
from touchline.domain.kernel.postgres_transaction import PostgresTransaction
from touchline.domain.kernel.transaction import surrounding

_MANY = 500
"""From so many things on, all of their kind are held at once."""

_NUMBERS = 2**31 - 2


def _silent(*locks: str) -> str:
    """SQL that takes locks one after the other and answers no row."""
    return f"SELECT 1 WHERE {' OR '.join(f'{one} IS NULL' for one in locks)}"


_ONE = _silent("pg_advisory_xact_lock_shared($1, 0)", "pg_advisory_xact_lock($1, $2)")


class Turn(IntEnum):
    """What turns are taken on; the number is the lock's name in PostgreSQL."""

    TAGS = 0x7461
    STAGES = 0x7374
    CONTENT = 0x636F
    CHANNELS = 0x6368
    ATTRIBUTION = 0x6174
    SPEND = 0x7370
    CAMPAIGNS = 0x6361
    RATES = 0x7261
    PERFORMANCE = 0x7066


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
        names = [1 + key % _NUMBERS for key in wanted]
        if len(names) == 1:
            await _hold(Ahead(_ONE, (int(turn), names[0])))
        else:
            locks = [f"pg_advisory_xact_lock({int(turn)}, {name})" for name in names]
            shared = f"pg_advisory_xact_lock_shared({int(turn)}, 0)"
            await _hold(Ahead(_silent(shared, *locks)))
    _held().update((turn, key) for key in wanted)


async def take_all_turns(turn: Turn) -> None:
    """Hold all things of a kind until the surrounding transaction ends."""
    if dialect() == "postgres":
        await _hold(Ahead(_silent(f"pg_advisory_xact_lock({int(turn)}, 0)")))


async def hold_rows(select: str) -> None:
    """Hold the rows that a ``SELECT`` without parameters finds, until the transaction ends."""
    if dialect() == "postgres":
        await _hold(Ahead(f"SELECT 1 FROM ({select} FOR UPDATE) held HAVING COUNT(*) < 0"))


async def _hold(locks: Ahead) -> None:
    """Take locks in their order; as the first that a transaction does it goes with its beginning.

    What is read afterwards is read as it is by then.
    """
    client = surrounding("take turns").client
    assert isinstance(client, PostgresTransaction)
    if not client.has_begun:
        client.open_with(locks)
    else:
        await client.fetch(locks.text, locks.params)


def _held() -> set[Hashable]:
    return surrounding("take turns").held
