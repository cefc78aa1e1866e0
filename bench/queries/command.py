"""``python -m bench queries``: GraphQL beside hand-written SQL and beside other servers.

Every server has the same core, load and PostgreSQL another; contenders take turns, and only what
stands in one run is compared. Data and peers are made once and kept in ~/.cache/touchline-bench.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial

from rich.console import Console
from rich.progress import Progress

from bench.figures import Figure
from bench.queries import cache
from bench.queries.cache import Absent
from bench.queries.comparing import difference
from bench.queries.contender import Bench, CannotAnswer, Contender
from bench.queries.contenders import (
    directus,
    fraiseql,
    limit,
    mercurius,
    pgbench,
    postgraphile,
    product,
    strawberry,
)
from bench.queries.loading import load
from bench.queries.measuring import Course, Draws, Results, Turn, drawn, rounds
from bench.queries.serving import take_load_core
from bench.queries.shooting import need_wrk
from bench.queries.workload import Workload
from bench.queries.workloads import WORKLOADS
from bench.queries.world import World
from tests.support.deployment import MODES, Mode

BY_KEY = {workload.key: workload for workload in WORKLOADS}
PEERS: dict[str, Callable[[Bench], AbstractContextManager[Contender]]] = {
    "postgraphile4": postgraphile.four,
    "postgraphile5": postgraphile.five,
    "mercurius": mercurius.running,
    "directus": directus.running,
    "fraiseql": fraiseql.running,
    "strawberry": strawberry.running,
    "pgbench": pgbench.running,
}

Opened = tuple[str, Callable[[], AbstractContextManager[Contender]]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this part."""
    parser.add_argument("--customers", type=int, default=2_000)
    parser.add_argument("--touchpoints", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--database", choices=MODES, action="append")
    parser.add_argument("--workload", choices=list(BY_KEY), action="append")
    parser.add_argument("--peer", choices=[*PEERS, "none"], action="append")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0, help="length of each turn")
    parser.add_argument("--connections", type=int, default=16)


def run(asked: argparse.Namespace) -> list[Figure]:
    """Measure everything that was asked for."""
    need_wrk()
    take_load_core()
    console = Console(stderr=True)
    size = World(asked.customers, asked.touchpoints, asked.seed)
    workloads = [BY_KEY[key] for key in asked.workload or BY_KEY]
    with opened(size, asked.database or MODES, console) as bench:
        results = measured(bench, workloads, asked, console)
    return _figures(results, workloads, bench)


@contextmanager
def opened(size: World, modes: Sequence[Mode], console: Console) -> Iterator[Bench]:
    """The data set in the databases."""
    with ExitStack() as stack:
        with console.status("waiting for another bench to end"):
            stack.enter_context(cache.alone())
        progress = stack.enter_context(Progress(console=console, transient=True))
        cluster = stack.enter_context(cache.postgres()) if "postgres" in modes else None
        loaded = {
            mode: load(mode, size, cluster if mode == "postgres" else None, progress)
            for mode in modes
        }
        progress.stop()
        yield Bench(size, loaded)


def measured(
    bench: Bench, workloads: Sequence[Workload], asked: argparse.Namespace, console: Console
) -> Results:
    """Start all contenders, hold their answers against the limit's, and give them their turns."""
    for workload in workloads:
        bench.mend(workload)
    draws = drawn(bench, workloads)
    with ExitStack() as stack:
        contenders = list(_started(stack, bench, workloads, asked.peer or list(PEERS), console))
        turns = _agreeing(bench, contenders, workloads, draws, console)
        course = Course(asked.rounds, asked.seconds, asked.connections)
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("measuring", total=len(turns) * (course.rounds + 1))
            return rounds(bench, turns, draws, course, lambda: progress.advance(task))


def _started(
    stack: ExitStack,
    bench: Bench,
    workloads: Sequence[Workload],
    peers: Sequence[str],
    console: Console,
) -> Iterator[Contender]:
    openers: list[Opened] = []
    for mode in bench.loaded:
        openers.append((product.NAME, partial(product.running, bench, mode)))
        openers.append((limit.NAME, partial(limit.running, bench, mode, workloads)))
    if "postgres" in bench.loaded:
        openers += [(name, partial(PEERS[name], bench)) for name in peers if name in PEERS]
    for name, opener in openers:
        try:
            with console.status(f"starting {name}"):
                contender = stack.enter_context(opener())
        except Absent as reason:
            console.print(f"{name} is skipped: {reason}")
        else:
            yield contender


def _agreeing(
    bench: Bench,
    contenders: Sequence[Contender],
    workloads: Sequence[Workload],
    draws: Draws,
    console: Console,
) -> list[Turn]:
    limits = {one.mode: one for one in contenders if one.name == limit.NAME}
    turns: list[Turn] = []
    for workload in workloads:
        for one in contenders:
            if not one.offers(workload):
                continue
            if not one.compared:
                turns.append((workload, one))
                continue
            given = draws[workload.key, one.mode]
            try:
                different = difference(bench, workload, given, one, limits[one.mode])
            except CannotAnswer as error:
                different = str(error)
            if different is None:
                turns.append((workload, one))
            else:
                console.print(f"{one.name} is skipped in {workload.key}: {different}")
    return turns


def _figures(results: Results, workloads: Sequence[Workload], bench: Bench) -> list[Figure]:
    """Each contender's pace and processor time, and ours as a share of every other's pace."""
    figures: list[Figure] = []
    for workload in workloads:
        for mode in bench.loaded:
            names = [name for key, of, name in results.samples if (key, of) == (workload.key, mode)]
            rates = {name: results.rate(workload.key, mode, name) for name in names}
            times = [results.server_ms(workload.key, mode, name) for name in names]
            ours = rates.pop(product.NAME, None)
            others = [rate for rate in rates.values() if rate]
            if ours:
                figures += [ours, *others, *(time for time in times if time)]
                figures += [ours.over(rate) for rate in others]
    return figures
