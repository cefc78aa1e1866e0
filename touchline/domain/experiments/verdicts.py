"""What is to be said of an experiment, from what was seen of its arms. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from touchline.domain.experiments.balance import TOO_RARE, split_p_value
from touchline.domain.experiments.confidence import ALPHA, stepped
from touchline.domain.experiments.samples import Difference, Sample, difference
from touchline.domain.kernel.clock import Moment

FEWEST_CONVERSIONS = 10
"""In all arms together: below it, means are not yet normal enough to be judged."""
MANY_IN_TWO = 0.1


class Verdict(StrEnum):
    """What an experiment, or one of its arms, has shown."""

    COLLECTING = "COLLECTING"
    UNHEALTHY = "UNHEALTHY"
    WORKED = "WORKED"
    DID_NOT = "DID_NOT"
    NO_DIFFERENCE = "NO_DIFFERENCE"
    INCONCLUSIVE = "INCONCLUSIVE"


class Health(StrEnum):
    """What stands in the way of a verdict."""

    SAMPLE_RATIO_MISMATCH = "SAMPLE_RATIO_MISMATCH"
    TOO_FEW_PEOPLE = "TOO_FEW_PEOPLE"
    TOO_FEW_CONVERSIONS = "TOO_FEW_CONVERSIONS"
    TOO_SHORT = "TOO_SHORT"
    MANY_IN_TWO_ARMS = "MANY_IN_TWO_ARMS"


@dataclass(frozen=True, slots=True)
class Design:
    """What was decided before anybody was seen. The first arm is the control.

    ``target`` is the least difference that matters, above 0; ``sign`` is −1 where less is better.
    ``planned`` are the people of all arms.
    """

    target: float
    weights: Sequence[int]
    planned: int
    sign: int = 1
    fewest: int = 100
    shortest: Moment = 0
    alpha: float = ALPHA


@dataclass(frozen=True, slots=True)
class ArmFinding:
    """One arm: where its mean lies, how it differs from the control, and what that shows."""

    interval: tuple[float, float] | None
    difference: Difference | None = None
    p_value: float | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """All arms together. ``best`` is the place of the arm that worked best."""

    verdict: Verdict
    arms: Sequence[ArmFinding]
    health: Sequence[Health]
    best: int | None = None


def judge(
    design: Design, samples: Sequence[Sample], *, ran: Moment, ended: bool, in_two: int = 0
) -> Finding:
    """What the samples show after the experiment ``ran`` so long.

    It may be asked at every instant: over all of them together, a difference is found where there
    is none at most as often as ``alpha`` says. Intervals hold for all arms at once (each gets its
    part of ``alpha``); verdicts by Holm's steps, which are a little keener where arms are several.
    """
    arms = _arms(design, samples)
    health = _health(design, samples, ran, in_two)
    best = None
    if Health.SAMPLE_RATIO_MISMATCH in health:
        verdict = Verdict.UNHEALTHY
    elif set(health) - {Health.MANY_IN_TWO_ARMS}:
        verdict = Verdict.INCONCLUSIVE if ended else Verdict.COLLECTING
    else:
        arms = [arms[0], *(_judged(design, arm, ended) for arm in arms[1:])]
        verdict, best = _together(design, arms)
    return Finding(verdict, arms, health, best)


def _arms(design: Design, samples: Sequence[Sample]) -> list[ArmFinding]:
    total, alpha = sum(design.weights), design.alpha / (len(samples) - 1)
    parts = [design.planned * weight / total for weight in design.weights]
    intervals = [one.interval(part, design.alpha) for one, part in zip(samples, parts, strict=True)]
    found = [
        difference(samples[0], one, parts[0] + part, alpha)
        for one, part in zip(samples[1:], parts[1:], strict=True)
    ]
    adjusted = stepped([1.0 if one is None else one.p_value for one in found])
    compared = [
        ArmFinding(interval, one, None if one is None else p_value)
        for interval, one, p_value in zip(intervals[1:], found, adjusted, strict=True)
    ]
    return [ArmFinding(intervals[0]), *compared]


def _health(design: Design, samples: Sequence[Sample], ran: Moment, in_two: int) -> list[Health]:
    seen = [one.people for one in samples]
    found = []
    if split_p_value(seen, design.weights) < TOO_RARE:
        found.append(Health.SAMPLE_RATIO_MISMATCH)
    if min(seen) < design.fewest:
        found.append(Health.TOO_FEW_PEOPLE)
    if sum(one.conversions for one in samples) < FEWEST_CONVERSIONS:
        found.append(Health.TOO_FEW_CONVERSIONS)
    if ran < design.shortest:
        found.append(Health.TOO_SHORT)
    if in_two > MANY_IN_TWO * (sum(seen) + in_two):
        found.append(Health.MANY_IN_TWO_ARMS)
    return found


def _judged(design: Design, arm: ArmFinding, ended: bool) -> ArmFinding:
    verdict = Verdict.INCONCLUSIVE if ended else Verdict.COLLECTING
    found = arm.difference
    if found is not None and arm.p_value is not None:
        if arm.p_value <= design.alpha:
            better = found.value * design.sign > 0
            verdict = Verdict.WORKED if better else Verdict.DID_NOT
        elif max(-found.low, found.high) < design.target:
            verdict = Verdict.NO_DIFFERENCE
    return ArmFinding(arm.interval, found, arm.p_value, verdict)


def _together(design: Design, arms: Sequence[ArmFinding]) -> tuple[Verdict, int | None]:
    """One arm that works is enough; that none does takes all of them."""
    verdicts = [arm.verdict for arm in arms[1:] if arm.verdict is not None]
    worked = [
        (arm.difference.value * design.sign, place)
        for place, arm in enumerate(arms)
        if arm.verdict is Verdict.WORKED and arm.difference is not None
    ]
    if worked:
        return Verdict.WORKED, max(worked)[1]
    for verdict in (Verdict.COLLECTING, Verdict.INCONCLUSIVE, Verdict.DID_NOT):
        if verdict in verdicts:
            return verdict, None
    return Verdict.NO_DIFFERENCE, None
