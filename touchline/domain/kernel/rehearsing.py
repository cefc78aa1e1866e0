"""Doing something to see what it would change, and undoing it."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from touchline.domain.kernel.db import in_transaction, savepoint

T = TypeVar("T")


class _Undone(Exception):
    def __init__(self, result: Any) -> None:
        super().__init__()
        self.result = result


async def rehearsed(act: Callable[[], Awaitable[T]]) -> T:
    """The answer of ``act``, all of whose changes are undone, inside a transaction too."""

    async def run() -> None:
        async with savepoint():
            raise _Undone(await act())

    try:
        await in_transaction(run)
    except _Undone as undone:
        result: T = undone.result
        return result
    raise AssertionError("a rehearsal always ends undone")
