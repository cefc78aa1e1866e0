"""``python -m bench queries``: GraphQL beside hand-written SQL and beside other servers.

Every server has the same core, load and PostgreSQL another; contenders take turns, and only what
stands in one run is compared. Data and peers are made once and kept in ~/.cache/touchline-bench.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import orjson
from rich.console import Console
from rich.progress import Progress

from bench.figures import Figure
from bench.queries import cache, extras
from bench.queries.cache import Absent
from bench.queries.contender import Bench
from bench.queries.contenders import product
from bench.queries.line_up import PEERS, line_up
from bench.queries.loading import load
from bench.queries.measuring import Course, Results, Turn, rounds
from bench.queries.saving import saved
from bench.queries.serving import all_cores, take_load_core
from bench.queries.shooting import need_wrk
from bench.queries.showing import show as show
from bench.queries.workload import Workload
from bench.queries.workloads import WORKLOADS
from bench.queries.world import World
from tests.support.deployment import MODES, Mode

BY_KEY = {workload.key: workload for workload in WORKLOADS}
QUICK, FULL = (2_000, 20_000), (100_000, 1_000_000)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this part."""
    parser.add_argument("--full", action="store_true", help="a million touchpoints, not 20,000")
    parser.add_argument("--customers", type=int)
    parser.add_argument("--touchpoints", type=int)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--database", choices=MODES, action="append")
    parser.add_argument("--workload", choices=list(BY_KEY), action="append")
    parser.add_argument("--peer", choices=[*PEERS, "none"], action="append")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1.0, help="length of each turn")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--growth", action="store_true", help="also a tenth of the data")
    parser.add_argument("--granian", action="store_true", help="also our server under granian")
    parser.add_argument("--memory", action="store_true", help="also the memory of our server")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write all samples as JSON")


def run(asked: argparse.Namespace) -> list[Figure]:
    """Measure everything that was asked for."""
    need_wrk()
    take_load_core()
    console = Console(stderr=True)
    customers, touchpoints = FULL if asked.full else QUICK
    size = World(asked.customers or customers, asked.touchpoints or touchpoints, asked.seed)
    workloads = [BY_KEY[key] for key in asked.workload or BY_KEY]
    sizes = [size, size.tenth] if asked.growth else [size]
    with opened(sizes, asked.database or MODES, console) as benches, ExitStack() as stack:
        peers = [name for name in asked.peer or PEERS if name in PEERS]
        turns = line_up(stack, benches[0], workloads, peers, console)
        turns += _extra_turns(stack, benches, workloads, asked, console)
        course = Course(asked.rounds, asked.seconds, asked.connections)
        results, memory = _measured(turns, course, console, weigh=asked.memory)
    if asked.save:
        asked.save.write_bytes(orjson.dumps(saved(size, course, workloads, results, memory)))
    return [*_figures(results, workloads, asked.database or MODES), *memory]


@contextmanager
def opened(
    sizes: Sequence[World], modes: Sequence[Mode], console: Console
) -> Iterator[list[Bench]]:
    """The data set of each size in the databases."""
    with ExitStack() as stack:
        with console.status("waiting for another bench to end"):
            stack.enter_context(cache.alone())
        cluster = stack.enter_context(cache.postgres()) if "postgres" in modes else None
        with all_cores(), Progress(console=console, transient=True) as progress:
            benches = [
                Bench(
                    size,
                    {
                        mode: load(mode, size, cluster if mode == "postgres" else None, progress)
                        for mode in modes
                    },
                )
                for size in sizes
            ]
        yield benches


def _extra_turns(
    stack: ExitStack,
    benches: Sequence[Bench],
    workloads: Sequence[Workload],
    asked: argparse.Namespace,
    console: Console,
) -> list[Turn]:
    turns: list[Turn] = []
    if asked.growth:
        turns += extras.of_a_tenth(stack, benches[1], workloads)
    if asked.granian:
        try:
            turns += extras.under_granian(stack, benches[0], workloads)
        except Absent as reason:
            console.print(f"granian is skipped: {reason}")
    return turns


def _measured(
    turns: Sequence[Turn], course: Course, console: Console, *, weigh: bool
) -> tuple[Results, list[Figure]]:
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("measuring", total=len(turns) * (course.rounds + 1))
        results = rounds(turns, course, lambda: progress.advance(task))
        for (workload, _, name), reason in results.fallen.items():
            console.print(f"{name} falls out of {workload}: {reason}")
        task = progress.add_task("weighing", visible=weigh, total=None)
        memory = extras.memory(turns, course.seconds, lambda: None) if weigh else []
    return results, memory


def _figures(
    results: Results, workloads: Sequence[Workload], modes: Sequence[Mode]
) -> list[Figure]:
    """Each contender's pace and processor time, and ours as a share of every other's pace."""
    figures: list[Figure] = []
    for workload in workloads:
        for mode in modes:
            names = results.names(workload.key, mode)
            rates = {name: results.rate(workload.key, mode, name) for name in names}
            times = [results.server_ms(workload.key, mode, name) for name in names]
            times += [results.database_ms(workload.key, mode, name) for name in names]
            ours = rates.pop(product.NAME, None)
            if ours:
                figures += [ours, *rates.values(), *(time for time in times if time)]
                figures += [ours.over(rate) for rate in rates.values()]
    return figures
