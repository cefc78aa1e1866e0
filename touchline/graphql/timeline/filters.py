"""Which touchpoints a list shows."""

from dataclasses import replace

import strawberry

from touchline.domain.timeline import relations
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import combined, held
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.timeline.enums import TouchpointType


def _source_ids(given: list[str]) -> list[int]:
    return [read_id(one, "filter.sources", "Source") for one in given]


def _types(given: list[TouchpointType]) -> list[str]:
    return [str(one.value) for one in given]


@strawberry.input(description="Which touchpoints to show. All that is given must hold.")
class TouchpointFilter:
    """Filter of `timeline` and `touchpoints`."""

    types: list[TouchpointType] | None = held(
        replace(relations.OF_TYPES, prepare=_types), description="Only of these types."
    )
    names: list[str] | None = held(relations.NAMED, description="Only with these names.")
    sources: list[strawberry.ID] | None = held(
        replace(relations.FROM_SOURCES, prepare=_source_ids),
        description="Only from the sources with these ids.",
    )
    from_: DateTime | None = held(
        relations.SINCE, name="from", description="Only what occurred at this instant or later."
    )
    to: DateTime | None = held(
        relations.UNTIL, description="Only what occurred before this instant."
    )
    and_: list["TouchpointFilter"] | None = combined("and", description="All of these hold.")
    or_: list["TouchpointFilter"] | None = combined("or", description="Any of these holds.")
    not_: "TouchpointFilter | None" = combined("not", description="This does not hold.")
