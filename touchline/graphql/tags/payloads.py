"""Answers to changes of tags."""

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.customers.types import Customer
from touchline.graphql.payload import Answer
from touchline.graphql.tags.enums import TagErrorCode
from touchline.graphql.tags.labels import Tag


@mendable("a change of tags")
class TagUserError(UserError):
    """The user error of the capability."""

    code: TagErrorCode = attribute(description="What is wrong.")


@answer_to("tagCreate")
class TagCreatePayload(Answer):
    """The new tag."""

    user_errors: list[TagUserError] = refusals()
    tag_key: strawberry.Private[int | None] = None
    tag: Tag | None = kept("tag_key", description="The new tag.")


@answer_to("tagUpdate")
class TagUpdatePayload(Answer):
    """The tag as it is now."""

    user_errors: list[TagUserError] = refusals()
    tag_key: strawberry.Private[int | None] = None
    tag: Tag | None = kept("tag_key", description="The tag as it is now.")


@answer_to("tagDelete")
class TagDeletePayload(Answer):
    """What is gone."""

    user_errors: list[TagUserError] = refusals()
    deleted_tag: strawberry.ID | None = attribute(
        default=None, description="The id of the tag that is gone."
    )


@answer_to("customerAddTags", "customerRemoveTags", "customerPinTag")
class CustomerTagsAnswer(Answer):
    """The customer after a change of its tags."""

    user_errors: list[TagUserError] = refusals()
    customer_key: strawberry.Private[int | None] = None
    customer: Customer | None = kept(
        "customer_key", certain=True, description="The customer as it is now."
    )


@answer_to("customerAddTags")
class CustomerAddTagsPayload(CustomerTagsAnswer):
    """The customer with its tags."""


@answer_to("customerRemoveTags")
class CustomerRemoveTagsPayload(CustomerTagsAnswer):
    """The customer with its tags."""


@answer_to("customerPinTag")
class CustomerPinTagPayload(CustomerTagsAnswer):
    """The customer with its tags."""
