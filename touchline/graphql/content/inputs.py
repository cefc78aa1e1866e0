"""What mutations of content are given."""

import strawberry

from touchline.graphql.base.scalars import DateTime
from touchline.graphql.content.enums import ContentKind, ContentRelation, ContentSlotRule
from touchline.graphql.links.inputs import PublicationPlaceInput

_BODY = "What is written, in Markdown; HTML in it is shown as text. At most 80,000 characters."
_SLOTS = "What is written in the slots of its template; the others keep the template's text."


@strawberry.input(description="A file that belongs to an asset.")
class ContentAttachmentInput:
    """Part of what is written of an asset."""

    url: str = strawberry.field(description="Where it is, by http or https.")
    title: str = strawberry.field(description="What it is called, at most 200 characters.")


@strawberry.input(description="What is written in a slot of a template.")
class ContentSlotTextInput:
    """Part of what is written of an asset that is made of a template."""

    name: str = strawberry.field(description="The name of the slot.")
    text: str = strawberry.field(description="Its text, in Markdown.")


@strawberry.input(description="A new asset.")
class ContentAssetCreateInput:
    """What `contentAssetCreate` is given."""

    title: str = strawberry.field(description="What it is called, at most 200 characters.")
    kind: ContentKind | None = strawberry.field(
        default=None,
        description="What sort of content it is; that of the template where there is one.",
    )
    slug: str | None = strawberry.field(
        default=None, description="What it is called in addresses; by default made of the title."
    )
    language: str = strawberry.field(
        default="en", description="Its language, such as `en`, `zh-Hans` or `pt-BR`."
    )
    body: str | None = strawberry.field(default=None, description=_BODY)
    cover_url: str | None = strawberry.field(
        default=None, description="Where its cover picture is, by http or https."
    )
    attachments: list[ContentAttachmentInput] | None = strawberry.field(
        default=None, description="Its files, at most 50."
    )
    template_id: strawberry.ID | None = strawberry.field(
        default=None, description="The template that it is made of."
    )
    slots: list[ContentSlotTextInput] | None = strawberry.field(default=None, description=_SLOTS)


@strawberry.input(description="A new asset made of others.")
class ContentAssetDeriveInput:
    """What `contentAssetDerive` is given."""

    source_ids: list[strawberry.ID] = strawberry.field(
        description="What it is made of, at most 50 assets."
    )
    relation: ContentRelation = strawberry.field(description="How it is made of them.")
    title: str = strawberry.field(description="What it is called, at most 200 characters.")
    kind: ContentKind | None = strawberry.field(
        default=None, description="What sort of content it is; by default that of the first source."
    )
    slug: str | None = strawberry.field(
        default=None, description="What it is called in addresses; by default made of the title."
    )
    language: str = strawberry.field(
        default="en", description="Its language, such as `en`, `zh-Hans` or `pt-BR`."
    )
    body: str | None = strawberry.field(default=None, description=_BODY)
    cover_url: str | None = strawberry.field(
        default=None, description="Where its cover picture is, by http or https."
    )
    attachments: list[ContentAttachmentInput] | None = strawberry.field(
        default=None, description="Its files, at most 50."
    )
    template_id: strawberry.ID | None = strawberry.field(
        default=None, description="The template that it is made of."
    )
    slots: list[ContentSlotTextInput] | None = strawberry.field(default=None, description=_SLOTS)


@strawberry.input(description="An asset and what it is made of.")
class ContentAssetAddSourceInput:
    """What `contentAssetAddSource` is given."""

    asset_id: strawberry.ID = strawberry.field(description="The asset.")
    source_id: strawberry.ID = strawberry.field(description="What it is made of.")
    relation: ContentRelation = strawberry.field(description="How it is made of it.")


@strawberry.input(description="An asset and what it is not made of.")
class ContentAssetRemoveSourceInput:
    """What `contentAssetRemoveSource` is given."""

    asset_id: strawberry.ID = strawberry.field(description="The asset.")
    source_id: strawberry.ID = strawberry.field(description="What it is not made of.")


@strawberry.input(description="The next version of an asset; what is absent stays.")
class ContentAssetUpdateInput:
    """What `contentAssetUpdate` is given."""

    title: strawberry.Maybe[str] = strawberry.field(description="What it is called.")
    body: strawberry.Maybe[str] = strawberry.field(description=_BODY)
    cover_url: strawberry.Maybe[str | None] = strawberry.field(
        description="Where its cover picture is; null for none."
    )
    attachments: strawberry.Maybe[list[ContentAttachmentInput]] = strawberry.field(
        description="Its files, all of them."
    )
    slots: strawberry.Maybe[list[ContentSlotTextInput]] = strawberry.field(
        description="The slots that are written anew; the others stay."
    )
    translated_version: strawberry.Maybe[int] = strawberry.field(
        description="Of a translation: which version of the original it follows now."
    )
    expected_version: int | None = strawberry.field(
        default=None, description="Refuse the change unless this is still the newest version."
    )


@strawberry.input(description="An asset in another language.")
class ContentAssetTranslateInput:
    """What `contentAssetTranslate` is given."""

    original_id: strawberry.ID = strawberry.field(description="The asset to translate.")
    language: str = strawberry.field(description="Into which language.")
    title: str = strawberry.field(description="What it is called there.")
    body: str | None = strawberry.field(default=None, description=_BODY)
    cover_url: str | None = strawberry.field(
        default=None, description="Where its cover picture is, by http or https."
    )
    attachments: list[ContentAttachmentInput] | None = strawberry.field(
        default=None, description="Its files, at most 50."
    )
    slots: list[ContentSlotTextInput] | None = strawberry.field(default=None, description=_SLOTS)


@strawberry.input(description="An asset that is sent back to who wrote it.")
class ContentAssetRejectInput:
    """What `contentAssetReject` is given."""

    asset_id: strawberry.ID = strawberry.field(description="The asset.")
    comment: str | None = strawberry.field(
        default=None, description="What is to be mended, at most 2,000 characters."
    )


@strawberry.input(description="An asset that is shown to readers.")
class ContentAssetPublishInput:
    """What `contentAssetPublish` is given."""

    asset_id: strawberry.ID = strawberry.field(description="The asset.")
    place: PublicationPlaceInput | None = strawberry.field(
        default=None, description="On which channel, too; it gets a tracked link."
    )
    publish_at: DateTime | None = strawberry.field(
        default=None, description="When, in the future; by default now."
    )
    expected_version: int | None = strawberry.field(
        default=None, description="Refuse it unless this is still the newest version."
    )


@strawberry.input(description="A slot of a new template.")
class ContentSlotInput:
    """Part of a template. Lengths are in characters of Markdown."""

    name: str = strawberry.field(description="What it is called; no two are called alike.")
    rule: ContentSlotRule = strawberry.field(description="What may be done with it.")
    text: str = strawberry.field(default="", description="The text it begins with, in Markdown.")
    min_length: int = strawberry.field(default=0, description="The least that must be written.")
    max_length: int | None = strawberry.field(
        default=None, description="The most that may be written."
    )
    required_tokens: list[str] = strawberry.field(
        default_factory=list, description="What must stand in it, word by word; at most 20."
    )


@strawberry.input(description="A new template.")
class ContentTemplateCreateInput:
    """What `contentTemplateCreate` is given."""

    name: str = strawberry.field(description="What to call it, at most 100 characters.")
    kind: ContentKind = strawberry.field(description="What sort of content is made of it.")
    slots: list[ContentSlotInput] = strawberry.field(description="Its slots, in order.")
