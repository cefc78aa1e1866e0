"""Many experiments at once, looked at every day: what their verdicts would have been.

The same rules as ``touchline.domain.experiments.verdicts.judge``, for arrays of runs; a test holds
the two against each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.domain.experiments.balance import TOO_RARE
from touchline.domain.experiments.confidence import tuned
from touchline.domain.experiments.verdicts import FEWEST_CONVERSIONS, Design
from touchline.domain.kernel.clock import DAY

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class People:
    """What people bring: who converts by ``rates`` (one for each arm), and with a ``spread`` a
    value each, log-normal with that standard deviation of its logarithm and a mean of 1.
    """

    rates: Sequence[float]
    spread: float | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Running totals of runs × days × arms."""

    people: Floats
    conversions: Floats
    total: Floats
    squares: Floats


@dataclass(frozen=True, slots=True)
class Outcome:
    """For each run, whether at any look a verdict was reached."""

    worked: Flags
    did_not: Flags
    naive: Flags
    unhealthy: Flags


def visit(people: People, design: Design, days: int, runs: int, seed: int) -> Seen:
    """Let the planned people come in ``days`` equal parts, each to an arm by chance."""
    random = np.random.default_rng(seed)
    shares = np.asarray(design.weights) / sum(design.weights)
    come = random.multinomial(round(design.planned / days), shares, size=(runs, days))
    converted = random.binomial(come, np.asarray(people.rates))
    if people.spread is None:
        total = squares = converted.astype(np.float64)
    else:
        total, squares = _values(random, converted, people.spread)
    return Seen(*(np.cumsum(one, axis=1, dtype=float) for one in (come, converted, total, squares)))


def outcome(seen: Seen, design: Design) -> Outcome:
    """What would have been said at the looks, one a day."""
    worked, did_not, naive = (_ever(one) for one in verdicts(seen, design))
    return Outcome(worked, did_not, naive, _ever(~balanced(seen, design)[:, :, None]))


def verdicts(seen: Seen, design: Design) -> tuple[Flags, Flags, Flags]:
    """At each look of each run, which arms but the control worked, or did worse.

    The third says it of an ordinary test that knows nothing of looking often.
    """
    deviation, people = _deviations(seen)
    sure = _stepped(_p_values(deviation, people, design), design.alpha)
    sure &= readable(seen, design)[:, :, None]
    better = deviation * design.sign > 0
    return sure & better, sure & ~better, np.abs(deviation) > 1.959963984540054


def readable(seen: Seen, design: Design) -> Flags:
    """At which looks something may be said."""
    days = np.arange(1, seen.people.shape[1] + 1)
    enough: Flags = seen.people.min(axis=2) >= design.fewest
    enough &= seen.conversions.sum(axis=2) >= FEWEST_CONVERSIONS
    enough &= (days * DAY >= design.shortest)[None, :]
    enough &= balanced(seen, design)
    return enough


def balanced(seen: Seen, design: Design) -> Flags:
    """At which looks the split could be chance, for two arms or several."""
    shares = np.asarray(design.weights) / sum(design.weights)
    meant = seen.people.sum(axis=2, keepdims=True) * shares
    squares = ((seen.people - meant) ** 2 / meant).sum(axis=2)
    fine: Flags = (squares <= _limit(len(shares) - 1)) | (meant.min(axis=2) < 5)
    return fine


def _ever(flags: Flags) -> Flags:
    return np.asarray(flags.any(axis=(1, 2)))


def _deviations(seen: Seen) -> tuple[Floats, Floats]:
    """Differences to the control in standard errors, and the people of both."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = seen.total / seen.people
        spread = (seen.squares - seen.total * mean) / (seen.people - 1)
        errors = np.sqrt((spread / seen.people)[:, :, :1] + (spread / seen.people)[:, :, 1:])
        deviation = (mean[:, :, 1:] - mean[:, :, :1]) / errors
    return np.nan_to_num(deviation), seen.people[:, :, 1:] + seen.people[:, :, :1]


def _p_values(deviation: Floats, people: Floats, design: Design) -> Floats:
    shared = design.alpha / (len(design.weights) - 1)
    parts = np.asarray(design.weights) * design.planned / sum(design.weights)
    rho2 = np.asarray([tuned(parts[0] + part, shared) for part in parts[1:]])
    grown = people * rho2
    exponent = np.log1p(grown) / 2 - deviation**2 * grown / (2 * (grown + 1))
    found: Floats = np.exp(np.minimum(0.0, exponent))
    return found


def _stepped(p_values: Floats, alpha: float) -> Flags:
    """Which are sure by the steps of Holm."""
    arms = p_values.shape[2]
    order = np.argsort(p_values, axis=2)
    steps = np.take_along_axis(p_values, order, axis=2) * np.arange(arms, 0, -1)
    sure = np.maximum.accumulate(steps, axis=2) <= alpha
    found = np.zeros_like(sure)
    np.put_along_axis(found, order, sure, axis=2)
    return found


def _values(
    random: np.random.Generator, converted: NDArray[np.int64], spread: float
) -> tuple[Floats, Floats]:
    """The sum of what those who converted bring, and of its squares, for each cell."""
    counts = converted.ravel()
    cells = np.repeat(np.arange(counts.size), counts)
    values = random.lognormal(-(spread**2) / 2, spread, cells.size)
    found = [
        np.bincount(cells, weights=one, minlength=counts.size).astype(np.float64)
        for one in (values, values**2)
    ]
    return found[0].reshape(converted.shape), found[1].reshape(converted.shape)


_LIMITS = {1: 10.827566, 2: 13.815511, 3: 16.266236, 4: 18.466827}
"""Of chi-square, by degrees of freedom: chance goes beyond them once in 1,000 times."""
assert TOO_RARE == 0.001


def _limit(freedom: int) -> float:
    return _LIMITS[freedom]
