"""Answers to changes of customers."""

from enum import Enum
from typing import ClassVar

import strawberry

from touchline.domain.customers.errors import CustomerErrorCode as Code
from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.permissions import EVERYONE
from touchline.graphql.base.types import entity
from touchline.graphql.customers.types import Customer
from touchline.graphql.payload import Answer
from touchline.graphql.timeline.types import Touchpoint


@strawberry.enum(description="Why a change of a customer is refused.")
class CustomerErrorCode(Enum):
    """The codes of the capability, described."""

    CUSTOMER_NOT_FOUND = strawberry.enum_value(
        Code.CUSTOMER_NOT_FOUND, description="There is no customer with this id."
    )
    TRAIT_NAME_INVALID = strawberry.enum_value(
        Code.TRAIT_NAME_INVALID, description="The trait's name is empty or too long."
    )
    TRAIT_VALUE_INVALID = strawberry.enum_value(
        Code.TRAIT_VALUE_INVALID, description="The trait's value is too large."
    )
    NOTE_INVALID = strawberry.enum_value(
        Code.NOTE_INVALID, description="The note is empty or too long."
    )
    REASON_INVALID = strawberry.enum_value(
        Code.REASON_INVALID, description="The reason is empty or too long."
    )
    TIME_INVALID = strawberry.enum_value(
        Code.TIME_INVALID, description="The time lies in the future or before 1970."
    )


@entity(permission=EVERYONE, description="What a user can mend about a change of a customer.")
class CustomerUserError(UserError):
    """The user error of the capability."""

    code: CustomerErrorCode = attribute(description="What is wrong.")


@entity(permission=EVERYONE, description="The answer to a change of a customer.")
class CustomerAnswer(Answer):
    """Base of the payloads of the capability."""

    error_type: ClassVar[type[UserError]] = CustomerUserError

    user_errors: list[CustomerUserError] = attribute(
        default=[], description="Why nothing was changed; empty when it was."
    )


@entity(permission=EVERYONE, description="The answer to `customerAddNote`.")
class CustomerAddNotePayload(CustomerAnswer):
    """The note as it stands on the timeline."""

    touchpoint_key: strawberry.Private[int | None] = None
    touchpoint: Touchpoint | None = kept("touchpoint_key", description="The note.")


@entity(permission=EVERYONE, description="The answer to `customerCorrectTrait`.")
class CustomerCorrectTraitPayload(CustomerAnswer):
    """The customer with the corrected trait."""

    customer_key: strawberry.Private[int | None] = None
    touchpoint_key: strawberry.Private[int | None] = None
    customer: Customer | None = kept("customer_key", description="The customer as it is now.")
    touchpoint: Touchpoint | None = kept(
        "touchpoint_key", description="The entry on the timeline that tells of it."
    )
