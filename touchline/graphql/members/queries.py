"""Root fields that read members."""

import strawberry

from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection, lookup
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.members.types import Member


@strawberry.type(description="Reads of members.")
class MemberQuery:
    """Part of the query root."""

    member: Member | None = lookup(permission=READ, description="One member by its id.")
    members: Connection[Member] | None = connection(
        "members",
        order=Order(("name",)),
        permission=READ,
        description="Everybody of the team by name, those who left included.",
    )
