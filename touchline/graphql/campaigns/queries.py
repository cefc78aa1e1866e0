"""Root fields that read campaigns."""

import strawberry

from touchline.domain.campaigns.relations import NAME_CONTAINS
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection, held, lookup
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.campaigns.types import Campaign


@strawberry.input(description="Which campaigns to show.")
class CampaignFilter:
    """Filter of `campaigns`."""

    search: str | None = held(
        NAME_CONTAINS, description="Only whose name contains this, in any case."
    )


@strawberry.type(description="Reads of campaigns.")
class CampaignQuery:
    """Part of the query root."""

    campaign: Campaign | None = lookup(permission=READ, description="One campaign by its id.")
    campaigns: Connection[Campaign] | None = connection(
        "campaigns",
        order=Order(("created_at",), descending=True),
        filters=CampaignFilter,
        permission=READ,
        description="All campaigns that are not put away, the newest first.",
    )
