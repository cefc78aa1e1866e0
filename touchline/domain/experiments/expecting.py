"""What people bring by themselves, and how many are needed to see a difference to it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from touchline.domain.experiments.errors import ExperimentErrorCode as Code
from touchline.domain.experiments.observing import Metric, usual
from touchline.domain.experiments.planning import Expected, Plan, of_rate, plan
from touchline.domain.experiments.samples import Sample
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.errors import Refused

LEAST_TARGET = 1e-6
MOST_PEOPLE = 10**12
"""More are not on earth: a plan above it comes of a target too small."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to change, and by how much.

    Where ``baseline`` (and of a property its ``spread``) is not given, it is what people did in
    the last ``duration``.
    """

    metric: Metric
    target: float
    rises: bool
    duration: Moment
    baseline: float | None = None
    spread: float | None = None


async def planned_for(wanted: Wanted, weights: Sequence[int]) -> tuple[Expected, Plan]:
    """What people bring without the effect, and how many are needed to see it."""
    if not (math.isfinite(wanted.target) and wanted.target >= LEAST_TARGET):
        message = "The target is the least difference that matters: a millionth or more."
        raise Refused(Code.TARGET_INVALID, message, ("target",))
    is_rate = wanted.metric.property is None
    expected = await (_of_rate(wanted) if is_rate else _of_property(wanted))
    planned = plan(expected, wanted.target, weights, is_rate=is_rate)
    if planned.people > MOST_PEOPLE:
        message = "The target is so small that there are not enough people on earth."
        raise Refused(Code.TARGET_INVALID, message, ("target",))
    return expected, planned


async def _of_rate(wanted: Wanted) -> Expected:
    baseline = wanted.baseline
    if baseline is None:
        baseline = (await _usual(wanted)).mean
    if not 0 < baseline < 1:
        message = "Nobody, or everybody, did it of late: say which rate is usual, between 0 and 1."
        raise Refused(Code.BASELINE_UNKNOWN, message, ("baseline",))
    signed = wanted.target if wanted.rises else -wanted.target
    if not 0 < baseline + signed < 1:
        message = f"The rate would go from {baseline:.4g} to {baseline + signed:.4g}."
        raise Refused(Code.TARGET_INVALID, message, ("target",))
    return of_rate(baseline, signed)


async def _of_property(wanted: Wanted) -> Expected:
    mean, spread = wanted.baseline, wanted.spread
    if mean is None or spread is None:
        sample = await _usual(wanted)
        mean = sample.mean if mean is None else mean
        spread = math.sqrt(sample.variance) if spread is None else spread
    if not (math.isfinite(mean) and math.isfinite(spread) and spread > 0):
        message = "Nothing of it was told of late: say what is usual, and how far it spreads."
        raise Refused(Code.BASELINE_UNKNOWN, message, ("baseline",))
    return Expected(mean, spread, spread)


async def _usual(wanted: Wanted) -> Sample:
    moment = now()
    return await usual(wanted.metric, moment - wanted.duration, moment)
