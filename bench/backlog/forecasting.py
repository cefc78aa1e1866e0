"""A forecast of ten thousand runs, asked as the schema asks it."""

import argparse
import time
from collections.abc import Callable
from random import Random

from rich.console import Console

from bench.figures import Figure
from tests.support.deployment import Mode
from tests.support.product import Product
from touchline.domain.backlog.forecasting import MOST_WEEKS, drained_by_week, forecast

ITEMS = 200
CASES = {
    "drains within a year": (6.0, 2.0),
    "hardly ever drains": (3.0, 3.0),
}
"""What is done, and what comes in, in a week of the mean."""


def figures(
    mode: Mode, _fresh: Callable[[], Product], asked: argparse.Namespace, _console: Console
) -> list[Figure]:
    """Milliseconds of the processor for a forecast that nobody asked for before.

    It is the same on both databases.
    """
    if mode != "sqlite":
        return []
    return [_measured(name, *means, asked.rounds) for name, means in CASES.items()]


def _measured(name: str, done: float, came: float, rounds: int) -> Figure:
    chance, taken = Random(name), list[float]()
    forecast(ITEMS, *_weeks(chance, done, came))  # loads what it needs
    for _ in range(rounds):
        weeks = _weeks(chance, done, came)
        drained_by_week.cache_clear()
        begun = time.process_time()
        forecast(ITEMS, *weeks)
        taken.append(1_000 * (time.process_time() - begun))
    return Figure(f"forecast of 10,000 runs, {ITEMS} items: {name}", "ms", tuple(taken))


def _weeks(chance: Random, done: float, came: float) -> tuple[list[int], list[int]]:
    """Twelve weeks of the past."""
    return (
        [round(chance.uniform(0, 2 * done)) for _ in range(MOST_WEEKS)],
        [round(chance.uniform(0, 2 * came)) for _ in range(MOST_WEEKS)],
    )
