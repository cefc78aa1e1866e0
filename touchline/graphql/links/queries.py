"""Root fields that read links and publications."""

import strawberry

from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection, lookup, rows
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.links.types import LinkHost, TrackedLink, UtmNameRule


@strawberry.type(description="Reads of links.")
class LinkQuery:
    """Part of the query root."""

    tracked_link: TrackedLink | None = lookup(permission=READ, description="One link by its id.")
    tracked_links: Connection[TrackedLink] | None = connection(
        "trackedLinks",
        order=Order(("created_at",), descending=True),
        permission=READ,
        description="All links, the newest first.",
    )
    link_hosts: list[LinkHost] = rows(
        {},
        order=Order(("host",)),
        limit=500,
        permission=READ,
        description="The hosts to which tracked links may lead.",
    )
    utm_name_rules: list[UtmNameRule] = rows(
        {},
        order=Order(("part",)),
        limit=5,
        permission=READ,
        description="What names campaigns may have; parts without a rule may have any.",
    )
