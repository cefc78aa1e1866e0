"""Rounds in which every contender has its turn at every workload."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bench.figures import Figure
from bench.queries.contender import Bench, Contender
from bench.queries.shooting import Sample
from bench.queries.workload import Draw, Workload
from tests.support.deployment import Mode

WARM_UP_S = 1.0
ENDING_S = 1.0
"""What a change may still take that was under way when its turn ended."""

Key = tuple[str, Mode, str]  # workload, database, contender


@dataclass
class Results:
    """What was measured, round by round."""

    samples: dict[Key, list[Sample]] = field(default_factory=dict)

    def add(self, workload: Workload, contender: Contender, sample: Sample) -> None:
        """Take a sample in."""
        key = (workload.key, contender.mode, contender.name)
        self.samples.setdefault(key, []).append(sample)

    def rate(self, workload: str, mode: Mode, contender: str) -> Figure | None:
        """Requests a second of one contender."""
        taken = self.samples.get((workload, mode, contender))
        if not taken:
            return None
        rates = tuple(sample.rate for sample in taken)
        return Figure(f"{workload} {mode} {contender}", "requests/s", rates)

    def server_ms(self, workload: str, mode: Mode, contender: str) -> Figure | None:
        """What a request takes of the processor of one contender's server."""
        taken = self.samples.get((workload, mode, contender), [])
        used = tuple(each.server_ms for each in taken if each.server_ms is not None)
        return Figure(f"{workload} {mode} {contender}: processor", "ms", used) if used else None


@dataclass(frozen=True)
class Course:
    """How long and how hard."""

    rounds: int
    seconds: float
    connections: int


Draws = Mapping[tuple[str, Mode], Sequence[Draw]]
Turn = tuple[Workload, Contender]


def drawn(bench: Bench, workloads: Sequence[Workload]) -> Draws:
    """The draws of each workload, the same for all contenders on a database."""
    return {
        (workload.key, mode): workload.draws(bench.size, loaded.look)
        for workload in workloads
        for mode, loaded in bench.loaded.items()
    }


def rounds(
    bench: Bench,
    turns: Sequence[Turn],
    draws: Draws,
    course: Course,
    after_each: Callable[[], None],
) -> Results:
    """Warm everybody up, then measure, workload by workload, in a new order every time."""
    results = Results()
    for number in range(course.rounds + 1):
        for workload in dict.fromkeys(workload for workload, _ in turns):
            order = [contender for asked, contender in turns if asked is workload]
            random.Random(f"{number} {workload.key}").shuffle(order)
            for contender in order:
                seconds = course.seconds if number else WARM_UP_S
                given = draws[workload.key, contender.mode]
                sample = contender.shoot(workload, given, course.connections, seconds)
                if number:
                    results.add(workload, contender, sample)
                if workload.mended:
                    time.sleep(ENDING_S)
                    bench.mend(workload)
                after_each()
    return results
