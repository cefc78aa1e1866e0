"""The words of the backlog."""

from enum import StrEnum


class ItemKind(StrEnum):
    """What sort of work an item is."""

    EXPERIMENT = "EXPERIMENT"
    CAMPAIGN = "CAMPAIGN"
    CONTENT = "CONTENT"
    KEEP_THE_LIGHTS_ON = "KEEP_THE_LIGHTS_ON"


class ItemState(StrEnum):
    """Where an item stands."""

    PROPOSED = "PROPOSED"
    DECLINED = "DECLINED"
    DUPLICATE = "DUPLICATE"
    BACKLOG = "BACKLOG"
    READY = "READY"
    IN_PROGRESS = "IN_PROGRESS"
    IN_REVIEW = "IN_REVIEW"
    LAUNCHED = "LAUNCHED"
    MEASURED = "MEASURED"
    DROPPED = "DROPPED"


ORDERED = (ItemState.BACKLOG, ItemState.READY)
"""What stands in the list that the Owner orders."""

UNDER_WAY = (ItemState.IN_PROGRESS, ItemState.IN_REVIEW)

CLOSED = (
    ItemState.LAUNCHED,
    ItemState.MEASURED,
    ItemState.DROPPED,
    ItemState.DECLINED,
    ItemState.DUPLICATE,
)
"""What nobody works on any more, so that nothing waits for it."""

DONE = (ItemState.LAUNCHED, ItemState.MEASURED)


class Act(StrEnum):
    """What is done with an item."""

    ACCEPT = "ACCEPT"
    DECLINE = "DECLINE"
    MARK_DUPLICATE = "MARK_DUPLICATE"
    PULL = "PULL"
    SUBMIT = "SUBMIT"
    RETURN = "RETURN"
    LAUNCH = "LAUNCH"
    PUT_BACK = "PUT_BACK"
    DROP = "DROP"
    MEASURE = "MEASURE"


class Question(StrEnum):
    """What must be answered before an item may be pulled."""

    ORDERED = "ORDERED"
    SIZED = "SIZED"
    DEPENDENCIES = "DEPENDENCIES"
    SUCCESS = "SUCCESS"
    MEASURABLE = "MEASURABLE"


class CustomerValueKind(StrEnum):
    """What an item is to a customer."""

    JOY = "JOY"
    SATISFACTION = "SATISFACTION"
    SOLVES_PROBLEM = "SOLVES_PROBLEM"
    SOLVES_ROOT_CAUSE = "SOLVES_ROOT_CAUSE"


class GoalKind(StrEnum):
    """What the team is after."""

    GOAL = "GOAL"
    KPI = "KPI"
    REVENUE = "REVENUE"


class Metric(StrEnum):
    """By what the success of an item is measured."""

    READS = "READS"
    READERS = "READERS"
    SHARES = "SHARES"
    CLICKS = "CLICKS"
    CONVERSIONS = "CONVERSIONS"
    CONVERSION_RATE = "CONVERSION_RATE"
    CONVERSION_VALUE = "CONVERSION_VALUE"


class Verdict(StrEnum):
    """What came out of an item that was measured."""

    COLLECTING = "COLLECTING"
    UNHEALTHY = "UNHEALTHY"
    WORKED = "WORKED"
    DID_NOT = "DID_NOT"
    NO_DIFFERENCE = "NO_DIFFERENCE"
    INCONCLUSIVE = "INCONCLUSIVE"


OVERRULED = (Verdict.WORKED, Verdict.DID_NOT, Verdict.INCONCLUSIVE)
"""What a person may say came out of an item."""


class Measure(StrEnum):
    """By what it is known what came of an item."""

    EXPERIMENT = "EXPERIMENT"
    METRIC = "METRIC"
    PERSON = "PERSON"


class Suggested(StrEnum):
    """What sort of next step follows from what came of an item."""

    CHANNEL = "CHANNEL"
    SEGMENT = "SEGMENT"
    KIND = "KIND"
    THEME = "THEME"
    LONGER = "LONGER"
    AGAIN = "AGAIN"


class WipScope(StrEnum):
    """What a limit of work under way is about."""

    PERSON = "PERSON"
    IN_PROGRESS = "IN_PROGRESS"
    IN_REVIEW = "IN_REVIEW"


class MandateKind(StrEnum):
    """Why somebody acts in the Owner's place, or became the Owner: that is over as it begins."""

    DELEGATION = "DELEGATION"
    BREAK_GLASS = "BREAK_GLASS"
    HAND_OVER = "HAND_OVER"


class LogKind(StrEnum):
    """What a line of an item's history tells of."""

    STATE = "STATE"
    ORDER = "ORDER"
    EDIT = "EDIT"
    ESTIMATE = "ESTIMATE"
    DEPENDENCIES = "DEPENDENCIES"
    BLOCK = "BLOCK"
    UNBLOCK = "UNBLOCK"
    VERDICT = "VERDICT"
    SUGGESTION = "SUGGESTION"


class Change(StrEnum):
    """What is told of a board: what was done with an item, or with the board itself."""

    PROPOSED = "PROPOSED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    MARKED_DUPLICATE = "MARKED_DUPLICATE"
    WRITTEN = "WRITTEN"
    ESTIMATED = "ESTIMATED"
    MOVED = "MOVED"
    READINESS = "READINESS"
    PULLED = "PULLED"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    PUT_BACK = "PUT_BACK"
    LAUNCHED = "LAUNCHED"
    MEASURED = "MEASURED"
    DROPPED = "DROPPED"
    BLOCKED = "BLOCKED"
    UNBLOCKED = "UNBLOCKED"
    COMMENTED = "COMMENTED"
    VOTED = "VOTED"
    CYCLE_PLANNED = "CYCLE_PLANNED"
    CYCLE_CLOSED = "CYCLE_CLOSED"
    HUDDLE_NOTED = "HUDDLE_NOTED"
    IMPROVED = "IMPROVED"
    ORDER_PROPOSED = "ORDER_PROPOSED"
    RIGHTS = "RIGHTS"
    LIMITS = "LIMITS"
    BROUGHT = "BROUGHT"


class CycleState(StrEnum):
    """Where a cycle stands."""

    PLANNED = "PLANNED"
    ACTIVE = "ACTIVE"
    CLOSED = "CLOSED"


class OrderProposalState(StrEnum):
    """What became of an order that a formula proposed."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    DISMISSED = "DISMISSED"


class Formula(StrEnum):
    """Scores that advise on the order."""

    WSJF = "WSJF"
    RICE = "RICE"
    ICE = "ICE"
    VALUE_EFFORT = "VALUE_EFFORT"
