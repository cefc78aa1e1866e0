"""Days from one to another, as callers give them, and fields that are worked out for them.

performance: ContentPerformance = ranged({"asset": "id"}, description="…")
daily: list[ContentDay] = ranged({"asset": "id"}, within=True, order=…, description="…")
"""

from collections.abc import Mapping
from typing import Any, Literal, Unpack

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument

from touchline.domain.kernel.relations import Relation
from touchline.graphql.base import facts
from touchline.graphql.base.errors import bad_input
from touchline.graphql.base.fields import Beside, declare
from touchline.graphql.base.scalars import Date

MOST_DAYS = 1_100
RANGE = "range"

Days = tuple[int, int]
"""The first and the last day, both included; counted from 1970 in UTC."""


@strawberry.input(description="Days in UTC, both included.")
class DateRangeInput:
    """At most 1,100 days."""

    from_: Date = strawberry.field(name="from", description="The first day.")
    to: Date = strawberry.field(description="The last day.")


def read_range(given: DateRangeInput | Mapping[str, Any], most: int = MOST_DAYS) -> Days:
    """The days of a range; refuses those that end before they begin, and more than ``most``."""
    if isinstance(given, DateRangeInput):
        first, last = int(given.from_), int(given.to)
    else:
        first, last = int(given["from"]), int(given["to"])
    if last < first:
        raise bad_input(f"`{RANGE}` ends before it begins.", RANGE)
    if last >= first + most:
        raise bad_input(f"`{RANGE}` has from 1 to {most:,} days.", RANGE)
    return first, last


def ranged(
    on: Mapping[str, str],
    *,
    relation: Relation | None = None,
    within: bool = False,
    order: facts.Order | None = None,
    limit: int = 1,
    refusal: facts.Refusal | None = None,
    description: str,
    init: Literal[False] = False,
    **beside: Unpack[Beside],
) -> Any:
    """What is worked out for a range of days: ``on`` maps holes of the relation to columns.

    The days are an argument, or those of the parent if ``within``. With an ``order`` it is a list.
    """
    fact = facts.RangedFact(
        on=tuple((column, hole) for hole, column in on.items()),
        relation=relation,
        within=within,
        order=order,
        limit=limit,
        refusal=refusal,
        **beside,
    )
    field = declare(fact, description)
    if not within:
        annotation = StrawberryAnnotation(DateRangeInput)
        days = "Which days, at most 1,100."
        field.arguments = [StrawberryArgument(RANGE, None, annotation, description=days)]
    return field
