"""Reading rows for many parents at once.

Fields of equal place and arguments that are asked for in the same turn of the event loop are read
by one statement. Nothing is kept afterwards, so a later read sees what was written meanwhile.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, MutableMapping, Sequence
from functools import lru_cache
from typing import Any

from touchline.domain.kernel.db import Row, fetch
from touchline.domain.kernel.paging import SortKey
from touchline.domain.kernel.relations import Relation
from touchline.graphql.base.facts import Join, Order
from touchline.graphql.base.statements import (
    Keys,
    Sql,
    both,
    found_sql,
    page_sql,
    related_sql,
    template,
    window_sql,
)

Read = Callable[[list[Any]], Awaitable[Sequence[Any]]]
Loaders = MutableMapping[Any, Any]


class _Batch:
    def __init__(self, read: Read) -> None:
        self.read = read
        self.items: dict[Any, list[asyncio.Future[Any]]] = {}
        self.wanted = 0
        self.task: asyncio.Task[None] | None = None

    def add(self, item: Any) -> asyncio.Future[Any]:
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.items.setdefault(item, []).append(future)
        self.wanted += 1
        future.add_done_callback(self._given_up)
        return future

    async def run(self) -> None:
        try:
            results = await self.read(list(self.items))
        except Exception as error:
            for future in self._waiting():
                future.set_exception(error)
            return
        for futures, result in zip(self.items.values(), results, strict=True):
            for future in futures:
                if not future.done():
                    future.set_result(result)

    def _given_up(self, future: asyncio.Future[Any]) -> None:
        """Nobody waits for a read any more once its operation was stopped: it stops too."""
        self.wanted -= future.cancelled()
        if not self.wanted and self.task is not None:
            self.task.cancel()

    def _waiting(self) -> list[asyncio.Future[Any]]:
        return [one for futures in self.items.values() for one in futures if not one.done()]


def load(loaders: Loaders, place: Hashable, item: Hashable, read: Read) -> asyncio.Future[Any]:
    """The result for ``item``; ``read`` gets all distinct items of ``place`` at once."""
    loop = asyncio.get_running_loop()
    batch: _Batch | None = loaders.get(place)
    if batch is None:
        batch = loaders[place] = _Batch(read)
        loop.call_soon(_start, loaders, place, batch)
    return batch.add(item)


def _start(loaders: Loaders, place: Hashable, batch: _Batch) -> None:
    if loaders.get(place) is batch:
        del loaders[place]
    if batch.wanted:
        batch.task = asyncio.ensure_future(batch.run())


async def read_one(relation: Relation, on: Join, keys: Sequence[Keys]) -> list[Row | None]:
    """The row of each parent, if any; on several the first by id is not promised."""
    sql = related_sql(relation, on, keys)
    return _first(await fetch(sql.text, sql.params), len(keys))


async def read_found(relation: Relation, keys: Sequence[int]) -> list[Row | None]:
    """The row each key means."""
    sql = found_sql(relation, keys)
    return _first(await fetch(sql.text, sql.params), len(keys))


async def read_many(
    relation: Relation, on: Join, keys: Sequence[Keys], order: Order, limit: int, where: str
) -> list[list[Row]]:
    """The first ``limit`` rows of each parent."""
    sql = window_sql(
        relation, on, keys, template(where, "u"), sort_keys(order, relation, "u"), limit
    )
    return grouped(await read(sql), len(keys))


async def read_all(relation: Relation, order: Order, limit: int, where: str) -> list[Row]:
    """The first ``limit`` rows there are."""
    held = both(template(relation.standing, "t"), template(where, "t"))
    return await read(page_sql(relation, held, sort_keys(order, relation, "t"), limit, "t"))


async def read(sql: Sql) -> list[Row]:
    """Run a statement."""
    return await fetch(sql.text, sql.params)


def grouped(rows: Sequence[Row], parents: int) -> list[list[Row]]:
    """Rows by the position of their parent."""
    found: list[list[Row]] = [[] for _ in range(parents)]
    for row in rows:
        found[row["parent_pos"]].append(row)
    return found


@lru_cache(maxsize=1024)
def sort_keys(order: Order, relation: Relation, alias: str) -> tuple[SortKey, ...]:
    """An order as columns of ``alias``, the id last."""
    names = [relation.column(name).read(alias) for name in order.columns]
    return tuple([SortKey(name, order.descending) for name in (*names, f"{alias}.id")])


def _first(rows: Sequence[Row], parents: int) -> list[Row | None]:
    found: list[Row | None] = [None] * parents
    for row in rows:
        found[row["parent_pos"]] = row
    return found
