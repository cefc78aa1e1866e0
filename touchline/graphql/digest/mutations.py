"""Changing where the weekly update is sent."""

from typing import Annotated

import strawberry

from touchline.domain.digest import delivering, service
from touchline.domain.digest.service import TargetKind
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import ADMIN
from touchline.graphql.digest.inputs import DigestTargetCreateInput
from touchline.graphql.digest.payloads import (
    DigestDeliveryRetryPayload,
    DigestTargetCreatePayload,
    DigestTargetRemovePayload,
)

TargetId = Annotated[
    strawberry.ID, strawberry.argument(name="id", description="The id of the target.")
]

DeliveryId = Annotated[
    strawberry.ID, strawberry.argument(name="id", description="The id of the delivery.")
]


@strawberry.type(description="Changes of the weekly update.")
class DigestMutation:
    """Part of the mutation root."""

    @resolved(permission=ADMIN, description="Send the weekly update there from the next one on.")
    async def digest_target_create(
        self, info: strawberry.Info, given: Given[DigestTargetCreateInput]
    ) -> DigestTargetCreatePayload | None:
        kind = TargetKind(str(given.kind.value))
        target = await service.add_target(
            info.context.actor,
            kind,
            given.address,
            allow_private=info.context.private_webhooks,
        )
        return DigestTargetCreatePayload(target_key=target)

    @resolved(permission=ADMIN, description="Send the weekly update there no more.")
    async def digest_target_remove(
        self, info: strawberry.Info, target_id: TargetId
    ) -> DigestTargetRemovePayload | None:
        target = read_id(target_id, "id", "DigestTarget")
        await service.remove_target(info.context.actor, target)
        return DigestTargetRemovePayload(target_key=target)

    @resolved(
        permission=ADMIN,
        description="Have a delivery that was tried too often sent anew, with all its tries.",
    )
    async def digest_delivery_retry(
        self, info: strawberry.Info, delivery_id: DeliveryId
    ) -> DigestDeliveryRetryPayload | None:
        delivery = read_id(delivery_id, "id", "DigestDelivery")
        await delivering.retry_delivery(info.context.actor, delivery)
        return DigestDeliveryRetryPayload(delivery_key=delivery)
