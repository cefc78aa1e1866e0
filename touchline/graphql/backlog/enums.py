"""The words of the backlog."""

from enum import Enum

import strawberry

from touchline.domain.backlog import types as words


@strawberry.enum(description="What sort of work an item is.")
class BacklogItemKind(Enum):
    """Described one by one."""

    EXPERIMENT = strawberry.enum_value(
        words.ItemKind.EXPERIMENT.value, description="Something is tried, to learn from it."
    )
    CAMPAIGN = strawberry.enum_value(
        words.ItemKind.CAMPAIGN.value, description="Several things that go together."
    )
    CONTENT = strawberry.enum_value(
        words.ItemKind.CONTENT.value, description="Something is written or made."
    )
    KEEP_THE_LIGHTS_ON = strawberry.enum_value(
        words.ItemKind.KEEP_THE_LIGHTS_ON.value,
        description="What must be done so that all goes on.",
    )


@strawberry.enum(description="Where an item stands.")
class BacklogItemState(Enum):
    """Described one by one."""

    PROPOSED = strawberry.enum_value(
        words.ItemState.PROPOSED.value, description="Somebody proposed it; the Owner decides."
    )
    DECLINED = strawberry.enum_value(
        words.ItemState.DECLINED.value, description="The Owner turned it down."
    )
    DUPLICATE = strawberry.enum_value(
        words.ItemState.DUPLICATE.value, description="It is the same as another item."
    )
    BACKLOG = strawberry.enum_value(
        words.ItemState.BACKLOG.value,
        description="It stands in the list, and some question is open.",
    )
    READY = strawberry.enum_value(
        words.ItemState.READY.value, description="It stands in the list, and may be pulled."
    )
    IN_PROGRESS = strawberry.enum_value(
        words.ItemState.IN_PROGRESS.value, description="Somebody pulled it and works on it."
    )
    IN_REVIEW = strawberry.enum_value(
        words.ItemState.IN_REVIEW.value, description="Somebody else looks at it."
    )
    LAUNCHED = strawberry.enum_value(words.ItemState.LAUNCHED.value, description="It is out.")
    MEASURED = strawberry.enum_value(
        words.ItemState.MEASURED.value, description="What came of it is known."
    )
    DROPPED = strawberry.enum_value(words.ItemState.DROPPED.value, description="It was given up.")


@strawberry.enum(description="What must be answered before an item may be pulled.")
class BacklogQuestion(Enum):
    """Described one by one."""

    ORDERED = strawberry.enum_value(
        words.Question.ORDERED.value, description="Has the Owner given it a place?"
    )
    SIZED = strawberry.enum_value(
        words.Question.SIZED.value, description="Is it estimated, at 8 or less?"
    )
    DEPENDENCIES = strawberry.enum_value(
        words.Question.DEPENDENCIES.value,
        description="Is it said what it waits for, and is all of that closed?",
    )
    SUCCESS = strawberry.enum_value(
        words.Question.SUCCESS.value, description="Is it written what is expected of it?"
    )
    MEASURABLE = strawberry.enum_value(
        words.Question.MEASURABLE.value, description="Are metric, target and window known?"
    )


@strawberry.enum(description="What an item is to a customer.")
class CustomerValueKind(Enum):
    """Described one by one."""

    JOY = strawberry.enum_value(words.CustomerValueKind.JOY.value, description="It is a joy.")
    SATISFACTION = strawberry.enum_value(
        words.CustomerValueKind.SATISFACTION.value, description="It satisfies."
    )
    SOLVES_PROBLEM = strawberry.enum_value(
        words.CustomerValueKind.SOLVES_PROBLEM.value, description="It solves a problem."
    )
    SOLVES_ROOT_CAUSE = strawberry.enum_value(
        words.CustomerValueKind.SOLVES_ROOT_CAUSE.value,
        description="It solves what problems come from.",
    )


@strawberry.enum(description="What the team is after.")
class BusinessGoalKind(Enum):
    """Described one by one."""

    GOAL = strawberry.enum_value(words.GoalKind.GOAL.value, description="Something to be reached.")
    KPI = strawberry.enum_value(
        words.GoalKind.KPI.value, description="A figure to be held or moved."
    )
    REVENUE = strawberry.enum_value(words.GoalKind.REVENUE.value, description="Money.")


@strawberry.enum(description="By what the success of an item is measured.")
class BacklogMetric(Enum):
    """Described one by one."""

    READS = strawberry.enum_value(
        words.Metric.READS.value, description="How often its content is read."
    )
    READERS = strawberry.enum_value(
        words.Metric.READERS.value, description="How many people read it."
    )
    SHARES = strawberry.enum_value(words.Metric.SHARES.value, description="How often it is shared.")
    CLICKS = strawberry.enum_value(
        words.Metric.CLICKS.value, description="How often its links are clicked."
    )
    CONVERSIONS = strawberry.enum_value(
        words.Metric.CONVERSIONS.value, description="How many conversions follow."
    )
    CONVERSION_RATE = strawberry.enum_value(
        words.Metric.CONVERSION_RATE.value,
        description="Which share of those it reached convert, in percent.",
    )
    CONVERSION_VALUE = strawberry.enum_value(
        words.Metric.CONVERSION_VALUE.value, description="What conversions are worth."
    )


@strawberry.enum(description="What a limit of work under way is about.")
class WipLimitScope(Enum):
    """Described one by one."""

    PERSON = strawberry.enum_value(
        words.WipScope.PERSON.value, description="What one person works on."
    )
    IN_PROGRESS = strawberry.enum_value(
        words.WipScope.IN_PROGRESS.value, description="What is in progress."
    )
    IN_REVIEW = strawberry.enum_value(
        words.WipScope.IN_REVIEW.value, description="What is in review."
    )


@strawberry.enum(description="Why somebody acts in the Owner's place.")
class BacklogMandateKind(Enum):
    """Described one by one."""

    DELEGATION = strawberry.enum_value(
        words.MandateKind.DELEGATION.value, description="The Owner asked them to."
    )
    BREAK_GLASS = strawberry.enum_value(
        words.MandateKind.BREAK_GLASS.value, description="An admin broke the glass."
    )
    HAND_OVER = strawberry.enum_value(
        words.MandateKind.HAND_OVER.value, description="They became the Owner then."
    )


@strawberry.enum(description="What a line of an item's history tells of.")
class BacklogLogKind(Enum):
    """Described one by one."""

    STATE = strawberry.enum_value(
        words.LogKind.STATE.value, description="It came to another state."
    )
    ORDER = strawberry.enum_value(
        words.LogKind.ORDER.value, description="It was moved in the list."
    )
    EDIT = strawberry.enum_value(
        words.LogKind.EDIT.value, description="Something was written anew."
    )
    ESTIMATE = strawberry.enum_value(
        words.LogKind.ESTIMATE.value, description="Its size was estimated."
    )
    DEPENDENCIES = strawberry.enum_value(
        words.LogKind.DEPENDENCIES.value, description="It was said what it waits for."
    )
    BLOCK = strawberry.enum_value(
        words.LogKind.BLOCK.value, description="Something stands in its way."
    )
    UNBLOCK = strawberry.enum_value(
        words.LogKind.UNBLOCK.value, description="Nothing stands in its way any more."
    )
    VERDICT = strawberry.enum_value(
        words.LogKind.VERDICT.value, description="What came of it was measured, or overruled."
    )
    SUGGESTION = strawberry.enum_value(
        words.LogKind.SUGGESTION.value,
        description="What follows from it was proposed, or turned down.",
    )


@strawberry.enum(description="A score that advises on the order.")
class BacklogFormula(Enum):
    """Described one by one."""

    WSJF = strawberry.enum_value(
        words.Formula.WSJF.value,
        description="Weighted shortest job first: cost of delay by effort.",
    )
    RICE = strawberry.enum_value(
        words.Formula.RICE.value, description="Reach, impact and confidence by effort."
    )
    ICE = strawberry.enum_value(words.Formula.ICE.value, description="Impact, confidence and ease.")
    VALUE_EFFORT = strawberry.enum_value(
        words.Formula.VALUE_EFFORT.value, description="Value by effort."
    )


@strawberry.enum(description="Where a cycle stands.")
class CycleState(Enum):
    """Described one by one."""

    PLANNED = strawberry.enum_value(words.CycleState.PLANNED.value, description="It is to begin.")
    ACTIVE = strawberry.enum_value(words.CycleState.ACTIVE.value, description="It goes on.")
    CLOSED = strawberry.enum_value(words.CycleState.CLOSED.value, description="It is over.")
