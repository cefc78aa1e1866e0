"""What mutations of backlogs are given: their Owner, limits and goals."""

import strawberry

from touchline.graphql.backlog.enums import BusinessGoalKind, WipLimitScope
from touchline.graphql.base.scalars import DateTime

_REASON = "Why, at most 1,000 characters."


@strawberry.input(description="A new backlog.")
class BacklogCreateInput:
    """What `backlogCreate` is given."""

    name: str = strawberry.field(description="What to call it, at most 100 characters.")
    owner_id: strawberry.ID = strawberry.field(description="The member who alone orders it.")


@strawberry.input(description="A backlog that gets another Owner.")
class BacklogHandOverInput:
    """What `backlogHandOver` is given."""

    backlog_id: strawberry.ID = strawberry.field(description="The backlog.")
    owner_id: strawberry.ID = strawberry.field(description="The member who owns it from now on.")
    reason: str | None = strawberry.field(
        default=None, description="Why; needed of an admin who broke the glass."
    )


@strawberry.input(description="That a member acts in the Owner's place for a while.")
class BacklogDelegateInput:
    """What `backlogDelegate` is given."""

    backlog_id: strawberry.ID = strawberry.field(description="The backlog.")
    member_id: strawberry.ID = strawberry.field(description="The member.")
    until: DateTime = strawberry.field(description="Until when, at most 92 days from now.")
    reason: str = strawberry.field(description=_REASON)


@strawberry.input(description="That an admin acts in the Owner's place for a day.")
class BacklogBreakGlassInput:
    """What `backlogBreakGlass` is given."""

    backlog_id: strawberry.ID = strawberry.field(description="The backlog.")
    reason: str = strawberry.field(description="Why it cannot wait; it is shown with the backlog.")


@strawberry.input(description="That a member acts in the Owner's place no more.")
class BacklogEndMandateInput:
    """What `backlogEndMandate` is given."""

    backlog_id: strawberry.ID = strawberry.field(description="The backlog.")
    member_id: strawberry.ID = strawberry.field(description="The member.")


@strawberry.input(description="How much may be under way at once.")
class BacklogSetWipLimitInput:
    """What `backlogSetWipLimit` is given."""

    backlog_id: strawberry.ID = strawberry.field(description="The backlog.")
    scope: WipLimitScope = strawberry.field(description="What the limit is about.")
    limit: int | None = strawberry.field(
        default=None, description="How many items, at most 100; null for no limit."
    )


@strawberry.input(description="Something that the team is after.")
class BusinessGoalCreateInput:
    """What `businessGoalCreate` is given."""

    name: str = strawberry.field(description="What to call it, at most 100 characters.")
    kind: BusinessGoalKind = strawberry.field(description="What it is.")
