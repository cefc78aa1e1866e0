"""Objects with a global id."""

import strawberry

from touchline.graphql.base.fields import global_id


@strawberry.interface(description="Anything with an id that `node(id:)` finds again.")
class Node:
    """Base of every type that a client can ask for by id."""

    id: strawberry.ID = global_id(
        description="The global id; to be kept and compared, not taken apart."
    )
