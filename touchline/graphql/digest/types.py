"""The weekly update, where it is sent, and whether it got there."""

import strawberry

from touchline.domain.digest.relations import DIGEST_DELIVERY, DIGEST_EDITION, DIGEST_TARGET
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import attribute, column, related, rows
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import ADMIN, READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.digest.enums import DigestDeliveryState, DigestTargetKind

_MOST_TARGETS = 100


@entity(DIGEST_TARGET, permission=ADMIN, description="Where the weekly update is sent.")
class DigestTarget(Node):
    """The address of a webhook is a secret, so only its host is shown."""

    kind: DigestTargetKind = column(description="How the update gets there.")
    address: str = column("shown", description="Where that is; of a webhook its host alone.")
    actor_name: str = column(description="Who added it.")
    created_at: DateTime = column(description="When it was added.")
    removed_at: DateTime | None = column(description="Since when nothing is sent there.")


@entity(DIGEST_DELIVERY, permission=ADMIN, description="An update on its way to a target.")
class DigestDelivery(Node):
    """One for each edition and target."""

    target: DigestTarget = related({"target_id": "id"}, description="Where it goes.")
    state: DigestDeliveryState = column(description="Where it stands.")
    attempts: int = column(description="How often it was tried.")
    error: str | None = column(description="Why it did not get there when it was tried last.")
    sent_at: DateTime | None = column(description="When the receiver took it.")


@entity(DIGEST_EDITION, permission=READ, description="The update of a week, as it was sent.")
class DigestEdition(Node):
    """Written once, when it was due."""

    due_at: DateTime = column(description="When it was due; it tells of the week before.")
    title: str = column(description="What it is called.")
    markdown: str = column(description="All of it, in Markdown.")
    created_at: DateTime = column(description="When it was written.")
    deliveries: list[DigestDelivery] = rows(
        {"id": "edition_id"},
        order=Order(("id",)),
        limit=_MOST_TARGETS,
        permission=ADMIN,
        description="Where it was sent.",
    )


@entity(permission=READ, description="The weekly update as it would be now.")
class DigestPreview:
    """Nothing is kept or sent."""

    id: strawberry.ID = attribute(description="Made of the instant of which it tells.")
    title: str = attribute(description="What it would be called.")
    markdown: str = attribute(description="All of it, in Markdown.")
    html: str = attribute(description="The same as HTML that is safe to show.")
    chat: str = attribute(description="The same as chat programs get it.")
