"""Answers to decisions about who is who."""

from collections.abc import Sequence
from enum import Enum

import strawberry

from touchline.domain.identity.errors import IdentityCode as Code
from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.customers.types import Customer
from touchline.graphql.identity.previews import CustomerPreview
from touchline.graphql.identity.types import CustomerMerge
from touchline.graphql.payload import Answer


@strawberry.enum(description="Why a decision about customers cannot be carried out.")
class IdentityErrorCode(Enum):
    """The codes of the capability, described."""

    SAME_CUSTOMER = strawberry.enum_value(
        Code.SAME_CUSTOMER, description="Both ids mean the same customer."
    )
    CUSTOMER_NOT_FOUND = strawberry.enum_value(
        Code.CUSTOMER_NOT_FOUND, description="There is no customer with this id."
    )
    MERGE_NOT_FOUND = strawberry.enum_value(
        Code.MERGE_NOT_FOUND, description="There is no merge with this id."
    )
    ALREADY_UNMERGED = strawberry.enum_value(
        Code.ALREADY_UNMERGED, description="The merge was taken back before."
    )
    NOTHING_TO_SPLIT = strawberry.enum_value(
        Code.NOTHING_TO_SPLIT, description="None or all of the identifiers were named."
    )
    IDENTIFIER_NOT_OF_CUSTOMER = strawberry.enum_value(
        Code.IDENTIFIER_NOT_OF_CUSTOMER, description="The customer is not known by this."
    )
    NOT_FORBIDDEN = strawberry.enum_value(
        Code.NOT_FORBIDDEN, description="No decision keeps the two apart."
    )
    REASON_INVALID = strawberry.enum_value(
        Code.REASON_INVALID, description="The reason is empty or too long."
    )


@mendable("a decision")
class IdentityUserError(UserError):
    """The user error of the capability."""

    code: IdentityErrorCode = attribute(description="What is wrong.")


@answer_to("customerUnmerge", "customerSplit", "customerForbidMerge", "customerAllowMerge")
class CustomersAnswer(Answer):
    """The customers after a decision."""

    user_errors: list[IdentityUserError] = refusals()
    customer_keys: strawberry.Private[Sequence[int]] = ()
    customers: list[Customer] = kept(
        "customer_keys", many=True, description="The customers as they are now."
    )


@answer_to("customerUnmerge", "customerSplit")
class PartedAnswer(CustomersAnswer):
    """The customers that a decision parts, rehearsed or done."""

    previews: list[CustomerPreview] = attribute(
        default=[], description="What the decision makes of each, rehearsed or done."
    )


@answer_to("customerMerge")
class CustomerMergePayload(Answer):
    """The customer that two became."""

    user_errors: list[IdentityUserError] = refusals()
    customer_key: strawberry.Private[int | None] = None
    merge_key: strawberry.Private[int | None] = None
    customer: Customer | None = kept(
        "customer_key", description="The customer as it is now; null in a rehearsal."
    )
    merge: CustomerMerge | None = kept(
        "merge_key", description="What `customerUnmerge` takes back; null in a rehearsal."
    )
    preview: CustomerPreview | None = attribute(
        default=None, description="What the decision makes of the two, rehearsed or done."
    )


@answer_to("customerUnmerge")
class CustomerUnmergePayload(PartedAnswer):
    """The customers as if they had never met."""


@answer_to("customerSplit")
class CustomerSplitPayload(PartedAnswer):
    """The customer and who was split from it."""


@answer_to("customerForbidMerge")
class CustomerForbidMergePayload(CustomersAnswer):
    """The two that stay apart."""


@answer_to("customerAllowMerge")
class CustomerAllowMergePayload(CustomersAnswer):
    """What the two are now: one customer or still two."""
