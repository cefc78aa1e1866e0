"""Root fields that read sources."""

import strawberry

from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import lookup, rows
from touchline.graphql.base.permissions import READ
from touchline.graphql.sources.types import Source


@strawberry.type(description="Reads of sources.")
class SourceQuery:
    """Part of the query root."""

    source: Source | None = lookup(permission=READ, description="One source by its id.")
    sources: list[Source] = rows(
        {},
        order=Order(("name",)),
        limit=500,
        permission=READ,
        description="Every source, by name.",
    )
