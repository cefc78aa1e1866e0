"""Simulated experiments with daily looks: false winners, and effects that are found."""

import argparse
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bench.experiments.trials import Flags, Outcome, People, outcome, visit
from bench.figures import Figure
from touchline.domain.experiments.planning import Expected, of_rate, plan
from touchline.domain.experiments.verdicts import Design
from touchline.domain.kernel.clock import DAY

AT_ONCE = 1_000
DAYS = 28


@dataclass(frozen=True, slots=True)
class Scenario:
    """An experiment that is planned for ``target``. Values are of log-normal ``spread``."""

    name: str
    rate: float
    target: float
    arms: int = 2
    spread: float | None = None

    def design(self) -> Design:
        """As the product would plan it."""
        weights = (1,) * self.arms
        expected = of_rate(self.rate, self.target)
        if self.spread is not None:
            square = self.rate * math.exp(self.spread**2)
            spread = math.sqrt(square - self.rate**2)
            expected = Expected(self.rate, spread, spread)
        planned = plan(expected, self.target, weights, is_rate=self.spread is None)
        return Design(self.target, weights, planned.people, shortest=7 * DAY)

    def people(self, effect: float) -> People:
        """All arms but the control have the effect."""
        return People([self.rate] + [self.rate + effect] * (self.arms - 1), self.spread)


SCENARIOS = (
    Scenario("3% to 3.6%", 0.03, 0.006),
    Scenario("10% to 12%", 0.10, 0.02),
    Scenario("50% to 55%", 0.50, 0.05),
    Scenario("20% to 25%, 4 arms", 0.20, 0.05, arms=4),
    Scenario("revenue, skewed", 0.10, 0.02, spread=1.0),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many runs, and from which seed."""
    parser.add_argument("--runs", type=int, default=10_000, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)


def run(asked: argparse.Namespace) -> list[Figure]:
    """Shares in percent, over all looks of a run together."""
    figures = []
    for scenario in SCENARIOS:
        design = scenario.design()
        per_arm = design.planned / scenario.arms
        figures.append(Figure(f"{scenario.name}: planned people an arm", "", (per_arm,)))
        alike = trials(scenario, design, 0.0, asked.runs, asked.seed)
        figures += [
            _share(f"{scenario.name}: A/A, false winners", alike.worked),
            _share(f"{scenario.name}: A/A, false winners or losers", alike.worked | alike.did_not),
            _share(f"{scenario.name}: A/A, the same by 1.96 daily", alike.naive),
            _share(f"{scenario.name}: A/A, unhealthy at any look", alike.unhealthy),
        ]
        better = trials(scenario, design, scenario.target, asked.runs, asked.seed + 1)
        figures.append(_share(f"{scenario.name}: the target is found", better.worked))
    return figures


def trials(scenario: Scenario, design: Design, effect: float, runs: int, seed: int) -> Outcome:
    """So many runs, some at a time."""
    parts = list(_parts(scenario, design, effect, runs, seed))
    return Outcome(
        np.concatenate([one.worked for one in parts]),
        np.concatenate([one.did_not for one in parts]),
        np.concatenate([one.naive for one in parts]),
        np.concatenate([one.unhealthy for one in parts]),
    )


def _parts(
    scenario: Scenario, design: Design, effect: float, runs: int, seed: int
) -> Iterator[Outcome]:
    for at in range(0, runs, AT_ONCE):
        size = min(AT_ONCE, runs - at)
        seen = visit(scenario.people(effect), design, DAYS, size, seed + 1_000 * at)
        yield outcome(seen, design)


def _share(what: str, flags: Flags) -> Figure:
    return Figure(what, "%", (100 * float(flags.mean()),))
