"""Answers to changes of tags."""

from typing import ClassVar

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.permissions import EVERYONE
from touchline.graphql.base.types import entity
from touchline.graphql.customers.types import Customer
from touchline.graphql.payload import Answer
from touchline.graphql.tags.enums import TagErrorCode
from touchline.graphql.tags.types import Tag


@entity(permission=EVERYONE, description="What a user can mend about a change of tags.")
class TagUserError(UserError):
    """The user error of the capability."""

    code: TagErrorCode = attribute(description="What is wrong.")


@entity(permission=EVERYONE, description="The answer to a change of tags.")
class TagAnswer(Answer):
    """Base of the payloads of the capability."""

    error_type: ClassVar[type[UserError]] = TagUserError

    user_errors: list[TagUserError] = attribute(
        default=[], description="Why nothing was changed; empty when it was."
    )


@entity(permission=EVERYONE, description="The answer to `tagCreate`.")
class TagCreatePayload(TagAnswer):
    """The new tag."""

    tag_key: strawberry.Private[int | None] = None
    tag: Tag | None = kept("tag_key", description="The new tag.")


@entity(permission=EVERYONE, description="The answer to `tagUpdate`.")
class TagUpdatePayload(TagAnswer):
    """The tag as it is now."""

    tag_key: strawberry.Private[int | None] = None
    tag: Tag | None = kept("tag_key", description="The tag as it is now.")


@entity(permission=EVERYONE, description="The answer to `tagDelete`.")
class TagDeletePayload(TagAnswer):
    """What is gone."""

    deleted_tag: strawberry.ID | None = attribute(
        default=None, description="The id of the tag that is gone."
    )


@entity(permission=EVERYONE, description="The answer to a change of a customer's tags.")
class CustomerTagsAnswer(TagAnswer):
    """Base of the payloads that show the customer."""

    customer_key: strawberry.Private[int | None] = None
    customer: Customer | None = kept("customer_key", description="The customer as it is now.")


@entity(permission=EVERYONE, description="The answer to `customerAddTags`.")
class CustomerAddTagsPayload(CustomerTagsAnswer):
    """The customer with its tags."""


@entity(permission=EVERYONE, description="The answer to `customerRemoveTags`.")
class CustomerRemoveTagsPayload(CustomerTagsAnswer):
    """The customer with its tags."""


@entity(permission=EVERYONE, description="The answer to `customerPinTag`.")
class CustomerPinTagPayload(CustomerTagsAnswer):
    """The customer with its tags."""
