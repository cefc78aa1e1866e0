"""Issuing and revoking API keys."""

import strawberry

from touchline.domain.access import service
from touchline.domain.kernel.actor import Scope as KeyScope
from touchline.graphql.access.payloads import (
    ApiKeyCreatePayload,
    ApiKeyRevokePayload,
    ApiKeyRotatePayload,
)
from touchline.graphql.access.types import Scope
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import ADMIN
from touchline.graphql.base.scalars import DateTime


@strawberry.input(description="A new API key.")
class ApiKeyCreateInput:
    """What `apiKeyCreate` is given."""

    name: str = strawberry.field(description="What it is for.")
    scopes: list[Scope] = strawberry.field(description="What it may be used for.")
    expires_at: DateTime | None = strawberry.field(
        default=None, description="When it stops working; by default never."
    )
    trusted_only: bool = strawberry.field(
        default=False, description="Whether it may run registered documents only."
    )
    member_id: strawberry.ID | None = strawberry.field(
        default=None, description="The member in whose name it acts; by default nobody's."
    )


@strawberry.input(description="Which API key gets a new secret.")
class ApiKeyRotateInput:
    """What `apiKeyRotate` is given."""

    id: strawberry.ID = strawberry.field(description="The id of the key.")


@strawberry.input(description="Which API key shall work no more.")
class ApiKeyRevokeInput:
    """What `apiKeyRevoke` is given."""

    id: strawberry.ID = strawberry.field(description="The id of the key.")


@strawberry.type(description="Changes of API keys.")
class AccessMutation:
    """Part of the mutation root."""

    @resolved(permission=ADMIN, description="Issue an API key.")
    async def api_key_create(
        self, info: strawberry.Info, given: Given[ApiKeyCreateInput]
    ) -> ApiKeyCreatePayload | None:
        member = given.member_id
        issued = await service.create_key(
            info.context.actor,
            name=given.name,
            scopes=[KeyScope(str(scope.value)) for scope in given.scopes],
            expires_at=given.expires_at,
            trusted_only=given.trusted_only,
            member_id=None if member is None else read_id(member, "input.memberId", "Member"),
        )
        return ApiKeyCreatePayload(api_key_id=issued.key.id, secret=issued.secret)

    @resolved(permission=ADMIN, description="Give an API key a new secret; the old one ends.")
    async def api_key_rotate(
        self, info: strawberry.Info, given: Given[ApiKeyRotateInput]
    ) -> ApiKeyRotatePayload | None:
        key_id = read_id(given.id, "input.id", "ApiKey")
        issued = await service.rotate_key(info.context.actor, key_id)
        return ApiKeyRotatePayload(api_key_id=issued.key.id, secret=issued.secret)

    @resolved(permission=ADMIN, description="End an API key for good.")
    async def api_key_revoke(
        self, info: strawberry.Info, given: Given[ApiKeyRevokeInput]
    ) -> ApiKeyRevokePayload | None:
        key = await service.revoke_key(info.context.actor, read_id(given.id, "input.id", "ApiKey"))
        return ApiKeyRevokePayload(api_key_id=key.id)
