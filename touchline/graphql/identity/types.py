"""How a customer is known, and what was merged into it."""

import strawberry

from touchline.domain.identity.relations import IDENTIFIER, MERGE
from touchline.graphql.base.fields import column, global_id, listed
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity


@entity(IDENTIFIER, permission=READ, description="Something a customer is known by.")
class Identifier:
    """A kind and a normalised value."""

    id: strawberry.ID = global_id(
        description="The global id; to be kept and compared, not taken apart."
    )
    kind: str = column(description="What sort of identifier it is, such as `email`.")
    value: str = column(description="The normalised value.")
    first_seen_at: DateTime = column(description="When it was first seen with the customer.")
    last_seen_at: DateTime = column(
        description="When an event last carried it, even one that went to another customer."
    )


@entity(MERGE, permission=READ, description="A customer that was merged into another.")
class CustomerMerge(Node):
    """What is known of a merge; its id is what ``customerUnmerge`` takes."""

    merged_at: DateTime = column(description="When the two became one.")
    reason: str | None = column(description="Why, in the words of who decided it.")
    automatic: bool = column(description="Whether a rule merged them; else a colleague did.")
    actor_name: str | None = column(description="Who merged them; null when a rule did.")
    identifiers: list[Identifier] = listed(
        "absorbed_side", description="What the merged customer was known by."
    )
