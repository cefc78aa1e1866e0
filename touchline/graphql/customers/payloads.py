"""Answers to changes of customers."""

from enum import Enum

import strawberry

from touchline.domain.customers.errors import CustomerErrorCode as Code
from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
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


@mendable("a change of a customer")
class CustomerUserError(UserError):
    """The user error of the capability."""

    code: CustomerErrorCode = attribute(description="What is wrong.")


@answer_to("customerAddNote")
class CustomerAddNotePayload(Answer):
    """The note as it stands on the timeline."""

    user_errors: list[CustomerUserError] = refusals()
    touchpoint_key: strawberry.Private[int | None] = None
    touchpoint: Touchpoint | None = kept("touchpoint_key", description="The note.")


@answer_to("customerCorrectTrait")
class CustomerCorrectTraitPayload(Answer):
    """The customer with the corrected trait."""

    user_errors: list[CustomerUserError] = refusals()
    customer_key: strawberry.Private[int | None] = None
    touchpoint_key: strawberry.Private[int | None] = None
    customer: Customer | None = kept("customer_key", description="The customer as it is now.")
    touchpoint: Touchpoint | None = kept(
        "touchpoint_key", description="The entry on the timeline that tells of it."
    )
