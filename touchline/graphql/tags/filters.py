"""Which tags a list shows."""

import strawberry

from touchline.domain.tags import relations
from touchline.graphql.base.fields import combined, held


@strawberry.input(description="Which tags to show. All that is given must hold.")
class TagFilter:
    """Filter of `tags`."""

    search: str | None = held(
        relations.NAME_CONTAINS, description="Only whose name contains this, in any case."
    )
    category: str | None = held(relations.OF_CATEGORY, description="Only of this category.")
    and_: list["TagFilter"] | None = combined("and", description="All of these hold.")
    or_: list["TagFilter"] | None = combined("or", description="Any of these holds.")
    not_: "TagFilter | None" = combined("not", description="This does not hold.")
