"""Changes of where an asset stands on its way to readers."""

from typing import Annotated

import strawberry

from touchline.domain.content import publishing
from touchline.domain.content.types import Act
from touchline.domain.links.publishing import publish_on, unschedule
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import WRITE
from touchline.graphql.content.inputs import ContentAssetPublishInput, ContentAssetRejectInput
from touchline.graphql.content.mutations import AssetId
from touchline.graphql.content.payloads import (
    ContentAssetApprovePayload,
    ContentAssetArchivePayload,
    ContentAssetPublishPayload,
    ContentAssetRejectPayload,
    ContentAssetSubmitPayload,
    ContentAssetUnpublishPayload,
    ContentAssetUnschedulePayload,
)
from touchline.graphql.links.reading import read_place

Expected = Annotated[
    int | None,
    strawberry.argument(
        name="expectedVersion", description="The version that you saw; another one is refused."
    ),
]


@strawberry.type(description="The way of content to its readers.")
class PublishingMutation:
    """Part of the mutation root."""

    @resolved(permission=WRITE, description="Give a draft to review.")
    async def content_asset_submit(
        self, info: strawberry.Info, asset_id: AssetId, expected_version: Expected = None
    ) -> ContentAssetSubmitPayload | None:
        asset = _read(asset_id)
        expected = expected_version
        await publishing.step(info.context.actor, asset, Act.SUBMIT, expected_version=expected)
        return ContentAssetSubmitPayload(asset_key=asset)

    @resolved(permission=WRITE, description="Approve what is in review; it may be published then.")
    async def content_asset_approve(
        self, info: strawberry.Info, asset_id: AssetId, expected_version: Expected = None
    ) -> ContentAssetApprovePayload | None:
        asset = _read(asset_id)
        expected = expected_version
        await publishing.step(info.context.actor, asset, Act.APPROVE, expected_version=expected)
        return ContentAssetApprovePayload(asset_key=asset)

    @resolved(permission=WRITE, description="Send what is in review back, with a comment.")
    async def content_asset_reject(
        self, info: strawberry.Info, given: Given[ContentAssetRejectInput]
    ) -> ContentAssetRejectPayload | None:
        asset = read_id(given.asset_id, "input.assetId", "ContentAsset")
        await publishing.step(
            info.context.actor, asset, Act.REJECT, comment=given.comment, field="assetId"
        )
        return ContentAssetRejectPayload(asset_key=asset)

    @resolved(
        permission=WRITE,
        description=(
            "Show what was approved to readers, now or at an instant; another instant moves it."
        ),
    )
    async def content_asset_publish(
        self, info: strawberry.Info, given: Given[ContentAssetPublishInput]
    ) -> ContentAssetPublishPayload | None:
        asset = read_id(given.asset_id, "input.assetId", "ContentAsset")
        base, place = info.context.public_url, given.place
        publication = await publish_on(
            info.context.actor,
            asset,
            None if place is None else read_place(place, base, "input.place"),
            at=given.publish_at,
            expected_version=given.expected_version,
        )
        return ContentAssetPublishPayload(asset_key=asset, publication_key=publication)

    @resolved(permission=WRITE, description="Take an asset and its publications from the schedule.")
    async def content_asset_unschedule(
        self, info: strawberry.Info, asset_id: AssetId
    ) -> ContentAssetUnschedulePayload | None:
        asset = _read(asset_id)
        await unschedule(info.context.actor, asset)
        return ContentAssetUnschedulePayload(asset_key=asset)

    @resolved(
        permission=WRITE,
        description="Take an asset from its readers; caches may show it for a minute yet.",
    )
    async def content_asset_unpublish(
        self, info: strawberry.Info, asset_id: AssetId
    ) -> ContentAssetUnpublishPayload | None:
        asset = _read(asset_id)
        await publishing.unpublish_asset(info.context.actor, asset)
        return ContentAssetUnpublishPayload(asset_key=asset)

    @resolved(
        permission=WRITE, description="Put an asset away for good; refused while readers see it."
    )
    async def content_asset_archive(
        self, info: strawberry.Info, asset_id: AssetId
    ) -> ContentAssetArchivePayload | None:
        asset = _read(asset_id)
        await publishing.step(info.context.actor, asset, Act.ARCHIVE)
        return ContentAssetArchivePayload(asset_key=asset)


def _read(asset_id: strawberry.ID) -> int:
    return read_id(asset_id, "id", "ContentAsset")
