"""A tag itself."""

from touchline.domain.tags.relations import TAG
from touchline.graphql.base.fields import column
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity


@entity(TAG, permission=READ, description="A word that colleagues and rules say of customers.")
class Tag(Node):
    """What `tags` lists."""

    name: str = column(description="The tag itself, unlike every other in any case.")
    category: str | None = column(description="The group of tags it belongs to.")
    color: str | None = column(description="The colour to show it in, as #rrggbb.")
    description: str | None = column(description="What it means, for colleagues.")
    customer_count: int = column(description="How many customers have it.")
    created_at: DateTime = column(description="When it was made.")
