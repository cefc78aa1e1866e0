"""How much is made of the content that there is."""

import strawberry

from touchline.graphql.base.fields import attribute
from touchline.graphql.base.made import MADE_ID
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.types import entity


@entity(permission=READ, description="How much is made of the content that there is.")
class ContentReuse:
    """Archived assets do not count."""

    id: strawberry.ID = attribute(description=MADE_ID)
    asset_count: int = attribute(description="How many assets there are.")
    reused_count: int = attribute(description="Of how many of them others were made.")
    derived_count: int = attribute(description="How many of them were made of others.")
    reuse_rate: float = attribute(
        description="The share of assets of which others were made, from 0 to 1."
    )
