"""What else is asked of our server: a tenth of the data, another HTTP server, its memory."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace

from bench.figures import Figure
from bench.queries.contender import Bench, OverHttp
from bench.queries.contenders import granian, product
from bench.queries.measuring import Turn
from bench.queries.serving import memory_mb
from bench.queries.workload import Workload

TENTH = "touchline, a tenth of the data"
GROWING = ("W1", "W6")
MANY_CONNECTIONS = 64
MEMORY_ROUNDS = 3


def under_granian(stack: ExitStack, bench: Bench, workloads: Sequence[Workload]) -> list[Turn]:
    """Our application under granian beside the one under uvicorn."""
    running = [stack.enter_context(granian.running(bench, mode)) for mode in bench.loaded]
    return [_turn(bench, workload, one) for workload in workloads for one in running]


def of_a_tenth(stack: ExitStack, tenth: Bench, workloads: Sequence[Workload]) -> list[Turn]:
    """Our server on a tenth of the data beside the one on all."""
    running = [stack.enter_context(product.running(tenth, mode)) for mode in tenth.loaded]
    named = [replace(one, name=TENTH) for one in running]
    grown = [workload for workload in workloads if workload.key in GROWING]
    return [_turn(tenth, workload, one) for workload in grown for one in named]


def memory(turns: Sequence[Turn], seconds: float, after_each: Callable[[], None]) -> list[Figure]:
    """What our server holds after customer pages over many connections."""
    figures: list[Figure] = []
    for turn in turns:
        one = turn.contender
        if turn.workload.key == "W1" and one.name == product.NAME and one.pid is not None:
            held: list[float] = []
            for _ in range(MEMORY_ROUNDS):
                one.shoot(turn.workload, turn.draws, MANY_CONNECTIONS, seconds)
                held.append(memory_mb(one.pid))
                after_each()
            what = f"{one.mode}: memory at {MANY_CONNECTIONS} connections"
            figures.append(Figure(what, "MB", tuple(held)))
    return figures


def _turn(bench: Bench, workload: Workload, one: OverHttp) -> Turn:
    return Turn(bench, workload, one, workload.draws(bench.size, bench.loaded[one.mode].look))
