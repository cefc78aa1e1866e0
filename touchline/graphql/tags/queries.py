"""Root fields that read tags."""

import strawberry

from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection, lookup
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.tags.filters import TagFilter
from touchline.graphql.tags.types import Tag


@strawberry.type(description="Reads of tags.")
class TagQuery:
    """Part of the query root."""

    tag: Tag | None = lookup(permission=READ, description="One tag by its id.")
    tags: Connection[Tag] | None = connection(
        "tags",
        order=Order(("name",)),
        filters=TagFilter,
        permission=READ,
        description="All tags, by name.",
    )
