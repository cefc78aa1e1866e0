"""The mutation root, put together from the capabilities."""

import strawberry

from touchline.graphql.customers.mutations import CustomerMutation


@strawberry.type(description="Everything that can be changed; each field is one act of its own.")
class Mutation(CustomerMutation):
    """The root of changes."""
