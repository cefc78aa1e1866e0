"""What mutations of tags are given."""

import strawberry

from touchline.graphql.base.scalars import DateTime
from touchline.graphql.tags.enums import TagPin


@strawberry.input(description="A new tag.")
class TagCreateInput:
    """What `tagCreate` is given."""

    name: str = strawberry.field(description="The tag itself, at most 100 characters.")
    category: str | None = strawberry.field(
        default=None, description="The group of tags it belongs to, at most 100 characters."
    )
    color: str | None = strawberry.field(
        default=None, description="The colour to show it in, as #rrggbb."
    )
    description: str | None = strawberry.field(
        default=None, description="What it means, at most 1,000 characters."
    )


@strawberry.input(description="Other words for a tag; what is absent stays.")
class TagUpdateInput:
    """What `tagUpdate` is given."""

    name: strawberry.Maybe[str] = strawberry.field(description="The tag itself.")
    category: strawberry.Maybe[str | None] = strawberry.field(
        description="The group of tags it belongs to; null takes it out of its group."
    )
    color: strawberry.Maybe[str | None] = strawberry.field(
        description="The colour to show it in, as #rrggbb; null for none."
    )
    description: strawberry.Maybe[str | None] = strawberry.field(
        description="What it means; null for nothing."
    )


@strawberry.input(description="Which tag to delete.")
class TagDeleteInput:
    """What `tagDelete` is given."""

    id: strawberry.ID = strawberry.field(description="The id of the tag.")
    force: bool = strawberry.field(
        default=False, description="Whether to delete it although customers have it."
    )


@strawberry.input(description="Which tags a customer gets.")
class CustomerAddTagsInput:
    """What `customerAddTags` is given."""

    customer_id: strawberry.ID = strawberry.field(description="Who gets them.")
    tag_ids: list[strawberry.ID] = strawberry.field(description="The tags, at most 50.")
    expires_at: DateTime | None = strawberry.field(
        default=None, description="When they lapse; by default never."
    )


@strawberry.input(description="Which tags a customer loses.")
class CustomerRemoveTagsInput:
    """What `customerRemoveTags` is given."""

    customer_id: strawberry.ID = strawberry.field(description="Who loses them.")
    tag_ids: list[strawberry.ID] = strawberry.field(description="The tags, at most 50.")


@strawberry.input(description="A word on a tag and a customer that no rule overturns.")
class CustomerPinTagInput:
    """What `customerPinTag` is given."""

    customer_id: strawberry.ID = strawberry.field(description="Whose tag is pinned.")
    tag_id: strawberry.ID = strawberry.field(description="The tag.")
    pin: TagPin = strawberry.field(default=TagPin.ON, description="What the pin says.")
    expires_at: DateTime | None = strawberry.field(
        default=None, description="When the pin lapses; by default never."
    )
