"""Eight clients that order one backlog over HTTP, on a real server or two: see ``movers``."""

import argparse
import asyncio
import time
from collections.abc import Callable

from rich.console import Console
from rich.progress import Progress

from bench.backlog.clients import asking, serving
from bench.figures import Figure
from tests.support.backlog import a_ready_item, a_team
from tests.support.deployment import Mode
from tests.support.movers import CLIENTS, Ground, Watch, leg, watching
from tests.support.product import Product
from touchline.domain.kernel.db import close_database, open_database

ITEMS = 200
LEG = 1_000
"""After so many moves all clients stop and read."""
SERVERS: dict[Mode, int] = {"sqlite": 1, "postgres": 2}


def figures(
    mode: Mode, fresh: Callable[[], Product], asked: argparse.Namespace, console: Console
) -> list[Figure]:
    """What became of the moves. ``AssertionError`` says which promise was broken."""
    watch, seconds = asyncio.run(_ordered(mode, fresh(), asked.moves, console))
    told = watch.told
    counts = {
        "moves tried by 8 clients": sum(told.values()),
        "moved": told["moved"],
        "refused: another order was seen": told["CONFLICT"],
        "refused: no neighbour": told["NEIGHBOUR_FOREIGN"],
        "readings of the whole order, all alike": watch.reads,
        "characters of the longest key": watch.longest,
    }
    found = [Figure(f"{mode}: {what}", "", (float(n),)) for what, n in counts.items()]
    return [*found, Figure(f"{mode}: moves tried", "1/s", (counts[_TRIED] / seconds,))]


_TRIED = "moves tried by 8 clients"


async def _ordered(
    mode: Mode, product: Product, moves: int, console: Console
) -> tuple[Watch, float]:
    product.command("migrate")
    await open_database(product.settings)
    try:
        team, other = await a_team(), await a_team("Sales")
        items = [await a_ready_item(team, f"Item {at}") for at in range(ITEMS)]
        watch = await watching(Ground(team.backlog, items, await a_ready_item(other)))
        owner = team.ada.member_id or 0
        async with (
            serving(product, SERVERS[mode]) as urls,
            asking(urls, [owner] * CLIENTS) as asks,
        ):
            begun = time.monotonic()
            with Progress(console=console, transient=True) as progress:
                task = progress.add_task(f"{mode}: order", total=moves)
                for at in range(0, moves, LEG):
                    await leg(watch, asks, LEG, at)
                    progress.advance(task, LEG)
            return watch, time.monotonic() - begun
    finally:
        await close_database()
