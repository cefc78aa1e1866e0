"""Issuing and revoking API keys."""

from enum import Enum
from typing import ClassVar

import strawberry

from touchline.domain.access import service
from touchline.domain.access.errors import ApiKeyErrorCode as Code
from touchline.domain.kernel.actor import Scope as KeyScope
from touchline.domain.kernel.errors import CommonCode
from touchline.graphql.access.types import ApiKey, Scope
from touchline.graphql.base.errors import UserError, read_id
from touchline.graphql.base.fields import attribute, kept, resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import ADMIN, EVERYONE
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.payload import Answer


@strawberry.enum(description="Why a change of an API key is refused.")
class ApiKeyErrorCode(Enum):
    """The codes of the capability, described."""

    NOT_FOUND = strawberry.enum_value(
        CommonCode.NOT_FOUND, description="There is no API key with this id."
    )
    NAME_BLANK = strawberry.enum_value(Code.NAME_BLANK, description="The name is empty.")
    NAME_TOO_LONG = strawberry.enum_value(Code.NAME_TOO_LONG, description="The name is too long.")
    SCOPES_EMPTY = strawberry.enum_value(
        Code.SCOPES_EMPTY, description="A key needs at least one scope."
    )
    EXPIRY_IN_THE_PAST = strawberry.enum_value(
        Code.EXPIRY_IN_THE_PAST, description="The key would be dead at birth."
    )
    ALREADY_REVOKED = strawberry.enum_value(
        Code.ALREADY_REVOKED, description="The key was revoked before."
    )


@entity(permission=EVERYONE, description="What a user can mend about a change of an API key.")
class ApiKeyUserError(UserError):
    """The user error of the capability."""

    code: ApiKeyErrorCode = attribute(description="What is wrong.")


@entity(permission=EVERYONE, description="An API key after a change.")
class ApiKeyAnswer(Answer):
    """Base of the payloads of the capability."""

    error_type: ClassVar[type[UserError]] = ApiKeyUserError

    api_key_id: strawberry.Private[int | None] = None
    api_key: ApiKey | None = kept("api_key_id", description="The key as it is now.")
    user_errors: list[ApiKeyUserError] = attribute(
        default=[], description="Why nothing was changed; empty when it was."
    )


@entity(permission=EVERYONE, description="The answer to `apiKeyCreate`.")
class ApiKeyCreatePayload(ApiKeyAnswer):
    """The new key with its secret."""

    secret: str | None = attribute(
        default=None, permission=ADMIN, description="The key itself; it cannot be shown again."
    )


@entity(permission=EVERYONE, description="The answer to `apiKeyRotate`.")
class ApiKeyRotatePayload(ApiKeyAnswer):
    """The key with its new secret."""

    secret: str | None = attribute(
        default=None, permission=ADMIN, description="The key itself; it cannot be shown again."
    )


@entity(permission=EVERYONE, description="The answer to `apiKeyRevoke`.")
class ApiKeyRevokePayload(ApiKeyAnswer):
    """The key that works no more."""


@strawberry.input(description="A new API key.")
class ApiKeyCreateInput:
    """What `apiKeyCreate` is given."""

    name: str = strawberry.field(description="What it is for.")
    scopes: list[Scope] = strawberry.field(description="What it may be used for.")
    expires_at: DateTime | None = strawberry.field(
        default=None, description="When it stops working; by default never."
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

    @resolved(permission=ADMIN, cost=10, description="Issue an API key.")
    async def api_key_create(
        self, info: strawberry.Info, given: Given[ApiKeyCreateInput]
    ) -> ApiKeyCreatePayload | None:
        issued = await service.create_key(
            info.context.actor,
            name=given.name,
            scopes=[KeyScope(str(scope.value)) for scope in given.scopes],
            expires_at=given.expires_at,
        )
        return ApiKeyCreatePayload(api_key_id=issued.key.id, secret=issued.secret)

    @resolved(
        permission=ADMIN, cost=10, description="Give an API key a new secret; the old one ends."
    )
    async def api_key_rotate(
        self, info: strawberry.Info, given: Given[ApiKeyRotateInput]
    ) -> ApiKeyRotatePayload | None:
        key_id = read_id(given.id, "input.id", "ApiKey")
        issued = await service.rotate_key(info.context.actor, key_id)
        return ApiKeyRotatePayload(api_key_id=issued.key.id, secret=issued.secret)

    @resolved(permission=ADMIN, cost=10, description="End an API key for good.")
    async def api_key_revoke(
        self, info: strawberry.Info, given: Given[ApiKeyRevokeInput]
    ) -> ApiKeyRevokePayload | None:
        key = await service.revoke_key(info.context.actor, read_id(given.id, "input.id", "ApiKey"))
        return ApiKeyRevokePayload(api_key_id=key.id)
