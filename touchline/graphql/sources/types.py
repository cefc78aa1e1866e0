"""A source and its write keys."""

import strawberry

from touchline.domain.sources.relations import SOURCE, WRITE_KEY
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import column, global_id, rows
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import ADMIN, READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.sources.enums import SourceKind


@entity(WRITE_KEY, permission=ADMIN, description="A key by which a source sends calls.")
class WriteKey:
    """Only its beginning is shown; the secret is shown once, when it is made."""

    id: strawberry.ID = global_id(
        description="The global id; to be kept and compared, not taken apart."
    )
    prefix: str = column(description="How the key begins.")
    created_at: DateTime = column(description="When it was made.")
    revoked_at: DateTime | None = column(description="When it stopped working; null if it works.")


@entity(SOURCE, permission=READ, description="Something that sends calls: a site, an app, a shop.")
class Source(Node):
    """Where touchpoints come from."""

    name: str = column(description="What people call it.")
    kind: SourceKind = column(description="What sort of thing it is.")
    created_at: DateTime = column(description="When it was set up.")
    last_seen_at: DateTime | None = column(description="When it last sent something.")
    accepted_count: int = column(description="How many calls were accepted.")
    rejected_count: int = column(description="How many calls were rejected.")
    write_keys: list[WriteKey] = rows(
        {"id": "source_id"},
        order=Order(("created_at",), descending=True),
        limit=100,
        description="Its write keys, the newest first.",
    )
