"""Which segments a list shows."""

import strawberry

from touchline.domain.segments import relations
from touchline.graphql.base.fields import combined, held


@strawberry.input(description="Which segments to show. All that is given must hold.")
class SegmentFilter:
    """Filter of `segments`."""

    search: str | None = held(
        relations.NAME_CONTAINS, description="Only whose name contains this, in any case."
    )
    is_static: bool | None = held(
        relations.IS_STATIC, description="Only the static ones, or only the others."
    )
    and_: list["SegmentFilter"] | None = combined("and", description="All of these hold.")
    or_: list["SegmentFilter"] | None = combined("or", description="Any of these holds.")
    not_: "SegmentFilter | None" = combined("not", description="This does not hold.")
