"""Whose write key it is, remembered for a moment.

Every request shows a write key, so looking each up would cost a read per request. What was found
is kept for ``REMEMBERED_S`` seconds; a key that another process revoked works that much longer.
Unknown keys are remembered as well, so that a misconfigured client does not read on every call.
"""

import time
from collections import OrderedDict

from touchline.domain.kernel.ids import secret_digest
from touchline.domain.sources.models import WriteKey

REMEMBERED_S = 2.0
REMEMBERED_KEYS = 5_000

_seen: OrderedDict[bytes, tuple[int | None, float]] = OrderedDict()
_epoch = 0


async def recognise(write_key: str) -> int | None:
    """The id of the source that a write key belongs to; ``None`` when it opens nothing."""
    digest = secret_digest(write_key)
    known = _seen.get(digest)
    if known is not None and known[1] > time.monotonic():
        return known[0]
    before = _epoch
    row = await WriteKey.get_or_none(digest=digest, revoked_at=None)
    source_id = None if row is None else row.source_id
    if before == _epoch:
        _remember(digest, source_id)
    return source_id


def forget_all() -> None:
    """Make this process look every key up anew: one was made or revoked."""
    global _epoch
    _epoch += 1
    _seen.clear()


def _remember(digest: bytes, source_id: int | None) -> None:
    _seen[digest] = (source_id, time.monotonic() + REMEMBERED_S)
    _seen.move_to_end(digest)
    if len(_seen) > REMEMBERED_KEYS:
        _seen.popitem(last=False)
