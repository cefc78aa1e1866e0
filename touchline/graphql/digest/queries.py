"""Root fields that read the weekly update."""

from typing import Annotated

import strawberry

from touchline.domain.content.rendering import render
from touchline.domain.digest.gathering import digest_of
from touchline.domain.digest.relations import STANDS
from touchline.domain.digest.rendering import for_chat
from touchline.domain.kernel.clock import now
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection, resolved, rows
from touchline.graphql.base.made import made_id
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import ADMIN, READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.digest.types import DigestEdition, DigestPreview, DigestTarget

Until = Annotated[
    DateTime | None,
    strawberry.argument(
        description="Until when; now by default. What is blocked and what is next is as of now."
    ),
]


@strawberry.type(description="Reads of the weekly update.")
class DigestQuery:
    """Part of the query root."""

    digest_targets: list[DigestTarget] | None = rows(
        {},
        order=Order(("created_at",)),
        where=STANDS,
        limit=100,
        permission=ADMIN,
        description="Where the weekly update is sent.",
    )
    digest_editions: Connection[DigestEdition] | None = connection(
        "digestEditions",
        order=Order(("due_at",), descending=True),
        permission=READ,
        description="The weekly updates that were sent, the newest first.",
    )

    @resolved(
        permission=READ,
        cost=50,
        description="What the weekly update would tell of seven days.",
    )
    async def digest_preview(self, until: Until = None) -> DigestPreview | None:
        moment = now() if until is None else until
        found = await digest_of(moment)
        return DigestPreview(
            id=made_id("digest", moment),
            title=found.title,
            markdown=found.markdown,
            html=render(found.markdown),
            chat=for_chat(found.markdown),
        )
