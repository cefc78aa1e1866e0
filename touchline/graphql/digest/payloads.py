"""Answers to changes of the weekly update."""

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.digest.enums import DigestErrorCode
from touchline.graphql.digest.types import DigestDelivery, DigestTarget
from touchline.graphql.payload import Answer


@mendable("the weekly update")
class DigestUserError(UserError):
    """The user error of the capability."""

    code: DigestErrorCode = attribute(description="What is wrong.")


@answer_to("digestTargetCreate")
class DigestTargetCreatePayload(Answer):
    """The new target."""

    user_errors: list[DigestUserError] = refusals()
    target_key: strawberry.Private[int | None] = None
    digest_target: DigestTarget | None = kept("target_key", description="The new target.")


@answer_to("digestTargetRemove")
class DigestTargetRemovePayload(Answer):
    """The target to which nothing is sent any more."""

    user_errors: list[DigestUserError] = refusals()
    target_key: strawberry.Private[int | None] = None
    digest_target: DigestTarget | None = kept("target_key", description="The target.")


@answer_to("digestDeliveryRetry")
class DigestDeliveryRetryPayload(Answer):
    """The delivery that is on its way again."""

    user_errors: list[DigestUserError] = refusals()
    delivery_key: strawberry.Private[int | None] = None
    digest_delivery: DigestDelivery | None = kept("delivery_key", description="The delivery.")
