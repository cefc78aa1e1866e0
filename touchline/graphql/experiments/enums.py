"""The words of experiments."""

from enum import Enum

import strawberry

from touchline.domain.experiments.errors import ExperimentErrorCode as Code
from touchline.domain.experiments.queries import Direction, ExperimentState
from touchline.domain.experiments.verdicts import Health, Verdict
from touchline.graphql.conditions import codes


@strawberry.enum(name="ExperimentState", description="Where an experiment stands.")
class State(Enum):
    """The states, described."""

    DRAFT = strawberry.enum_value(ExperimentState.DRAFT.value, description="It has not begun.")
    RUNNING = strawberry.enum_value(ExperimentState.RUNNING.value, description="It is under way.")
    ENDED = strawberry.enum_value(
        ExperimentState.ENDED.value, description="It is over, and its numbers are frozen."
    )


@strawberry.enum(description="Which way a metric is to move.")
class MetricDirection(Enum):
    """Up or down."""

    INCREASE = strawberry.enum_value(Direction.INCREASE.value, description="More is better.")
    DECREASE = strawberry.enum_value(Direction.DECREASE.value, description="Less is better.")


@strawberry.enum(description="What an experiment, or one of its arms, has shown.")
class ExperimentVerdict(Enum):
    """Found at any time without being wrong more often than 5 times in 100."""

    COLLECTING = strawberry.enum_value(
        Verdict.COLLECTING.value, description="Too few people were seen to say, or too briefly."
    )
    UNHEALTHY = strawberry.enum_value(
        Verdict.UNHEALTHY.value, description="Something is wrong with how people are split."
    )
    WORKED = strawberry.enum_value(
        Verdict.WORKED.value, description="It is better than the control."
    )
    DID_NOT = strawberry.enum_value(
        Verdict.DID_NOT.value, description="It is worse than the control."
    )
    NO_DIFFERENCE = strawberry.enum_value(
        Verdict.NO_DIFFERENCE.value,
        description="Whatever the difference is, it is smaller than what matters.",
    )
    INCONCLUSIVE = strawberry.enum_value(
        Verdict.INCONCLUSIVE.value, description="It ended before anything could be said."
    )


@strawberry.enum(description="What stands in the way of a verdict.")
class ExperimentHealthCode(Enum):
    """The first makes an experiment unhealthy."""

    SAMPLE_RATIO_MISMATCH = strawberry.enum_value(
        Health.SAMPLE_RATIO_MISMATCH.value,
        description=(
            "The arms were seen by other parts of the people than was meant, and chance does that "
            "less than once in 1,000 times."
        ),
    )
    TOO_FEW_PEOPLE = strawberry.enum_value(
        Health.TOO_FEW_PEOPLE.value, description="An arm was seen by fewer people than the least."
    )
    TOO_FEW_CONVERSIONS = strawberry.enum_value(
        Health.TOO_FEW_CONVERSIONS.value,
        description="Fewer than 10 people of all arms did what is measured.",
    )
    TOO_SHORT = strawberry.enum_value(
        Health.TOO_SHORT.value, description="It has not run for the least time."
    )
    MANY_IN_TWO_ARMS = strawberry.enum_value(
        Health.MANY_IN_TWO_ARMS.value,
        description="More than a tenth of the people were seen in several arms; a warning only.",
    )


@strawberry.enum(description="Why a change of an experiment is refused.")
class ExperimentErrorCode(Enum):
    """The codes of the capability, and those of what people do."""

    EXPERIMENT_NOT_FOUND = strawberry.enum_value(
        Code.EXPERIMENT_NOT_FOUND, description="There is no experiment with this id."
    )
    STATE_INVALID = strawberry.enum_value(
        Code.STATE_INVALID, description="It has begun already, or is not under way."
    )
    NAME_INVALID = strawberry.enum_value(
        Code.NAME_INVALID, description="A name is empty, too long, or cannot be one."
    )
    HYPOTHESIS_INVALID = strawberry.enum_value(
        Code.HYPOTHESIS_INVALID, description="The hypothesis is empty or too long."
    )
    METRIC_INVALID = strawberry.enum_value(
        Code.METRIC_INVALID, description="The metric names no property that can be one."
    )
    TARGET_INVALID = strawberry.enum_value(
        Code.TARGET_INVALID,
        description="The target is not above 0, too small, or leads out of what a rate can be.",
    )
    BASELINE_UNKNOWN = strawberry.enum_value(
        Code.BASELINE_UNKNOWN, description="It is not known what is usual; say it."
    )
    DURATION_INVALID = strawberry.enum_value(
        Code.DURATION_INVALID, description="It would run for less than an hour or above 366 days."
    )
    MINIMUM_INVALID = strawberry.enum_value(
        Code.MINIMUM_INVALID, description="The least number of people or time cannot be one."
    )
    ARMS_INVALID = strawberry.enum_value(
        Code.ARMS_INVALID, description="There are too few or too many arms, or two are alike."
    )
    ARM_NOT_FOUND = strawberry.enum_value(
        Code.ARM_NOT_FOUND, description="There is no such content, or no such link."
    )
    ITEM_NOT_FOUND = strawberry.enum_value(
        Code.ITEM_NOT_FOUND, description="There is no such backlog item."
    )
    SEGMENT_NOT_FOUND = strawberry.enum_value(
        Code.SEGMENT_NOT_FOUND, description="There is no such segment, or it is archived."
    )
    SAMPLE_TOO_SMALL = strawberry.enum_value(
        Code.SAMPLE_TOO_SMALL,
        description=(
            "There are fewer than half of the people whom the plan needs; a reason begins it "
            "all the same."
        ),
    )
    REASON_INVALID = strawberry.enum_value(
        Code.REASON_INVALID, description="The reason is too long."
    )
    CONDITION_MALFORMED = codes.MALFORMED
    CONDITION_TOO_LARGE = codes.TOO_LARGE
    VALUE_INVALID = codes.VALUE_INVALID
    EVENT_UNNAMED = codes.EVENT_UNNAMED
