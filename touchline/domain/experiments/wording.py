"""What an experiment has shown, in one plain sentence. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.domain.experiments.planning import share_of
from touchline.domain.experiments.samples import Difference, Sample
from touchline.domain.experiments.verdicts import Design, Finding, Health, Verdict
from touchline.domain.kernel.clock import DAY, HOUR, Moment


@dataclass(frozen=True, slots=True)
class Told:
    """What the sentence speaks of: the names of the arms, and whether their means are rates."""

    names: Sequence[str]
    is_rate: bool


def plan_sentence(per_arm: int, present: int) -> str:
    """What is needed and what there is, before anybody was seen."""
    return f"You need {per_arm:,} people an arm; you have {present:,}."


def seen_sentence(seen: int, per_arm: int) -> str:
    """How far it is, once it has begun."""
    return f"Too early to say: {seen:,} of {per_arm:,} people an arm were seen."


DRAFT = "It has not begun."


def sentence(
    told: Told, design: Design, samples: Sequence[Sample], finding: Finding, ran: Moment
) -> str:
    """The verdict in words."""
    match finding.verdict:
        case Verdict.UNHEALTHY:
            return _unhealthy(design, samples)
        case Verdict.WORKED if finding.best is not None:
            return _worked(told, samples, finding, finding.best)
        case Verdict.DID_NOT:
            return _did_not(told, finding)
        case Verdict.NO_DIFFERENCE:
            return _no_difference(told, design, finding)
        case Verdict.INCONCLUSIVE:
            return _inconclusive(told, design, samples, finding, ran)
        case _:
            return _collecting(design, samples, finding, ran)


def health_sentence(
    health: Health, design: Design, samples: Sequence[Sample], ran: Moment, in_two: int
) -> str:
    """What stands in the way, in words."""
    match health:
        case Health.SAMPLE_RATIO_MISMATCH:
            return _unhealthy(design, samples)
        case Health.TOO_FEW_PEOPLE:
            fewest = min(one.people for one in samples)
            return f"An arm was seen by {fewest:,} people; {design.fewest:,} are the least."
        case Health.TOO_FEW_CONVERSIONS:
            return "Too few people did what is measured for anything to be said."
        case Health.TOO_SHORT:
            return f"It has run for {_time(ran)}; {_time(design.shortest)} are the least."
        case Health.MANY_IN_TWO_ARMS:
            return f"{in_two:,} people were seen in several arms and are left out."


def _unhealthy(design: Design, samples: Sequence[Sample]) -> str:
    total, people = sum(design.weights), sum(one.people for one in samples)
    seen = _and([f"{one.people:,}" for one in samples])
    meant = _and([f"{people * weight / total:,.0f}" for weight in design.weights])
    return f"The figures cannot be trusted: the arms have {seen} people where {meant} were meant."


def _worked(told: Told, samples: Sequence[Sample], finding: Finding, best: int) -> str:
    one, control = told.names[best], told.names[0]
    return (
        f"“{one}” worked: {_value(told, samples[best].mean)} against"
        f" {_value(told, samples[0].mean)} of “{control}”, a difference of"
        f" {_between(told, finding.arms[best].difference)}."
    )


def _did_not(told: Told, finding: Finding) -> str:
    lost = [at for at, arm in enumerate(finding.arms) if arm.verdict is Verdict.DID_NOT]
    said = [
        f"“{told.names[at]}” is worse than “{told.names[0]}” by"
        f" {_between(told, finding.arms[at].difference)}"
        for at in lost
    ]
    return f"It did not work: {_and(said)}."


def _no_difference(told: Told, design: Design, finding: Finding) -> str:
    said = [_named_between(told, at, finding) for at in range(1, len(finding.arms))]
    least = _size(told, design.target)
    return f"No difference that matters: {_and(said)}, and less than {least} does not matter."


def _inconclusive(
    told: Told, design: Design, samples: Sequence[Sample], finding: Finding, ran: Moment
) -> str:
    stopping = [one for one in finding.health if one is not Health.MANY_IN_TWO_ARMS]
    if stopping:
        why = health_sentence(stopping[0], design, samples, ran, 0)
        return f"It ended too early to say. {why}"
    open_arms = [at for at, arm in enumerate(finding.arms) if arm.verdict is Verdict.INCONCLUSIVE]
    said = [_named_between(told, at, finding) for at in open_arms]
    return f"It ended before anything could be said: {_and(said)}."


def _collecting(design: Design, samples: Sequence[Sample], finding: Finding, ran: Moment) -> str:
    if Health.TOO_SHORT in finding.health and Health.TOO_FEW_PEOPLE not in finding.health:
        return f"Too early to say. {health_sentence(Health.TOO_SHORT, design, samples, ran, 0)}"
    seen = min(one.people for one in samples)
    return seen_sentence(seen, share_of(design.planned, design.weights))


def _named_between(told: Told, at: int, finding: Finding) -> str:
    found = finding.arms[at].difference
    if found is None:
        return f"nothing is known of “{told.names[at]}”"
    return f"that of “{told.names[at]}” lies between {_range(told, found)}"


def _between(told: Told, found: Difference | None) -> str:
    if found is None:
        return "nothing"
    ends = sorted((abs(found.low), abs(found.high)))
    if told.is_rate:
        return f"{ends[0] * 100:.2f} to {ends[1] * 100:.2f} percentage points"
    return f"{ends[0]:,.2f} to {ends[1]:,.2f}"


def _range(told: Told, found: Difference) -> str:
    if told.is_rate:
        return f"{found.low * 100:+.2f} and {found.high * 100:+.2f} percentage points"
    return f"{found.low:+,.2f} and {found.high:+,.2f}"


def _value(told: Told, mean: float) -> str:
    return f"{mean * 100:.2f}%" if told.is_rate else f"{mean:,.2f} a person"


def _size(told: Told, size: float) -> str:
    return f"{size * 100:.2f} points" if told.is_rate else f"{size:,.2f}"


def _time(length: Moment) -> str:
    if length >= 2 * DAY:
        return f"{length // DAY} days"
    hours = length // HOUR
    return "1 hour" if hours == 1 else f"{hours} hours"


def _and(said: Sequence[str]) -> str:
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)
