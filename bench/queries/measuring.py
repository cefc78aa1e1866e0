"""Rounds in which every contender has its turn at every workload."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.figures import Figure
from bench.queries.contender import Bench, Contender
from bench.queries.shooting import Sample
from bench.queries.workload import Draw, Workload
from tests.support.deployment import Mode

WARM_UP_S = 1.0
COMPILING_S = 5.0
"""How long others are warmed up: Node compiles what it runs often while it runs."""
ENDING_S = 1.0
"""What a change may still take that was under way when its turn ended."""

QUICKLY_WARM = ("touchline", "limit", "pgbench")

Key = tuple[str, Mode, str]  # workload, database, contender


@dataclass(frozen=True)
class Course:
    """How long and how hard."""

    rounds: int
    seconds: float
    connections: int


@dataclass(frozen=True)
class Turn:
    """A contender that is asked a workload about the data of a bench."""

    bench: Bench
    workload: Workload
    contender: Contender
    draws: Sequence[Draw]

    @property
    def key(self) -> Key:
        """Its place among the results."""
        return self.workload.key, self.contender.mode, self.contender.name


@dataclass
class Results:
    """What was measured, round by round; ``fallen`` are those who did not last, and why."""

    samples: dict[Key, list[Sample]] = field(default_factory=dict)
    fallen: dict[Key, str] = field(default_factory=dict)

    def names(self, workload: str, mode: Mode) -> list[str]:
        """Who was measured at a workload on a database, in the order of their start."""
        return [name for key, of, name in self.samples if (key, of) == (workload, mode)]

    def rate(self, workload: str, mode: Mode, contender: str) -> Figure:
        """Requests a second of one contender."""
        taken = self.samples[workload, mode, contender]
        rates = tuple(sample.rate for sample in taken)
        return Figure(f"{workload} {mode} {contender}", "requests/s", rates)

    def server_ms(self, workload: str, mode: Mode, contender: str) -> Figure | None:
        """What a request takes of the processor of one contender's server."""
        taken = self.samples[workload, mode, contender]
        used = tuple(each.server_ms for each in taken if each.server_ms is not None)
        return Figure(f"{workload} {mode} {contender}: processor", "ms", used) if used else None

    def database_ms(self, workload: str, mode: Mode, contender: str) -> Figure | None:
        """What a request takes of PostgreSQL's processor."""
        taken = self.samples[workload, mode, contender]
        used = tuple(each.database_ms for each in taken if each.database_ms is not None)
        name = f"{workload} {mode} {contender}: processor of PostgreSQL"
        return Figure(name, "ms", used) if used else None


def rounds(turns: Sequence[Turn], course: Course, after_each: Callable[[], None]) -> Results:
    """Warm everybody up, then measure, workload by workload, in a new order every time.

    A peer that fails under load falls out of the workload, and holds up nobody.
    """
    results = Results({turn.key: [] for turn in turns})
    for number in range(course.rounds + 1):
        for workload in dict.fromkeys(turn.workload for turn in turns):
            order = [turn for turn in turns if turn.workload is workload]
            random.Random(f"{number} {workload.key}").shuffle(order)
            for turn in order:
                if turn.key not in results.fallen:
                    _take(turn, course, results, warming=number == 0)
                after_each()
    return results


def _take(turn: Turn, course: Course, results: Results, *, warming: bool) -> None:
    try:
        sample = _taken(turn, course, warming=warming)
    except RuntimeError as error:
        if turn.contender.name in QUICKLY_WARM:
            raise
        results.fallen[turn.key] = str(error)
        del results.samples[turn.key]
    else:
        if not warming:
            results.samples[turn.key].append(sample)


def _taken(turn: Turn, course: Course, *, warming: bool) -> Sample:
    warm_up = WARM_UP_S if turn.contender.name in QUICKLY_WARM else COMPILING_S
    seconds = warm_up if warming else course.seconds
    sample = turn.contender.shoot(turn.workload, turn.draws, course.connections, seconds)
    if turn.workload.mended:
        time.sleep(ENDING_S)
        turn.bench.settle(turn.workload, turn.contender.mode)
        turn.bench.mend(turn.workload)
    return sample
