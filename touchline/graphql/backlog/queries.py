"""Root fields that read backlogs."""

import strawberry

from touchline.graphql.backlog.cycles import Cycle
from touchline.graphql.backlog.filters import OF_BACKLOG
from touchline.graphql.backlog.items import BacklogItem
from touchline.graphql.backlog.parts import BusinessGoal
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
    cycle: Cycle | None = lookup(permission=READ, description="One cycle by its id.")
    cycles: Connection[Cycle] | None = connection(
        "cycles",
        order=Order(("first_day",), descending=True),
        narrowed_by=[OF_BACKLOG],
        permission=READ,
        description="The cycles of a backlog, the latest first.",
    )
    business_goals: Connection[BusinessGoal] | None = connection(
        "businessGoals",
        order=Order(("name",)),
        permission=READ,
        description="All that the team is after, by name.",
    )
