"""Root fields that read backlogs."""

import strawberry

from touchline.graphql.backlog.items import BacklogItem, BusinessGoal
from touchline.graphql.backlog.types import Backlog
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection, lookup
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ


@strawberry.type(description="Reads of backlogs.")
class BacklogQuery:
    """Part of the query root."""

    backlog: Backlog | None = lookup(permission=READ, description="One backlog by its id.")
    backlogs: Connection[Backlog] | None = connection(
        "backlogs",
        order=Order(("name",)),
        permission=READ,
        description="All backlogs, by name.",
    )
    backlog_item: BacklogItem | None = lookup(permission=READ, description="One item by its id.")
    business_goals: Connection[BusinessGoal] | None = connection(
        "businessGoals",
        order=Order(("name",)),
        permission=READ,
        description="All that the team is after, by name.",
    )
