"""An experiment, its arms, and what they have shown."""

from collections.abc import Callable

import strawberry

from touchline.domain.experiments.fractions import shown
from touchline.domain.experiments.relations import EXPERIMENT, EXPERIMENT_ARM
from touchline.domain.experiments.wording import plan_sentence
from touchline.domain.kernel.db import Row
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import (
    column,
    document,
    expression,
    global_id,
    key,
    related,
    rows,
    same_row,
)
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime, Duration
from touchline.graphql.base.types import entity
from touchline.graphql.content.types import ContentAsset
from touchline.graphql.experiments.enums import (
    ExperimentHealthCode,
    ExperimentVerdict,
    MetricDirection,
    State,
)
from touchline.graphql.links.types import TrackedLink
from touchline.graphql.segments.types import Segment

_ID = "The global id; to be kept and compared, not taken apart."
_MOST_ARMS = 10


def _fraction(name: str) -> Callable[[Row], float | None]:
    def read(row: Row) -> float | None:
        return None if row[name] is None else shown(row[name])

    return read


def _plan(row: Row) -> str:
    return plan_sentence(row["planned_per_arm"], row["present_per_arm"])


@entity(EXPERIMENT_ARM, permission=READ, description="Where a figure lies.")
class ConfidenceInterval:
    """Right at every look together, 95 times in 100."""

    id: strawberry.ID = global_id(description=_ID)
    low: float = expression(_fraction("low"), needs=("low",), description="It is at least this.")
    high: float = expression(_fraction("high"), needs=("high",), description="It is at most this.")


@entity(EXPERIMENT_ARM, permission=READ, description="How an arm differs from the control.")
class ExperimentEffect:
    """The metric of the arm less that of the control."""

    id: strawberry.ID = global_id(description=_ID)
    difference: float = expression(
        _fraction("difference"), needs=("difference",), description="By how much it is above."
    )
    low: float = expression(
        _fraction("difference_low"),
        needs=("difference_low",),
        description="The difference is at least this, for all arms and all looks together.",
    )
    high: float = expression(
        _fraction("difference_high"),
        needs=("difference_high",),
        description="The difference is at most this.",
    )
    p_value: float = expression(
        _fraction("p_value"),
        needs=("p_value",),
        description=(
            "How often chance alone shows so much at any look, stepped for several arms (Holm)."
        ),
    )


@entity(EXPERIMENT_ARM, permission=READ, description="One of what is compared.")
class ExperimentArm(Node):
    """The first one is the control."""

    name: str = column(description="What it is called.")
    weight: int = column(description="Its part of the people, beside those of the others.")
    seen_by: str = column(description="By what its people are known, in plain English.")
    asset: ContentAsset | None = related(
        {"asset_id": "id"}, description="The content that its people saw."
    )
    link: TrackedLink | None = related(
        {"link_id": "id"}, description="The link that its people clicked."
    )
    exposures: int = column(
        "people", description="How many people were seen in it, and in no other arm."
    )
    conversions: int = column(
        description="How many of them did what is measured after they were first seen in it."
    )
    rate: float | None = expression(
        _fraction("rate"),
        needs=("rate",),
        description="The share of people who did it, or the property for each person.",
    )
    interval: ConfidenceInterval | None = same_row("low", description="Where the rate lies.")
    effect: ExperimentEffect | None = same_row(
        "difference", description="How it differs from the control; null of the control."
    )
    verdict: ExperimentVerdict | None = column(
        description="What the arm has shown; null of the control, and while nothing can be said."
    )


@entity(permission=READ, description="Something that stands in the way of a verdict.")
class ExperimentHealth:
    """Kept with the experiment."""

    id: strawberry.ID = global_id(description=_ID)
    code: ExperimentHealthCode = key(description="What it is.")
    message: str = key(description="A sentence to show to people.")


@entity(EXPERIMENT, permission=READ, description="When people are seen.")
class ExperimentWindow:
    """From the beginning to the end that was decided, or at which it was stopped."""

    id: strawberry.ID = global_id(description=_ID)
    from_: DateTime = column("started_at", shown_as="from", description="When it began.")
    to: DateTime = column("ends_at", description="When it ends.")


@entity(EXPERIMENT, permission=READ, description="How many people an experiment needs.")
class ExperimentPlan:
    """Made when it was written down, to find the target 80 times in 100."""

    id: strawberry.ID = global_id(description=_ID)
    baseline: float = expression(
        _fraction("baseline"), needs=("baseline",), description="What the metric usually is."
    )
    people_per_arm: int = column(
        "planned_per_arm", description="How many people the smallest arm needs."
    )
    people_per_arm_at_one_look: int = column(
        "one_look_per_arm",
        description="How many it would need if it were looked at only once, at its end.",
    )
    people_present: int = column(
        "present_per_arm",
        description="How many there were for the smallest arm, of the segment or of all.",
    )
    sentence: str = expression(
        _plan, needs=("planned_per_arm", "present_per_arm"), description="The plan in words."
    )


@entity(
    EXPERIMENT,
    permission=READ,
    description="Something that is tried out: which of several arms does what was hoped for.",
)
class Experiment(Node):
    """It may be looked at as often as one likes."""

    name: str = column(description="What it is called.")
    hypothesis: str = column(description="What is believed.")
    state: State = column(description="Where it stands.")
    metric: str = column(description="By what it is judged, in plain English.")
    direction: MetricDirection = column(description="Which way the metric is to move.")
    target: float = expression(
        _fraction("target"),
        needs=("target",),
        description="The least difference to the control that matters, as `experimentCreate` says.",
    )
    duration: Duration = column(description="How long it runs, unless it is stopped.")
    minimum_people: int = column(
        "fewest", description="Nothing is said before each arm was seen by so many."
    )
    minimum_run_time: Duration = column(
        "shortest", description="Nothing is said before it ran so long."
    )
    segment: Segment | None = related({"segment_id": "id"}, description="Whom it is meant for.")
    plan: ExperimentPlan = same_row(description="How many people it needs.")
    window: ExperimentWindow | None = same_row(
        "started_at", description="When people are seen; null before it began."
    )
    start_reason: str | None = column(
        description="Why it was begun, where that was said, as of one with too few people."
    )
    arms: list[ExperimentArm] = rows(
        {"id": "experiment_id"},
        order=Order(("place",)),
        limit=_MOST_ARMS,
        description="What is compared; the first is the control.",
    )
    verdict: ExperimentVerdict = column(description="What it has shown by now.")
    verdict_sentence: str = column(description="The verdict in one plain sentence.")
    best: ExperimentArm | None = related(
        {"best_id": "id"}, description="The arm that worked best, where one did."
    )
    health: list[ExperimentHealth] = document(
        "health", description="What stands in the way of a verdict; empty where nothing does."
    )
    in_several_arms: int = column(
        "in_two_arms", description="How many people were seen in several arms and are left out."
    )
    computed_at: DateTime | None = column(
        description="When its figures were worked out; null before that."
    )
    frozen_at: DateTime | None = column(description="Since when its figures stay as they are.")
    actor_name: str = column(description="Who wrote it down.")
    created_at: DateTime = column(description="When it was written down.")
