"""The schema, put together from the capabilities."""

import strawberry
from strawberry.printer import print_schema
from strawberry.schema.config import StrawberryConfig

from touchline.graphql.base.scalars import SCALARS
from touchline.graphql.base.wiring import wire
from touchline.graphql.mutation import Mutation
from touchline.graphql.query import Query
from touchline.graphql.subscription import Subscription

_ONE_OF = "directive @oneOf"
_ONE_OF_DESCRIBED = f'"""Exactly one field of the input is given, and it is not null."""\n{_ONE_OF}'


def build_schema() -> strawberry.Schema:
    """Build the schema and bind every field; raises ``SchemaError`` where declarations clash."""
    schema = strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        config=StrawberryConfig(scalar_map=SCALARS),
    )
    wire(schema)
    return schema


def schema_text() -> str:
    """The schema in the schema language, as it is committed in ``schema.graphql``."""
    return print_schema(build_schema()).replace(_ONE_OF, _ONE_OF_DESCRIBED, 1) + "\n"
