"""Root fields that read goals and conversions."""

import strawberry

from touchline.domain.conversions.relations import IS_CURRENT
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection, lookup, rows
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.conversions.filters import ConversionFilter
from touchline.graphql.conversions.types import Conversion, ConversionGoal


@strawberry.type(description="Reads of goals and conversions.")
class ConversionQuery:
    """Part of the query root."""

    conversion: Conversion | None = lookup(permission=READ, description="One conversion by its id.")
    conversions: Connection[Conversion] | None = connection(
        "conversions",
        order=Order(("occurred_at",), descending=True),
        filters=ConversionFilter,
        permission=READ,
        description="The conversions of all customers, the latest first.",
    )
    conversion_goal: ConversionGoal | None = lookup(
        permission=READ, description="One goal by its id, archived or not."
    )
    conversion_goals: list[ConversionGoal] | None = rows(
        {},
        order=Order(("name",)),
        where=IS_CURRENT,
        limit=100,
        permission=READ,
        description="The goals that count, by name.",
    )
