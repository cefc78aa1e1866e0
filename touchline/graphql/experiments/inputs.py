"""What mutations of experiments are given."""

import strawberry

from touchline.graphql.base.scalars import Duration
from touchline.graphql.conditions.inputs import StepConditionInput
from touchline.graphql.experiments.enums import MetricDirection


@strawberry.input(description="What people are to do after they were seen in an arm.")
class ExperimentMetricInput(StepConditionInput):
    """A deed, or a number that it carries."""

    property: str | None = strawberry.field(
        default=None,
        description=(
            "A number among its properties, such as `revenue`, which is added up for each person "
            "and averaged over all; by default the share of people who did it is measured."
        ),
    )


@strawberry.input(one_of=True, description="By what the people of an arm are known.")
class ExperimentExposureInput:
    """Exactly one of them."""

    asset: strawberry.Maybe[strawberry.ID] = strawberry.field(
        description="They saw this content: any touchpoint that speaks of it, but those of robots."
    )
    link: strawberry.Maybe[strawberry.ID] = strawberry.field(
        description="They clicked this tracked link."
    )
    message: strawberry.Maybe[StepConditionInput] = strawberry.field(
        description="They did this, such as `Experiment Viewed` with a `variation_name`."
    )


@strawberry.input(description="One of what is compared.")
class ExperimentArmInput:
    """The first arm is the control."""

    name: str = strawberry.field(description="What to call it, at most 100 characters.")
    seen_by: ExperimentExposureInput = strawberry.field(
        description="By what its people are known, from the first such touchpoint on."
    )
    weight: int = strawberry.field(
        default=1, description="Its part of the people, beside those of the others; 1 to 1,000."
    )


@strawberry.input(description="Something to be tried out.")
class ExperimentCreateInput:
    """What `experimentCreate` is given."""

    name: str = strawberry.field(description="What to call it, at most 100 characters.")
    hypothesis: str = strawberry.field(description="What is believed, at most 1,000 characters.")
    metric: ExperimentMetricInput = strawberry.field(description="By what it is judged.")
    target: float = strawberry.field(
        description=(
            "The least difference to the control that matters, above 0: of a rate as a part of 1 "
            "(0.01 is one percentage point), of a property in its own unit."
        )
    )
    arms: list[ExperimentArmInput] = strawberry.field(
        description="What is compared, 2 to 10; the first is the control."
    )
    direction: MetricDirection = strawberry.field(
        default=MetricDirection.INCREASE, description="Which way the metric is to move."
    )
    baseline: float | None = strawberry.field(
        default=None,
        description=(
            "What the metric usually is, to plan with; by default what it was among those of whom "
            "anything was told in the last `duration`."
        ),
    )
    spread: float | None = strawberry.field(
        default=None,
        description="How far the property usually spreads between people (standard deviation).",
    )
    duration: Duration | None = strawberry.field(
        default=None, description="How long it runs, an hour to 366 days; by default 28 days."
    )
    minimum_people: int = strawberry.field(
        default=100, description="Nothing is said before each arm was seen by so many."
    )
    minimum_run_time: Duration | None = strawberry.field(
        default=None,
        description="Nothing is said before it ran so long; by default 7 days, or all of it.",
    )
    segment_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whom it is meant for: how many people there are."
    )
    backlog_item_id: strawberry.ID | None = strawberry.field(
        default=None, description="The work for which it is done, which then shows its verdict."
    )


@strawberry.input(description="An experiment that is to begin.")
class ExperimentStartInput:
    """What `experimentStart` is given."""

    id: strawberry.ID = strawberry.field(description="The id of the experiment.")
    reason: str | None = strawberry.field(
        default=None,
        description=(
            "Why it begins; needed where there are fewer than half of the people whom the plan "
            "needs. At most 1,000 characters."
        ),
    )
