"""Changes of what is written."""

from typing import Annotated

import strawberry

from touchline.domain.content import service, templating
from touchline.domain.content.queries import text_of
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import WRITE
from touchline.graphql.content.inputs import (
    ContentAssetCreateInput,
    ContentAssetTranslateInput,
    ContentAssetUpdateInput,
    ContentTemplateCreateInput,
)
from touchline.graphql.content.payloads import (
    ContentAssetCreatePayload,
    ContentAssetTranslatePayload,
    ContentAssetUpdatePayload,
    ContentTemplateArchivePayload,
    ContentTemplateCreatePayload,
)
from touchline.graphql.content.reading import read_change, read_kind, read_new, read_slot, read_text

AssetId = Annotated[
    strawberry.ID, strawberry.argument(name="id", description="The id of the asset.")
]
TemplateId = Annotated[
    strawberry.ID, strawberry.argument(name="id", description="The id of the template.")
]


@strawberry.type(description="Changes of content.")
class ContentMutation:
    """Part of the mutation root."""

    @resolved(permission=WRITE, description="Write an asset, as a draft.")
    async def content_asset_create(
        self, info: strawberry.Info, given: Given[ContentAssetCreateInput]
    ) -> ContentAssetCreatePayload | None:
        asset = await service.create_asset(info.context.actor, read_new(given))
        return ContentAssetCreatePayload(asset_key=asset)

    @resolved(
        permission=WRITE,
        description=(
            "Write the next version of an asset: a draft. Readers still see the version they saw."
        ),
    )
    async def content_asset_update(
        self, info: strawberry.Info, asset_id: AssetId, given: Given[ContentAssetUpdateInput]
    ) -> ContentAssetUpdatePayload | None:
        asset = read_id(asset_id, "id", "ContentAsset")
        follows = given.translated_version
        await service.revise_asset(
            info.context.actor,
            asset,
            read_change(await text_of(asset), given),
            translated_version=None if follows is None else follows.value,
            expected_version=given.expected_version,
        )
        return ContentAssetUpdatePayload(asset_key=asset)

    @resolved(permission=WRITE, description="Write an asset in another language, as a draft.")
    async def content_asset_translate(
        self, info: strawberry.Info, given: Given[ContentAssetTranslateInput]
    ) -> ContentAssetTranslatePayload | None:
        asset = await service.translate_asset(
            info.context.actor,
            read_id(given.original_id, "input.originalId", "ContentAsset"),
            given.language,
            read_text(given),
        )
        return ContentAssetTranslatePayload(asset_key=asset)

    @resolved(permission=WRITE, description="Make a template, whose slots hold assets to rules.")
    async def content_template_create(
        self, info: strawberry.Info, given: Given[ContentTemplateCreateInput]
    ) -> ContentTemplateCreatePayload | None:
        template = await templating.create_template(
            info.context.actor,
            name=given.name,
            kind=read_kind(given.kind),
            slots=[read_slot(one) for one in given.slots],
        )
        return ContentTemplateCreatePayload(template_key=template)

    @resolved(
        permission=WRITE,
        description="Take a template out of use; assets made of it are still held to it.",
    )
    async def content_template_archive(
        self, info: strawberry.Info, template_id: TemplateId
    ) -> ContentTemplateArchivePayload | None:
        template = read_id(template_id, "id", "ContentTemplate")
        await templating.archive_template(info.context.actor, template)
        return ContentTemplateArchivePayload(template_key=template)
