"""A registered document."""

from enum import Enum

import strawberry

from touchline.domain.documents.relations import TRUSTED_DOCUMENT
from touchline.graphql.base.fields import choice, column
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import ADMIN
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity

_KINDS = {"query": "QUERY", "mutation": "MUTATION", "subscription": "SUBSCRIPTION"}


@strawberry.enum(description="What a registered document does.")
class TrustedDocumentKind(Enum):
    """The kinds of operations."""

    QUERY = strawberry.enum_value("QUERY", description="It reads.")
    MUTATION = strawberry.enum_value("MUTATION", description="It changes something.")
    SUBSCRIPTION = strawberry.enum_value("SUBSCRIPTION", description="It watches.")


@entity(
    TRUSTED_DOCUMENT,
    permission=ADMIN,
    description="A GraphQL document that clients may call by its key.",
)
class TrustedDocument(Node):
    """Once registered, its text never changes."""

    key: str = column("document_id", description="What clients send as `documentId`.")
    name: str | None = column(description="What its operation is called.")
    kind: TrustedDocumentKind = choice("kind", _KINDS, description="What it does.")
    body: str = column(description="Its text.")
    registered_at: DateTime = column(description="When it was registered.")
