"""Doing a thing once however often it is asked for: the caller's key stands for the first time.

The key is written in the transaction of the act itself, so it is kept if and only if the act is.
Whoever comes with the same key meanwhile waits, and is then told the first answer.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import orjson

from touchline.domain.kernel import clock
from touchline.domain.kernel.db import execute, fetch_one, in_transaction
from touchline.domain.kernel.rows import insert_rows

KEPT = 7 * clock.DAY

T = TypeVar("T")


class KeyReused(Exception):
    """The key stood for another request before."""


async def once(
    key: bytes,
    request: bytes,
    act: Callable[[], Awaitable[T]],
    *,
    pack: Callable[[T], Mapping[str, Any] | None],
    unpack: Callable[[Mapping[str, Any]], T],
) -> T:
    """Act, or give the answer of the first time; raises ``KeyReused`` for another request.

    ``key`` is a digest of the caller and the key, ``request`` one of what is asked for. What
    ``act`` raises, or ``pack`` gives no JSON for, is not kept.
    """

    async def run() -> T:
        await _forget(key, older_than=clock.now() - KEPT)
        if not await _claim(key, request):
            return unpack(await _first(key, request))
        answer = await act()
        packed = pack(answer)
        if packed is None:
            await _forget(key, older_than=clock.now() + 1)
        else:
            sql = "UPDATE idempotency_key SET answer = ? WHERE key = ?"
            await execute(sql, (orjson.dumps(packed).decode(), key))
        return answer

    return await in_transaction(run)


async def forget_old_keys() -> None:
    """Remove the keys that are not kept any longer."""
    await execute("DELETE FROM idempotency_key WHERE created_at < ?", (clock.now() - KEPT,))


async def _claim(key: bytes, request: bytes) -> bool:
    rows = await insert_rows(
        "idempotency_key",
        ("key", "request", "created_at"),
        [(key, request, clock.now())],
        on_conflict="ON CONFLICT (key) DO NOTHING",
        returning="id",
    )
    return bool(rows)


async def _first(key: bytes, request: bytes) -> Mapping[str, Any]:
    row = await fetch_one("SELECT request, answer FROM idempotency_key WHERE key = ?", (key,))
    if row is None or row["answer"] is None or bytes(row["request"]) != request:
        raise KeyReused
    found: Mapping[str, Any] = orjson.loads(row["answer"])
    return found


async def _forget(key: bytes, *, older_than: clock.Moment) -> None:
    sql = "DELETE FROM idempotency_key WHERE key = ? AND created_at < ?"
    await execute(sql, (key, older_than))
