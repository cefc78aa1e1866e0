"""Changes of what is made of what."""

import strawberry

from touchline.domain.content import lineage
from touchline.domain.content.deriving import derive_asset
from touchline.domain.content.types import AssetRelation
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import WRITE
from touchline.graphql.content.enums import ContentRelation
from touchline.graphql.content.inputs import (
    ContentAssetAddSourceInput,
    ContentAssetDeriveInput,
    ContentAssetRemoveSourceInput,
)
from touchline.graphql.content.payloads import (
    ContentAssetAddSourcePayload,
    ContentAssetDerivePayload,
    ContentAssetRemoveSourcePayload,
)
from touchline.graphql.content.reading import read_new


@strawberry.type(description="Changes of what is made of what.")
class LineageMutation:
    """Part of the mutation root."""

    @resolved(permission=WRITE, description="Write an asset made of others, as a draft.")
    async def content_asset_derive(
        self, info: strawberry.Info, given: Given[ContentAssetDeriveInput]
    ) -> ContentAssetDerivePayload | None:
        sources = [read_id(one, "input.sourceIds", "ContentAsset") for one in given.source_ids]
        asset = await derive_asset(
            info.context.actor, sources, _relation(given.relation), read_new(given)
        )
        return ContentAssetDerivePayload(asset_key=asset)

    @resolved(permission=WRITE, description="Say that an asset is made of another.")
    async def content_asset_add_source(
        self, info: strawberry.Info, given: Given[ContentAssetAddSourceInput]
    ) -> ContentAssetAddSourcePayload | None:
        asset = read_id(given.asset_id, "input.assetId", "ContentAsset")
        source = read_id(given.source_id, "input.sourceId", "ContentAsset")
        await lineage.add_source(info.context.actor, asset, source, _relation(given.relation))
        return ContentAssetAddSourcePayload(asset_key=asset)

    @resolved(permission=WRITE, description="Take back that an asset is made of another.")
    async def content_asset_remove_source(
        self, info: strawberry.Info, given: Given[ContentAssetRemoveSourceInput]
    ) -> ContentAssetRemoveSourcePayload | None:
        asset = read_id(given.asset_id, "input.assetId", "ContentAsset")
        source = read_id(given.source_id, "input.sourceId", "ContentAsset")
        await lineage.remove_source(info.context.actor, asset, source)
        return ContentAssetRemoveSourcePayload(asset_key=asset)


def _relation(given: ContentRelation) -> AssetRelation:
    return AssetRelation(str(given.value))
