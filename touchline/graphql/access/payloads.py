"""Answers to changes of API keys."""

from enum import Enum

import strawberry

from touchline.domain.access.errors import ApiKeyErrorCode as Code
from touchline.domain.kernel.errors import CommonCode
from touchline.graphql.access.types import ApiKey
from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.base.permissions import ADMIN
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
    MEMBER_NOT_FOUND = strawberry.enum_value(
        Code.MEMBER_NOT_FOUND, description="There is no member with this id."
    )
    MEMBER_GONE = strawberry.enum_value(
        Code.MEMBER_GONE, description="The member has left the team."
    )


@mendable("a change of an API key")
class ApiKeyUserError(UserError):
    """The user error of the capability."""

    code: ApiKeyErrorCode = attribute(description="What is wrong.")


@answer_to("apiKeyCreate", "apiKeyRotate", "apiKeyRevoke")
class ApiKeyAnswer(Answer):
    """An API key after a change."""

    api_key_id: strawberry.Private[int | None] = None
    api_key: ApiKey | None = kept("api_key_id", description="The key as it is now.")
    user_errors: list[ApiKeyUserError] = refusals()


@answer_to("apiKeyCreate", "apiKeyRotate")
class IssuedKeyAnswer(ApiKeyAnswer):
    """A key whose secret is shown this once."""

    secret: str | None = attribute(
        default=None, permission=ADMIN, description="The key itself; it cannot be shown again."
    )


@answer_to("apiKeyCreate")
class ApiKeyCreatePayload(IssuedKeyAnswer):
    """The new key with its secret."""


@answer_to("apiKeyRotate")
class ApiKeyRotatePayload(IssuedKeyAnswer):
    """The key with its new secret."""


@answer_to("apiKeyRevoke")
class ApiKeyRevokePayload(ApiKeyAnswer):
    """The key that works no more."""
