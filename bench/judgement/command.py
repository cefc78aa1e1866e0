"""``python -m bench judgement``: what follows from touchpoints made anew, listed, and kept live.

Everything works on copies of the data set of ``bench queries``, in this process; only the delay is
seen from outside of a server. What is compared takes turns in one run.
"""

import argparse
import asyncio
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import Progress

from bench.figures import Figure
from bench.ingest.measuring import draining, sender_for
from bench.ingest.traffic import WEBSITE
from bench.judgement import costing, following, listing, rebuilding, summing
from bench.judgement.copies import copied, opened
from bench.judgement.keeping import RESULTS, keep
from bench.queries import cache
from bench.queries.command import FULL, QUICK
from bench.queries.world import World
from tests.support.deployment import MODES, Mode
from tests.support.judging import judge_all
from tests.support.postgres import Cluster
from tests.support.product import Product
from tests.support.redis import running_redis

PARTS = ("rebuild", "content", "list", "cost", "delay")
_DRAINED = 10_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this part."""
    parser.add_argument("--full", action="store_true", help="a million touchpoints, not 20,000")
    parser.add_argument("--customers", type=int)
    parser.add_argument("--touchpoints", type=int)
    parser.add_argument("--database", choices=MODES, action="append")
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--rate",
        type=float,
        help="events/s of the delay; by default half of what is identified in the same run",
    )
    parser.add_argument("--seconds", type=float, default=10.0, help="length of each delay")
    parser.add_argument(
        "--save",
        type=Path,
        metavar="FILE",
        default=RESULTS,
        help="where figures are kept as JSON; by default what the page is written from, which takes"
        " those that are measured at the size of the page",
    )


def run(asked: argparse.Namespace) -> list[Figure]:
    """Measure everything that was asked for."""
    console = Console(stderr=True)
    customers, touchpoints = FULL if asked.full else QUICK
    size = World(asked.customers or customers, asked.touchpoints or touchpoints)
    found: dict[str, list[Figure]] = {}
    with ExitStack() as stack:
        with console.status("waiting for another bench to end"):
            stack.enter_context(cache.alone())
        for mode in asked.database or MODES:
            for part in asked.only or PARTS:
                with console.status(f"{mode}: {part}"), _product(mode, size) as product:
                    found.setdefault(part, []).extend(_part(part, mode, product, asked, console))
    keep(asked.save, size, found)
    return [figure for figures in found.values() for figure in figures]


@contextmanager
def _product(mode: Mode, size: World) -> Iterator[Product]:
    with ExitStack() as stack:
        cluster: Cluster | None = None
        redis_url: str | None = None
        if mode == "postgres":
            cluster = stack.enter_context(cache.postgres())
            redis_url = stack.enter_context(running_redis())
        progress = Progress(disable=True)
        yield stack.enter_context(copied(mode, size, cluster, redis_url, progress))


def _part(
    part: str, mode: Mode, product: Product, asked: argparse.Namespace, console: Console
) -> list[Figure]:
    if part == "delay":
        return _delay(mode, product, asked)
    times = asyncio.run(_measured(part, product, asked, console))
    unit = "s" if part in ("rebuild", "content") else "ms"
    figures = {what: Figure(f"{mode}: {what}", unit, tuple(taken)) for what, taken in times.items()}
    ratios = [
        figures[one].over(figures[other])
        for one, other in _COMPARED
        if one in figures and other in figures
    ]
    return [*figures.values(), *ratios]


_COMPARED = (
    (rebuilding.RECOMPUTE, rebuilding.BARE),
    (rebuilding.PUBLISH, rebuilding.BARE),
    (rebuilding.RECOMPUTE, rebuilding.DUCKDB),
    (summing.OURS, summing.BARE),
    (listing.OURS, listing.LIMIT),
    (costing.COSTS[1], costing.COSTS[0]),
)


async def _measured(
    part: str, product: Product, asked: argparse.Namespace, console: Console
) -> rebuilding.Times:
    async with opened(product):
        if part == "rebuild":
            with TemporaryDirectory() as folder:
                return await rebuilding.rebuilding(asked.rounds, Path(folder), console)
        if part == "content":
            return await summing.summing(asked.rounds)
        if part == "list":
            return await listing.listing(asked.rounds)
        return await costing.costing(asked.rounds, product)


def _delay(mode: Mode, product: Product, asked: argparse.Namespace) -> list[Figure]:
    """The load has a core of its own, as in ``bench ingest``."""
    before = os.sched_getaffinity(0)
    if len(before) > 1:
        os.sched_setaffinity(0, {1})
    try:
        rate, rounds = asyncio.run(_followed(product, asked.rounds, asked.rate, asked.seconds))
    finally:
        os.sched_setaffinity(0, before)
    figures = [Figure(f"{mode}: sent while 100 rules were in force", "events/s", (rate,))]
    for name in following.SEEN:
        shares = [following.percentiles(each[name]) for each in rounds]
        for place, share in enumerate(("p50", "p99")):
            what = f"{mode}: acknowledged → {name}, {share}"
            figures.append(Figure(what, "ms", tuple(one[place] for one in shares)))
    return figures


async def _followed(
    product: Product, rounds: int, rate: float | None, seconds: float
) -> tuple[float, list[dict[str, list[float]]]]:
    """At a rate, or at half of what is brought onto the timeline just now."""
    async with opened(product):
        await following.prepare()
    if rate is None:
        rate = (await draining(product, sender_for(product, WEBSITE), _DRAINED)).overall / 2
        async with opened(product):
            await judge_all()
    return rate, [
        await following.following(product, rate, seconds, number) for number in range(rounds)
    ]
