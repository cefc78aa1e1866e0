"""What a transaction holds besides its connection: what is to be written and done at its end."""

from collections.abc import Awaitable, Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar

from tortoise.backends.base.client import BaseDBAsyncClient

from touchline.domain.kernel.statements import Statement, write_together, write_with_commit

T = TypeVar("T")


class Transaction:
    """One that is under way."""

    def __init__(self, client: BaseDBAsyncClient) -> None:
        self.client = client
        self.after_commit: list[Callable[[], None]] = []
        self.gathered: dict[str, tuple[Any, Callable[[Any], Awaitable[None]]]] = {}
        self.later: list[Statement] = []
        self.held: set[Hashable] = set()

    async def catch_up(self) -> None:
        """Write what was left for later."""
        writes, self.later = self.later, []
        if writes:
            await write_together(self.client, writes)

    async def write_down(self) -> None:
        """Write all that was gathered, and all that was left for later."""
        await self._write_gathered()
        await self.catch_up()

    async def write_at_the_end(self) -> None:
        """The same with the commit, in one go with it where the database can do that."""
        await self._write_gathered()
        writes, self.later = self.later, []
        if writes:
            await write_with_commit(self.client, writes)

    async def _write_gathered(self) -> None:
        while self.gathered:
            found, write = self.gathered.pop(next(iter(self.gathered)))
            await write(found)

    def forget(self) -> None:
        """Let go of all that is not written yet, and of what is held."""
        self.gathered.clear()
        self.later.clear()
        self.held.clear()


current: ContextVar[Transaction | None] = ContextVar("touchline_transaction", default=None)


def surrounding(purpose: str) -> Transaction:
    """The transaction that is under way; raises ``RuntimeError`` where there is none."""
    transaction = current.get()
    if transaction is None:
        raise RuntimeError(f"only a transaction can {purpose}")
    return transaction


def gathered(key: str, make: Callable[[], T], write: Callable[[T], Awaitable[None]]) -> T:
    """What the surrounding transaction gathers under ``key``, made when first asked for.

    ``write`` gets it once, just before the commit: many steps can add to it, one statement
    writes it. Raises ``RuntimeError`` outside of a transaction.
    """
    transaction = surrounding(f"gather {key}")
    if key not in transaction.gathered:
        transaction.gathered[key] = (make(), write)
    held: T = transaction.gathered[key][0]
    return held


def ungathered(key: str) -> Any | None:
    """Take back what the surrounding transaction has gathered under ``key``: it is not written.

    ``None`` when it gathered nothing.
    """
    found = surrounding(f"take back {key}").gathered.pop(key, None)
    return None if found is None else found[0]


def write_later(*writes: Statement) -> None:
    """Have the surrounding transaction write before its next statement, or its commit.

    What is left for later goes to the database together, so none of it may depend on another, nor
    touch the same rows. Raises ``RuntimeError`` outside of a transaction.
    """
    surrounding("write later").later.extend(writes)
