"""Working out what experiments have shown, and freezing it when they end."""

from dataclasses import dataclass

import orjson

from touchline.domain.experiments.events import EXPERIMENT_ENDED
from touchline.domain.experiments.fractions import stored
from touchline.domain.experiments.observing import Observed, observe
from touchline.domain.experiments.queries import (
    Experiment,
    ExperimentState,
    ending,
    find,
    running,
)
from touchline.domain.experiments.verdicts import ArmFinding, Finding, judge
from touchline.domain.experiments.wording import Told, health_sentence, sentence
from touchline.domain.kernel import jobs
from touchline.domain.kernel.clock import SECOND, Moment, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute, execute_many, fetch, transactional
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import for_update
from touchline.domain.staleness.draining import Judged

REFRESH = "refresh_experiment"
APART = 10 * SECOND
"""Figures are worked out anew so long after what may change them, for all of it together."""


async def notice(judged: Judged) -> None:
    """Have the figures of experiments worked out anew that a change touches; a judge."""
    for experiment in await running():
        if judged.touched(experiment.affected_by):
            await ask_for(experiment.id, judged.at + APART)


async def ask_for(experiment_id: int, at: Moment) -> None:
    """Have the figures of an experiment worked out at an instant, once for all who ask."""
    await jobs.enqueue(REFRESH, {"experiment": experiment_id}, run_at=at, key=str(experiment_id))


async def refresh(experiment_id: int) -> None:
    """Work out the figures of an experiment as of now; one whose window is over ends with it.

    Of two at once the later one stays. What is frozen does not change.
    """
    experiment = await find(experiment_id)
    if experiment is None or experiment.started_at is None or experiment.frozen_at is not None:
        return
    shown = await _work_out(experiment, now())
    crashpoint("experiments.observed")
    await _write(experiment, shown)


async def end_due() -> int:
    """End the experiments whose window is over; returns how many there were."""
    due = await ending(now())
    for experiment in due:
        await refresh(experiment)
    return len(due)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What an experiment shows as of ``at``."""

    at: Moment
    ended: bool
    observed: Observed
    finding: Finding
    sentence: str
    health: bytes


async def _work_out(experiment: Experiment, at: Moment) -> _Shown:
    begun, ends = experiment.started_at, experiment.ends_at
    assert begun is not None
    assert ends is not None
    until = min(ends, at)
    exposures = [one.exposure for one in experiment.arms]
    seen = await observe(exposures, experiment.metric, begun, until)
    ran, design = until - begun, experiment.design
    finding = judge(design, seen.samples, ran=ran, ended=at >= ends, in_two=seen.in_two)
    told = Told([one.name for one in experiment.arms], experiment.metric.property is None)
    health = [
        {"code": one, "message": health_sentence(one, design, seen.samples, ran, seen.in_two)}
        for one in finding.health
    ]
    said = sentence(told, design, seen.samples, finding, ran)
    return _Shown(at, at >= ends, seen, finding, said, orjson.dumps(health))


@transactional
async def _write(experiment: Experiment, shown: _Shown) -> None:
    rows = await fetch(
        f"SELECT ends_at, computed_at, frozen_at FROM experiment WHERE id = ?{for_update()}",
        (experiment.id,),
    )
    held = rows[0]
    if held["frozen_at"] is not None or held["ends_at"] != experiment.ends_at:
        return
    if held["computed_at"] is not None and held["computed_at"] > shown.at:
        return
    finding = shown.finding
    best = None if finding.best is None else experiment.arms[finding.best].id
    state = ExperimentState.ENDED if shown.ended else ExperimentState.RUNNING
    await execute(
        "UPDATE experiment SET state = ?, verdict = ?, verdict_sentence = ?, best_id = ?,"
        " health = ?, in_two_arms = ?, computed_at = ?, frozen_at = ? WHERE id = ?",
        (
            *(state, finding.verdict, shown.sentence, best, shown.health.decode()),
            *(shown.observed.in_two, shown.at, shown.at if shown.ended else None, experiment.id),
        ),
    )
    await execute_many(
        "UPDATE experiment_arm SET people = ?, conversions = ?, rate = ?, low = ?, high = ?,"
        " difference = ?, difference_low = ?, difference_high = ?, p_value = ?, verdict = ?"
        " WHERE id = ?",
        [
            (
                *(
                    sample.people,
                    sample.conversions,
                    _stored(sample.mean if sample.people else None),
                ),
                *_figures(arm),
                experiment.arms[at].id,
            )
            for at, (sample, arm) in enumerate(
                zip(shown.observed.samples, finding.arms, strict=True)
            )
        ],
    )
    if shown.ended:
        await emit(
            EXPERIMENT_ENDED, {"experiment": experiment.id, "verdict": finding.verdict.value}
        )


def _figures(arm: ArmFinding) -> tuple[object, ...]:
    found = arm.difference
    low, high = arm.interval or (None, None)
    between = (None, None, None) if found is None else (found.value, found.low, found.high)
    return *map(_stored, (low, high, *between, arm.p_value)), arm.verdict


def _stored(number: float | None) -> int | None:
    return None if number is None else stored(number)
