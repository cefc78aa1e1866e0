"""Writing an experiment down, with the plan of how many people it needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.domain.conditions.explaining import explain
from touchline.domain.conditions.storage import to_json
from touchline.domain.conditions.tree import Did
from touchline.domain.conditions.validation import check
from touchline.domain.content.relations import CONTENT_ASSET
from touchline.domain.customers.queries import count_present
from touchline.domain.experiments.errors import ExperimentErrorCode as Code
from touchline.domain.experiments.expecting import Wanted, planned_for
from touchline.domain.experiments.fractions import stored
from touchline.domain.experiments.observing import Metric
from touchline.domain.experiments.planning import Expected, Plan
from touchline.domain.experiments.queries import Direction, ExperimentState, step_of
from touchline.domain.experiments.rights import require_trier
from touchline.domain.experiments.verdicts import Verdict
from touchline.domain.experiments.wording import DRAFT, plan_sentence
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import DAY, HOUR, Moment, now
from touchline.domain.kernel.db import fetch, transactional
from touchline.domain.kernel.errors import PathStep, Refused
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.links.relations import TRACKED_LINK
from touchline.domain.segments.relations import SEGMENT

LONGEST_NAME = 100
LONGEST_HYPOTHESIS = 1_000
MOST_ARMS = 10
MOST_WEIGHT = 1_000
LONGEST = 366 * DAY
MOST_FEWEST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class NewArm:
    """An arm that is to be: its people saw the asset, clicked the link, or did the deed."""

    name: str
    weight: int = 1
    asset_id: int | None = None
    link_id: int | None = None
    deed: Did | None = None


@dataclass(frozen=True, slots=True)
class NewExperiment:
    """An experiment that is to be. The first arm is the control.

    Where ``baseline`` (and of a property its ``spread``) is not given, it is what people did in
    the last ``duration``.
    """

    name: str
    hypothesis: str
    deed: Did
    target: float
    arms: Sequence[NewArm]
    property: str | None = None
    direction: Direction = Direction.INCREASE
    baseline: float | None = None
    spread: float | None = None
    duration: Moment = 28 * DAY
    fewest: int = 100
    shortest: Moment = 7 * DAY
    segment_id: int | None = None
    item_id: int | None = None


async def create_experiment(actor: Actor, new: NewExperiment) -> int:
    """Write an experiment down and plan how many people it needs; returns its id.

    What is usual may take a look at much of the log, so it is asked before anything is held.
    """
    require_trier(actor, new.item_id)
    _text(new.name, LONGEST_NAME, Code.NAME_INVALID, "name")
    _text(new.hypothesis, LONGEST_HYPOTHESIS, Code.HYPOTHESIS_INVALID, "hypothesis")
    await _check_metric(new)
    _check_times(new)
    _check_arms(new.arms)
    planned = await planned_for(_wanted(new), [arm.weight for arm in new.arms])
    return await _write(actor, new, *planned)


@transactional
async def _write(actor: Actor, new: NewExperiment, expected: Expected, planned: Plan) -> int:
    arms = [await _arm(at, one) for at, one in enumerate(new.arms)]
    present = await people_for(new.segment_id)
    before = _before(planned, present, [arm.weight for arm in new.arms])
    columns = {
        "name": new.name.strip(),
        "hypothesis": new.hypothesis.strip(),
        "state": ExperimentState.DRAFT,
        "metric": await _metric(new),
        "deed": to_json(new.deed),
        "property": new.property,
        "direction": new.direction,
        "target": stored(new.target),
        "baseline": stored(expected.mean),
        "duration": new.duration,
        "fewest": new.fewest,
        "shortest": new.shortest,
        "segment_id": new.segment_id,
        "item_id": new.item_id,
        "planned": planned.people,
        "planned_at_one_look": planned.at_one_look,
        "present": present,
        "verdict": Verdict.COLLECTING,
        "verdict_sentence": before,
        "health": "[]",
        "in_two_arms": 0,
        "actor_name": actor.name,
        "created_at": now(),
    }
    rows = await insert_rows("experiment", list(columns), [tuple(columns.values())], returning="id")
    experiment = int(rows[0]["id"])
    await insert_rows(
        "experiment_arm",
        [
            *("experiment_id", "place", "name", "weight", "asset_id", "link_id", "deed"),
            *("seen_by", "people", "conversions"),
        ],
        [(experiment, at, *arm, 0, 0) for at, arm in enumerate(arms)],
    )
    return experiment


def _text(given: str, longest: int, code: Code, field: str) -> None:
    text = given.strip()
    if not 1 <= len(text) <= longest or "\x00" in text:
        raise Refused(code, f"It has 1 to {longest:,} characters.", (field,))


async def _check_metric(new: NewExperiment) -> None:
    await _check_deed(new.deed, ("metric",))
    named = new.property
    if named is None:
        return
    keys = named.split(".")
    if not 1 <= len(named) <= LONGEST_NAME or not all(
        key and key.isprintable() and not set(key) & {'"', "\\"} for key in keys
    ):
        message = "A property is named by keys with dots between, such as revenue."
        raise Refused(Code.METRIC_INVALID, message, ("metric", "property"))


def _check_times(new: NewExperiment) -> None:
    if not HOUR <= new.duration <= LONGEST:
        message = "An experiment runs for an hour to 366 days."
        raise Refused(Code.DURATION_INVALID, message, ("duration",))
    if not 0 <= new.shortest <= new.duration:
        message = "The least time to run is not longer than the whole."
        raise Refused(Code.MINIMUM_INVALID, message, ("minimum_run_time",))
    if not 2 <= new.fewest <= MOST_FEWEST:
        message = "The least number of people an arm is 2 or more."
        raise Refused(Code.MINIMUM_INVALID, message, ("minimum_people",))


def _check_arms(arms: Sequence[NewArm]) -> None:
    if not 2 <= len(arms) <= MOST_ARMS:
        message = f"An experiment compares 2 to {MOST_ARMS} arms."
        raise Refused(Code.ARMS_INVALID, message, ("arms",))
    for at, arm in enumerate(arms):
        if not 1 <= arm.weight <= MOST_WEIGHT:
            message = f"A weight is 1 to {MOST_WEIGHT:,}."
            raise Refused(Code.ARMS_INVALID, message, ("arms", at, "weight"))
    names = {name_key(arm.name) for arm in arms}
    seen = {(arm.asset_id, arm.link_id, arm.deed) for arm in arms}
    if len(names) < len(arms) or len(seen) < len(arms):
        message = "Two arms have the same name, or their people are known by the same."
        raise Refused(Code.ARMS_INVALID, message, ("arms",))


async def _arm(at: int, arm: NewArm) -> tuple[object, ...]:
    """The columns of an arm, after its place."""
    path: tuple[PathStep, ...] = ("arms", at)
    name = arm.name.strip()
    if not 1 <= len(name) <= LONGEST_NAME or "\x00" in name:
        message = f"A name has 1 to {LONGEST_NAME} characters."
        raise Refused(Code.NAME_INVALID, message, (*path, "name"))
    deed, seen_by = None, ""
    if arm.asset_id is not None:
        known = f"SELECT id FROM {CONTENT_ASSET.table} WHERE id = ?"
        if not await fetch(known, (arm.asset_id,)):
            message = "There is no such content."
            raise Refused(Code.ARM_NOT_FOUND, message, (*path, "seenBy", "asset"))
        seen_by = "saw the content"
    elif arm.link_id is not None:
        known = f"SELECT code FROM {TRACKED_LINK.table} WHERE id = ?"
        if not await fetch(known, (arm.link_id,)):
            raise Refused(Code.ARM_NOT_FOUND, "There is no such link.", (*path, "seenBy", "link"))
        seen_by = "clicked the link"
    elif arm.deed is not None:
        await _check_deed(arm.deed, (*path, "seenBy", "message"))
        deed, seen_by = to_json(arm.deed), await explain(arm.deed)
    return name, arm.weight, arm.asset_id, arm.link_id, deed, seen_by


async def _check_deed(deed: Did, path: tuple[PathStep, ...]) -> None:
    """Callers write a deed without the word that conditions have for it."""
    try:
        await check(deed, path=path)
    except Refused as refused:
        at = (*path, *refused.path[len(path) + 1 :])
        raise Refused(refused.code, refused.message, at) from None


async def _metric(new: NewExperiment) -> str:
    said = await explain(new.deed)
    if new.property is None:
        return f"Share of people who {said}"
    return f"{new.property} for each person, of those who {said}"


def _wanted(new: NewExperiment) -> Wanted:
    metric = Metric(step_of(to_json(new.deed)), new.property)
    rises = new.direction is Direction.INCREASE
    return Wanted(metric, new.target, rises, new.duration, new.baseline, new.spread)


async def people_for(segment_id: int | None) -> int:
    """How many people there are whom an experiment is meant for."""
    if segment_id is None:
        return await count_present()
    rows = await fetch(
        f"SELECT member_count FROM {SEGMENT.table} WHERE id = ? AND archived_at IS NULL",
        (segment_id,),
    )
    if not rows:
        message = "There is no such segment."
        raise Refused(Code.SEGMENT_NOT_FOUND, message, ("segmentId",))
    return int(rows[0]["member_count"])


def _before(planned: Plan, present: int, weights: Sequence[int]) -> str:
    here = present * min(weights) // sum(weights)
    return f"{DRAFT} {plan_sentence(planned.per_arm(weights), here)}"
