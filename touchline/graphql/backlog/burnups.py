"""The burn-up of a cycle, in the schema."""

from enum import Enum

import strawberry

from touchline.domain.backlog.burning import BurnUpDay, Change
from touchline.domain.backlog.burning import ScopeChange as Words
from touchline.graphql.backlog.items import BacklogItem
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import Date
from touchline.graphql.base.types import entity


@strawberry.enum(description="Why the points of a cycle became more or fewer.")
class CycleScopeChange(Enum):
    """Described one by one."""

    PLANNED = strawberry.enum_value(
        Words.PLANNED.value, description="An item was planned for it at its beginning."
    )
    JOINED = strawberry.enum_value(
        Words.JOINED.value, description="An item was pulled that had not been planned."
    )
    ESTIMATED = strawberry.enum_value(
        Words.ESTIMATED.value, description="An item turned out larger or smaller."
    )
    DROPPED = strawberry.enum_value(Words.DROPPED.value, description="An item was given up.")


@entity(permission=READ, description="That the points of a cycle became more or fewer.")
class CycleBurnUpChange:
    """Part of a day."""

    item_key: strawberry.Private[int]
    item: BacklogItem | None = kept("item_key", description="By which item.")
    change: CycleScopeChange = attribute(description="Why.")
    points: int = attribute(description="By how many points; below 0 for fewer.")


@entity(permission=READ, description="The points of a cycle when a day ended.")
class CycleBurnUpDay:
    """Replayed from the log, with the sizes that items had on that day."""

    on: Date = attribute(description="The day, in UTC; of today it is what stands now.")
    scope_points: int = attribute(description="How many points were in it.")
    done_points: int = attribute(description="How many points of it were launched.")
    changes: list[CycleBurnUpChange] = attribute(
        description="What changed the points in it on that day."
    )


def shown_day(day: BurnUpDay) -> CycleBurnUpDay:
    """A day as the schema shows it."""
    return CycleBurnUpDay(
        on=Date(day.day),
        scope_points=day.scope,
        done_points=day.done,
        changes=[_change(one) for one in day.changes],
    )


def _change(change: Change) -> CycleBurnUpChange:
    return CycleBurnUpChange(
        item_key=change.item_id,
        change=CycleScopeChange(change.change.value),
        points=change.points,
    )
