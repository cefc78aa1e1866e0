"""What a caller wrote of experiments, as the domain takes it."""

from touchline.domain.backlog.queries import is_item
from touchline.domain.conditions.tree import Did
from touchline.domain.experiments.drafting import NewArm, NewExperiment
from touchline.domain.experiments.errors import ExperimentErrorCode
from touchline.domain.experiments.queries import Direction
from touchline.domain.experiments.service import assigned_arm
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.errors import Refused
from touchline.graphql.base.errors import read_id
from touchline.graphql.conditions.inputs import StepConditionInput
from touchline.graphql.conditions.reading import Path, read_step
from touchline.graphql.experiments.inputs import ExperimentArmInput, ExperimentCreateInput

_DURATION = 28 * DAY
_SHORTEST = 7 * DAY


async def read_experiment(given: ExperimentCreateInput) -> NewExperiment:
    """The experiment that is to be."""
    duration = _DURATION if given.duration is None else given.duration
    shortest = given.minimum_run_time
    segment, item = given.segment_id, given.backlog_item_id
    return NewExperiment(
        given.name,
        given.hypothesis,
        _deed(given.metric, ("metric",)),
        given.target,
        [_arm(one, at) for at, one in enumerate(given.arms)],
        property=given.metric.property,
        direction=Direction(str(given.direction.value)),
        baseline=given.baseline,
        spread=given.spread,
        duration=duration,
        fewest=given.minimum_people,
        shortest=min(_SHORTEST, duration) if shortest is None else shortest,
        segment_id=None if segment is None else read_id(segment, "input.segmentId", "Segment"),
        item_id=None if item is None else await _item(str(item)),
    )


async def find_arm(experiment: str, customer: str) -> int | None:
    """The arm that a customer is to be shown, by the ids of both."""
    return await assigned_arm(
        read_id(experiment, "experiment", "Experiment"), read_id(customer, "customer", "Customer")
    )


async def _item(text: str) -> int:
    item = read_id(text, "input.backlogItemId", "BacklogItem")
    if not await is_item(item):
        message = "There is no such backlog item."
        raise Refused(ExperimentErrorCode.ITEM_NOT_FOUND, message, ("backlogItemId",))
    return item


def _arm(given: ExperimentArmInput, at: int) -> NewArm:
    seen, path = given.seen_by, f"input.arms.{at}.seenBy"
    if seen.asset is not None:
        asset = read_id(seen.asset.value, f"{path}.asset", "ContentAsset")
        return NewArm(given.name, given.weight, asset_id=asset)
    if seen.link is not None:
        link = read_id(seen.link.value, f"{path}.link", "TrackedLink")
        return NewArm(given.name, given.weight, link_id=link)
    assert seen.message is not None
    deed = _deed(seen.message.value, ("arms", at, "seenBy", "message"))
    return NewArm(given.name, given.weight, deed=deed)


def _deed(given: StepConditionInput, path: Path) -> Did:
    step = read_step(given, path)
    return Did(step.event, step.type, step.where)
