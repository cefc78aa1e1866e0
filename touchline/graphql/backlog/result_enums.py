"""The words of what came of items, and of what follows from it."""

from enum import Enum

import strawberry

from touchline.domain.backlog import types as words


@strawberry.enum(description="What came out of an item that was measured.")
class BacklogVerdict(Enum):
    """Described one by one."""

    COLLECTING = strawberry.enum_value(
        words.Verdict.COLLECTING.value, description="Its window is not over."
    )
    UNHEALTHY = strawberry.enum_value(
        words.Verdict.UNHEALTHY.value, description="Its figures cannot be trusted."
    )
    WORKED = strawberry.enum_value(
        words.Verdict.WORKED.value, description="It did what was expected."
    )
    DID_NOT = strawberry.enum_value(words.Verdict.DID_NOT.value, description="It did not.")
    NO_DIFFERENCE = strawberry.enum_value(
        words.Verdict.NO_DIFFERENCE.value, description="It made no difference."
    )
    INCONCLUSIVE = strawberry.enum_value(
        words.Verdict.INCONCLUSIVE.value, description="There is too little to tell."
    )


@strawberry.enum(description="By what it is known what came of an item.")
class BacklogMeasure(Enum):
    """Described one by one."""

    EXPERIMENT = strawberry.enum_value(
        words.Measure.EXPERIMENT.value, description="By the experiment that was done for it."
    )
    METRIC = strawberry.enum_value(
        words.Measure.METRIC.value, description="By its metric, counted in its window."
    )


@strawberry.enum(description="What sort of next step follows from what came of an item.")
class BacklogSuggestionKind(Enum):
    """Described one by one."""

    CHANNEL = strawberry.enum_value(
        words.Suggested.CHANNEL.value,
        description="It worked: bring it to a channel that has not shown it.",
    )
    SEGMENT = strawberry.enum_value(
        words.Suggested.SEGMENT.value,
        description="It worked: make something like it for other customers.",
    )
    KIND = strawberry.enum_value(
        words.Suggested.KIND.value, description="It did not: try another kind of content."
    )
    THEME = strawberry.enum_value(
        words.Suggested.THEME.value,
        description="It did not: make more like content that does better.",
    )
    LONGER = strawberry.enum_value(
        words.Suggested.LONGER.value, description="It was not clear: let more people see it."
    )
    AGAIN = strawberry.enum_value(
        words.Suggested.AGAIN.value,
        description="It was not clear: do it again, so that it can be measured.",
    )


@strawberry.enum(description="What became of an order that a formula proposed.")
class BacklogOrderProposalState(Enum):
    """Described one by one."""

    OPEN = strawberry.enum_value(
        words.OrderProposalState.OPEN.value, description="The Owner may accept it."
    )
    ACCEPTED = strawberry.enum_value(
        words.OrderProposalState.ACCEPTED.value, description="All of it was accepted."
    )
    DISMISSED = strawberry.enum_value(
        words.OrderProposalState.DISMISSED.value, description="It was turned down."
    )
