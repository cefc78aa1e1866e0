"""Changes of tags, and of the tags of customers."""

from dataclasses import replace
from typing import Annotated

import strawberry

from touchline.domain.tags import service, tagging
from touchline.domain.tags.deleting import delete_tag
from touchline.domain.tags.service import TagText
from touchline.domain.tags.tagging import Pin
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import WRITE
from touchline.graphql.tags.inputs import (
    CustomerAddTagsInput,
    CustomerPinTagInput,
    CustomerRemoveTagsInput,
    TagCreateInput,
    TagDeleteInput,
    TagUpdateInput,
)
from touchline.graphql.tags.payloads import (
    CustomerAddTagsPayload,
    CustomerPinTagPayload,
    CustomerRemoveTagsPayload,
    TagCreatePayload,
    TagDeletePayload,
    TagUpdatePayload,
)

TagId = Annotated[strawberry.ID, strawberry.argument(name="id", description="The id of the tag.")]
_CUSTOMER = ("input.customerId", "Customer")


@strawberry.type(description="Changes of tags.")
class TagMutation:
    """Part of the mutation root."""

    @resolved(permission=WRITE, description="Make a tag.")
    async def tag_create(
        self, info: strawberry.Info, given: Given[TagCreateInput]
    ) -> TagCreatePayload | None:
        text = TagText(given.name, given.category, given.color, given.description)
        return TagCreatePayload(tag_key=await service.create_tag(info.context.actor, text))

    @resolved(permission=WRITE, description="Give a tag other words.")
    async def tag_update(
        self, info: strawberry.Info, tag_id: TagId, given: Given[TagUpdateInput]
    ) -> TagUpdatePayload | None:
        tag = read_id(tag_id, "id", "Tag")
        changed = {
            name: part.value
            for name in ("name", "category", "color", "description")
            if (part := getattr(given, name)) is not None
        }
        text = replace(await service.text_of(tag), **changed)
        await service.update_tag(info.context.actor, tag, text)
        return TagUpdatePayload(tag_key=tag)

    @resolved(
        permission=WRITE,
        description="Delete a tag; one that stands with customers only if forced.",
    )
    async def tag_delete(
        self, info: strawberry.Info, given: Given[TagDeleteInput]
    ) -> TagDeletePayload | None:
        await delete_tag(
            info.context.actor, read_id(given.id, "input.id", "Tag"), force=given.force
        )
        return TagDeletePayload(deleted_tag=given.id)

    @resolved(permission=WRITE, description="Give a customer tags by hand.")
    async def customer_add_tags(
        self, info: strawberry.Info, given: Given[CustomerAddTagsInput]
    ) -> CustomerAddTagsPayload | None:
        customer = await tagging.add_tags(
            info.context.actor,
            customer_id=read_id(given.customer_id, *_CUSTOMER),
            tag_ids=_tags(given.tag_ids),
            expires_at=given.expires_at,
        )
        return CustomerAddTagsPayload(customer_key=customer)

    @resolved(
        permission=WRITE,
        description="Take tags from a customer; one that a rule says is pinned off.",
    )
    async def customer_remove_tags(
        self, info: strawberry.Info, given: Given[CustomerRemoveTagsInput]
    ) -> CustomerRemoveTagsPayload | None:
        customer = await tagging.remove_tags(
            info.context.actor,
            customer_id=read_id(given.customer_id, *_CUSTOMER),
            tag_ids=_tags(given.tag_ids),
        )
        return CustomerRemoveTagsPayload(customer_key=customer)

    @resolved(
        permission=WRITE,
        description="Say whether a customer has a tag so that no rule overturns it.",
    )
    async def customer_pin_tag(
        self, info: strawberry.Info, given: Given[CustomerPinTagInput]
    ) -> CustomerPinTagPayload | None:
        customer = await tagging.pin_tag(
            info.context.actor,
            customer_id=read_id(given.customer_id, *_CUSTOMER),
            tag_id=read_id(given.tag_id, "input.tagId", "Tag"),
            pin=Pin(str(given.pin.value)),
            expires_at=given.expires_at,
        )
        return CustomerPinTagPayload(customer_key=customer)


def _tags(ids: list[strawberry.ID]) -> list[int]:
    return [read_id(one, "input.tagIds", "Tag") for one in ids]
