"""Root fields that read registered documents."""

import strawberry

from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import ADMIN
from touchline.graphql.documents.types import TrustedDocument


@strawberry.type(description="Reads of registered documents.")
class DocumentQuery:
    """Part of the query root."""

    trusted_documents: Connection[TrustedDocument] | None = connection(
        "trustedDocuments",
        order=Order(("registered_at",), descending=True),
        permission=ADMIN,
        description="The documents that clients may call by their keys, newest first.",
    )
