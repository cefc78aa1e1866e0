"""Which conversions a list shows."""

from dataclasses import replace

import strawberry

from touchline.domain.conversions import relations
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import combined, held
from touchline.graphql.base.scalars import DateTime


def _goal_ids(given: list[str]) -> list[int]:
    return [read_id(one, "filter.goals", "ConversionGoal") for one in given]


@strawberry.input(description="Which conversions to show. All that is given must hold.")
class ConversionFilter:
    """Filter of `conversions`."""

    goals: list[strawberry.ID] | None = held(
        replace(relations.OF_GOALS, prepare=_goal_ids),
        description="Only of the goals with these ids.",
    )
    from_: DateTime | None = held(
        relations.SINCE, name="from", description="Only what occurred at this instant or later."
    )
    to: DateTime | None = held(
        relations.UNTIL, description="Only what occurred before this instant."
    )
    and_: list["ConversionFilter"] | None = combined("and", description="All of these hold.")
    or_: list["ConversionFilter"] | None = combined("or", description="Any of these holds.")
    not_: "ConversionFilter | None" = combined("not", description="This does not hold.")
