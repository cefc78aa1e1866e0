"""The keys this process saw a moment ago.

A busy client so costs one look-up in the database every ``REMEMBERED_S`` seconds; that is also
how long a key that another process revoked can still be used.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass

from touchline.domain.access.keys import Key
from touchline.domain.kernel.actor import Actor

REMEMBERED_S = 1.5
REMEMBERED_KEYS = 2_000


@dataclass(frozen=True, slots=True)
class Session:
    """A key, and the caller who holds it."""

    key: Key
    actor: Actor
    until: float


_sessions: OrderedDict[bytes, Session] = OrderedDict()
_epoch = 0


def recall(digest: bytes) -> Session | None:
    """What was remembered of a key, unless that is too long ago."""
    session = _sessions.get(digest)
    if session is None or session.until <= time.monotonic():
        return None
    return session


def epoch() -> int:
    """Changes whenever a key is forgotten; take it before the key is read."""
    return _epoch


def remember(digest: bytes, key: Key, actor: Actor, read_in: int) -> Session:
    """Keep a key that was read in the epoch ``read_in``, unless one was forgotten since."""
    session = Session(key, actor, time.monotonic() + REMEMBERED_S)
    if read_in == _epoch:
        _sessions[digest] = session
        _sessions.move_to_end(digest)
        if len(_sessions) > REMEMBERED_KEYS:
            _sessions.popitem(last=False)
    return session


def forget(key_id: int) -> None:
    """Make this process read a key anew when it is next shown."""
    global _epoch
    _epoch += 1
    for digest in [digest for digest, seen in _sessions.items() if seen.key.id == key_id]:
        del _sessions[digest]
