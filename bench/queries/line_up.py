"""Who takes part in a run: started, asked, and put beside each other where their answers agree."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import partial

from rich.console import Console

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
from bench.queries.measuring import Turn
from bench.queries.workload import Workload

Opener = Callable[[], AbstractContextManager[Contender]]

PEERS: dict[str, Callable[[Bench], AbstractContextManager[Contender]]] = {
    "postgraphile4": postgraphile.four,
    "postgraphile5": postgraphile.five,
    "mercurius": mercurius.running,
    "directus": directus.running,
    "fraiseql": fraiseql.running,
    "strawberry": strawberry.running,
    "pgbench": pgbench.running,
}


def line_up(
    stack: ExitStack,
    bench: Bench,
    workloads: Sequence[Workload],
    peers: Sequence[str],
    console: Console,
) -> list[Turn]:
    """Start ours, the limit and the peers; they run until the stack is closed."""
    for workload in workloads:
        bench.mend(workload)
    contenders = list(_started(stack, bench, workloads, peers, console))
    return [
        turn for workload in workloads for turn in _agreeing(bench, workload, contenders, console)
    ]


def _started(
    stack: ExitStack,
    bench: Bench,
    workloads: Sequence[Workload],
    peers: Sequence[str],
    console: Console,
) -> Iterator[Contender]:
    openers: list[tuple[str, Opener]] = []
    for mode in bench.loaded:
        openers.append((product.NAME, partial(product.running, bench, mode)))
        openers.append((limit.NAME, partial(limit.running, bench, mode, workloads)))
    if "postgres" in bench.loaded:
        openers += [(name, partial(PEERS[name], bench)) for name in peers]
    for name, opener in openers:
        try:
            with console.status(f"starting {name}"):
                contender = stack.enter_context(opener())
        except Absent as reason:
            console.print(f"{name} is skipped: {reason}")
        else:
            yield contender


def _agreeing(
    bench: Bench, workload: Workload, contenders: Sequence[Contender], console: Console
) -> Iterator[Turn]:
    draws = {mode: workload.draws(bench.size, each.look) for mode, each in bench.loaded.items()}
    limits = {one.mode: one for one in contenders if one.name == limit.NAME}
    for one in contenders:
        if not one.offers(workload):
            continue
        turn = Turn(bench, workload, one, draws[one.mode])
        try:
            different = difference(turn, limits[one.mode]) if one.compared else None
        except CannotAnswer as error:
            different = str(error)
        if different is None:
            yield turn
        else:
            console.print(f"{one.name} is skipped in {workload.key}: {different}")
