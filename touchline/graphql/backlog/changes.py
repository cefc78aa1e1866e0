"""What can be done on a board, in the schema."""

from enum import Enum

import strawberry

from touchline.domain.backlog import types as words


@strawberry.enum(description="What was done with an item, or with the board itself.")
class BacklogChange(Enum):
    """Described one by one."""

    PROPOSED = strawberry.enum_value(
        words.Change.PROPOSED.value, description="Somebody proposed it."
    )
    ACCEPTED = strawberry.enum_value(
        words.Change.ACCEPTED.value, description="The Owner took it into the list."
    )
    DECLINED = strawberry.enum_value(
        words.Change.DECLINED.value, description="The Owner turned it down."
    )
    MARKED_DUPLICATE = strawberry.enum_value(
        words.Change.MARKED_DUPLICATE.value,
        description="The Owner said that it is the same as another.",
    )
    WRITTEN = strawberry.enum_value(
        words.Change.WRITTEN.value, description="Something else was written of it."
    )
    ESTIMATED = strawberry.enum_value(
        words.Change.ESTIMATED.value, description="The team said how large it is."
    )
    MOVED = strawberry.enum_value(
        words.Change.MOVED.value, description="The Owner gave it another place."
    )
    READINESS = strawberry.enum_value(
        words.Change.READINESS.value,
        description="It became ready or ceased to be, by what became of another.",
    )
    PULLED = strawberry.enum_value(
        words.Change.PULLED.value, description="Somebody took it to work on it."
    )
    SUBMITTED = strawberry.enum_value(
        words.Change.SUBMITTED.value, description="It was given to review."
    )
    RETURNED = strawberry.enum_value(
        words.Change.RETURNED.value, description="It was sent back from review."
    )
    PUT_BACK = strawberry.enum_value(
        words.Change.PUT_BACK.value, description="It was put back on top of the list."
    )
    LAUNCHED = strawberry.enum_value(words.Change.LAUNCHED.value, description="It is out.")
    MEASURED = strawberry.enum_value(
        words.Change.MEASURED.value, description="What came of it is known."
    )
    DROPPED = strawberry.enum_value(words.Change.DROPPED.value, description="It was given up.")
    BLOCKED = strawberry.enum_value(
        words.Change.BLOCKED.value, description="Something stands in its way."
    )
    UNBLOCKED = strawberry.enum_value(
        words.Change.UNBLOCKED.value, description="Nothing stands in its way any more."
    )
    COMMENTED = strawberry.enum_value(
        words.Change.COMMENTED.value, description="Somebody said something about it."
    )
    VOTED = strawberry.enum_value(
        words.Change.VOTED.value, description="Somebody is for it, or no more."
    )
    CYCLE_PLANNED = strawberry.enum_value(
        words.Change.CYCLE_PLANNED.value, description="A cycle was planned."
    )
    CYCLE_CLOSED = strawberry.enum_value(
        words.Change.CYCLE_CLOSED.value, description="A cycle was closed."
    )
    HUDDLE_NOTED = strawberry.enum_value(
        words.Change.HUDDLE_NOTED.value, description="Somebody said what moved and what blocks."
    )
    IMPROVED = strawberry.enum_value(
        words.Change.IMPROVED.value, description="The team does something better now."
    )
    ORDER_PROPOSED = strawberry.enum_value(
        words.Change.ORDER_PROPOSED.value,
        description="A formula proposes an order, or its proposal was turned down.",
    )
    RIGHTS = strawberry.enum_value(
        words.Change.RIGHTS.value, description="Another may do as the Owner does, or may no more."
    )
    BROUGHT = strawberry.enum_value(
        words.Change.BROUGHT.value, description="Items were brought in from a table."
    )
    LIMITS = strawberry.enum_value(
        words.Change.LIMITS.value, description="Limits of work under way are others."
    )
