"""Which segments a list shows."""

from dataclasses import replace

import strawberry

from touchline.domain.segments import relations
from touchline.graphql.base.fields import combined, held
from touchline.graphql.segments.enums import SegmentStatus


def _status(given: SegmentStatus) -> str:
    return str(given.value)


@strawberry.input(description="Which segments to show. All that is given must hold.")
class SegmentFilter:
    """Filter of `segments`."""

    search: str | None = held(
        relations.NAME_CONTAINS, description="Only whose name contains this, in any case."
    )
    is_static: bool | None = held(
        relations.IS_STATIC, description="Only the static ones, or only the others."
    )
    status: SegmentStatus | None = held(
        replace(relations.IN_STATUS, prepare=_status), description="Only those that stand so."
    )
    and_: list["SegmentFilter"] | None = combined("and", description="All of these hold.")
    or_: list["SegmentFilter"] | None = combined("or", description="Any of these holds.")
    not_: "SegmentFilter | None" = combined("not", description="This does not hold.")
