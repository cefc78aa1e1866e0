"""A template and its slots."""

import strawberry

from touchline.domain.content.relations import CONTENT_TEMPLATE
from touchline.graphql.base.fields import column, document, global_id, key
from touchline.graphql.base.node import Node
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.content.enums import ContentKind, ContentSlotRule


@entity(permission=READ, description="A part of a template, and what may be done with it.")
class ContentSlot:
    """Kept with the template. Lengths are in characters of Markdown."""

    id: strawberry.ID = global_id(
        description="The global id; to be kept and compared, not taken apart."
    )
    name: str = key(description="What it is called.")
    rule: ContentSlotRule = key(description="What may be done with it.")
    text: str = key(description="The text it begins with, in Markdown.")
    min_length: int = key("minLength", description="The least that must be written.")
    max_length: int | None = key("maxLength", description="The most that may be written.")
    required_tokens: list[str] = key("tokens", description="What must stand in it, word by word.")


@entity(CONTENT_TEMPLATE, permission=READ, description="The slots of which assets are made.")
class ContentTemplate(Node):
    """It never changes, for the assets made of it are held to it."""

    name: str = column(description="What people call it.")
    kind: ContentKind = column(description="What sort of content is made of it.")
    slots: list[ContentSlot] = document("slots", description="Its slots, in order.")
    actor_name: str = column(description="Who made it.")
    created_at: DateTime = column(description="When it was made.")
    archived_at: DateTime | None = column(description="When it was taken out of use.")
