"""What a move costs beside a bare ``UPDATE`` of a row of the same table, in one run.

A *move* is the whole command in one transaction: it holds the backlog, looks whether the caller
may, finds the gap, writes key, version, log and news, and commits. The *bare UPDATE* is ``BEGIN``,
``UPDATE`` of the key of one item, ``COMMIT``: in a transaction as the product has them, and on the
driver's own connection (on SQLite without a thread). They take turns, each alone.

Over HTTP both are asked by wrk over one connection: the mutation of the product, and an endpoint of
Starlette that runs the statement.
"""

import argparse
import asyncio
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from itertools import count
from random import Random

import asyncpg
import orjson
from rich.console import Console

from bench.backlog.clients import a_key
from bench.figures import Figure
from bench.queries.cache import folder
from bench.queries.serving import serving
from bench.queries.shooting import need_wrk, shoot
from tests.support.backlog import Team, a_ready_item, a_team
from tests.support.deployment import Mode
from tests.support.process import free_port
from tests.support.product import ROOT, Product
from touchline.domain.backlog.ordering import move_item
from touchline.domain.kernel.db import close_database, execute, open_database, transactional
from touchline.domain.kernel.ids import global_id

ITEMS, EACH, SECONDS = 200, 200, 2.0
MOVE = """mutation Move($input: BacklogItemMoveInput!) { backlogItemMove(input: $input) {
  backlogItem { id position } backlog { orderVersion } userErrors { code message field } } }"""
UPDATE = {
    "sqlite": "UPDATE backlog_item SET rank = ?1 WHERE id = ?2 RETURNING json_object('id', id)",
    "postgres": "UPDATE backlog_item SET rank = $1 WHERE id = $2"
    " RETURNING json_build_object('id', id)",
}

Update = Callable[[str, int], Awaitable[None]]


def figures(
    mode: Mode, fresh: Callable[[], Product], asked: argparse.Namespace, console: Console
) -> list[Figure]:
    """Milliseconds of each, and the ratios, round by round."""
    need_wrk()
    product = fresh()
    product.command("migrate")
    with console.status(f"{mode}: moves"):
        times, key, ids = asyncio.run(_in_process(mode, product, asked.rounds))
    names = ("a move", "a bare UPDATE", "a bare UPDATE by the driver alone")
    move, bare, driver = (
        Figure(f"{mode}: {name}", "ms", tuple(each))
        for name, each in zip(names, zip(*times, strict=True), strict=True)
    )
    with console.status(f"{mode}: moves over HTTP"):
        over_http = _over_http(mode, product, key, ids, asked.rounds)
    return [
        *(move, bare, driver),
        *(move.over(bare), move.over(driver)),
        *over_http,
        over_http[0].over(over_http[1]),
    ]


async def _in_process(
    mode: Mode, product: Product, rounds: int
) -> tuple[list[tuple[float, ...]], str, tuple[list[int], list[int]]]:
    await open_database(product.settings)
    try:
        team, other = await a_team(), await a_team("Sales")
        items = [await a_ready_item(team, f"Item {at}") for at in range(ITEMS)]
        others = [await a_ready_item(other, f"Item {at}") for at in range(ITEMS)]
        key = await a_key(team.ada.member_id or 0)
        async with _bare(mode, product) as update:
            times = [
                await _round(team, items, others, update, number) for number in range(rounds + 1)
            ]
        return times[1:], key, (items, others)  # the first warms all up
    finally:
        await close_database()


_unique = count(1)


async def _round(
    team: Team, items: list[int], others: list[int], update: Update, number: int
) -> tuple[float, ...]:
    """Milliseconds of a move, and of both updates, of so many that take turns."""
    chance, taken = Random(number), [0.0, 0.0, 0.0]
    for _ in range(EACH):
        item, after = chance.sample(items, 2)
        row = (f"~~{next(_unique)}", chance.choice(others))
        again = (f"~~{next(_unique)}", chance.choice(others))
        turns: list[Callable[[], Awaitable[object]]] = [
            partial(move_item, team.ada, item, after=after),
            partial(_update, *row),
            partial(update, *again),
        ]
        for which in chance.sample(range(len(turns)), len(turns)):
            begun = time.perf_counter()
            await turns[which]()
            taken[which] += time.perf_counter() - begun
    return tuple(1_000 * each / EACH for each in taken)


@transactional
async def _update(rank: str, item: int) -> None:
    await execute("UPDATE backlog_item SET rank = ? WHERE id = ?", (rank, item))


@asynccontextmanager
async def _bare(mode: Mode, product: Product) -> AsyncIterator[Update]:
    """The statement in a transaction of its own, by the driver alone."""
    if mode == "sqlite":
        with _file(product) as connection:

            async def write(rank: str, item: int) -> None:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(UPDATE[mode], (rank, item)).fetchall()
                connection.execute("COMMIT")

            yield write
        return
    server = await asyncpg.connect(product.database_url)

    async def update(rank: str, item: int) -> None:
        async with server.transaction():
            await server.fetchval(UPDATE[mode], rank, item)

    try:
        yield update
    finally:
        await server.close()


@contextmanager
def _file(product: Product) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(product.settings.database_file, isolation_level=None, timeout=30)
    connection.execute("PRAGMA synchronous=FULL")
    try:
        yield connection
    finally:
        connection.close()


def _over_http(
    mode: Mode, product: Product, key: str, ids: tuple[list[int], list[int]], rounds: int
) -> list[Figure]:
    """Milliseconds of a request of each, by one client."""
    chance, taken = Random(1), ([0.0] * rounds, [0.0] * rounds)
    moves, updates = _bodies(ids, chance)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    with _product_serving(product), _bare_serving(mode, product) as bare:
        for number in range(-1, rounds):
            asked = ((f"{product.url}/graphql", moves), (bare, updates))
            for which, (url, bodies) in enumerate(asked):
                sample = shoot(url, headers, bodies, connections=1, seconds=SECONDS)
                if number >= 0:
                    taken[which][number] = 1_000 / sample.rate
    names = ("a move over HTTP", "a bare UPDATE over HTTP")
    return [
        Figure(f"{mode}: {name}", "ms", tuple(one)) for name, one in zip(names, taken, strict=True)
    ]


def _bodies(ids: tuple[list[int], list[int]], chance: Random) -> tuple[list[bytes], list[bytes]]:
    moves, updates = list[bytes](), list[bytes]()
    for number in range(2_000):
        item, after = (global_id("BacklogItem", one) for one in chance.sample(ids[0], 2))
        given = {"input": {"itemId": item, "after": after}}
        moves.append(orjson.dumps({"query": " ".join(MOVE.split()), "variables": given}))
        told = {"given": [f"~~~{number}", chance.choice(ids[1])]}
        updates.append(orjson.dumps({"variables": told}))
    return moves, updates


@contextmanager
def _product_serving(product: Product) -> Iterator[None]:
    asyncio.run(product.start_server())
    try:
        yield
    finally:
        asyncio.run(product.stop())


@contextmanager
def _bare_serving(mode: Mode, product: Product) -> Iterator[str]:
    """The statement behind Starlette, as the limit of ``bench queries`` is."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "uvicorn", f"bench.queries.servers.limit_{mode}:app"),
        *("--port", str(port), "--loop", "uvloop", "--http", "httptools"),
        *("--no-access-log", "--log-level", "warning"),
    ]
    variables = {
        "BENCH_DATABASE": product.database_url or str(product.settings.database_file),
        "BENCH_STATEMENTS": orjson.dumps({"update": UPDATE[mode]}).decode(),
    }
    log = folder("logs") / f"bare-update-{mode}.log"
    with serving(command, port=port, log=log, where=ROOT, variables=variables):
        yield f"http://127.0.0.1:{port}/update"
