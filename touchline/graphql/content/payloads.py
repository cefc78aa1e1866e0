"""Answers to changes of content."""

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.content.errors import ContentErrorCode
from touchline.graphql.content.templates import ContentTemplate
from touchline.graphql.content.types import ContentAsset
from touchline.graphql.links.types import Publication
from touchline.graphql.payload import Answer

_NOW = "The asset as it is now."


@mendable("a change of content")
class ContentUserError(UserError):
    """The user error of the capability."""

    code: ContentErrorCode = attribute(description="What is wrong.")


@answer_to("contentAssetCreate")
class ContentAssetCreatePayload(Answer):
    """The new asset, a draft."""

    user_errors: list[ContentUserError] = refusals()
    asset_key: strawberry.Private[int | None] = None
    content_asset: ContentAsset | None = kept("asset_key", description="The new asset.")


@answer_to("contentAssetUpdate")
class ContentAssetUpdatePayload(Answer):
    """The asset with its next version."""

    user_errors: list[ContentUserError] = refusals()
    asset_key: strawberry.Private[int | None] = None
    content_asset: ContentAsset | None = kept("asset_key", description=_NOW)


@answer_to("contentAssetTranslate")
class ContentAssetTranslatePayload(Answer):
    """The new sibling, a draft."""

    user_errors: list[ContentUserError] = refusals()
    asset_key: strawberry.Private[int | None] = None
    content_asset: ContentAsset | None = kept("asset_key", description="The translation.")


@answer_to("contentAssetDerive")
class ContentAssetDerivePayload(Answer):
    """The new asset, a draft."""

    user_errors: list[ContentUserError] = refusals()
    asset_key: strawberry.Private[int | None] = None
    content_asset: ContentAsset | None = kept("asset_key", description="The new asset.")


@answer_to("contentAssetAddSource")
class ContentAssetAddSourcePayload(Answer):
    """The asset with what it is made of."""

    user_errors: list[ContentUserError] = refusals()
    asset_key: strawberry.Private[int | None] = None
    content_asset: ContentAsset | None = kept("asset_key", description=_NOW)


@answer_to("contentAssetRemoveSource")
class ContentAssetRemoveSourcePayload(Answer):
    """The asset with what it is made of."""

    user_errors: list[ContentUserError] = refusals()
    asset_key: strawberry.Private[int | None] = None
    content_asset: ContentAsset | None = kept("asset_key", description=_NOW)


@answer_to("contentAssetSubmit")
class ContentAssetSubmitPayload(Answer):
    """The asset in review."""

    user_errors: list[ContentUserError] = refusals()
    asset_key: strawberry.Private[int | None] = None
    content_asset: ContentAsset | None = kept("asset_key", description=_NOW)


@answer_to("contentAssetApprove")
class ContentAssetApprovePayload(Answer):
    """The approved asset."""

    user_errors: list[ContentUserError] = refusals()
    asset_key: strawberry.Private[int | None] = None
    content_asset: ContentAsset | None = kept("asset_key", description=_NOW)


@answer_to("contentAssetReject")
class ContentAssetRejectPayload(Answer):
    """The asset, a draft again."""

    user_errors: list[ContentUserError] = refusals()
    asset_key: strawberry.Private[int | None] = None
    content_asset: ContentAsset | None = kept("asset_key", description=_NOW)


@answer_to("contentAssetPublish")
class ContentAssetPublishPayload(Answer):
    """The asset, seen by readers or scheduled."""

    user_errors: list[ContentUserError] = refusals()
    asset_key: strawberry.Private[int | None] = None
    publication_key: strawberry.Private[int | None] = None
    publication: Publication | None = kept(
        "publication_key", description="The publication, where a place was given."
    )
    content_asset: ContentAsset | None = kept("asset_key", description=_NOW)


@answer_to("contentAssetUnschedule")
class ContentAssetUnschedulePayload(Answer):
    """The asset, approved and without an instant."""

    user_errors: list[ContentUserError] = refusals()
    asset_key: strawberry.Private[int | None] = None
    content_asset: ContentAsset | None = kept("asset_key", description=_NOW)


@answer_to("contentAssetUnpublish")
class ContentAssetUnpublishPayload(Answer):
    """The asset, seen by nobody."""

    user_errors: list[ContentUserError] = refusals()
    asset_key: strawberry.Private[int | None] = None
    content_asset: ContentAsset | None = kept("asset_key", description=_NOW)


@answer_to("contentAssetArchive")
class ContentAssetArchivePayload(Answer):
    """The asset, put away."""

    user_errors: list[ContentUserError] = refusals()
    asset_key: strawberry.Private[int | None] = None
    content_asset: ContentAsset | None = kept("asset_key", description=_NOW)


@answer_to("contentTemplateCreate")
class ContentTemplateCreatePayload(Answer):
    """The new template."""

    user_errors: list[ContentUserError] = refusals()
    template_key: strawberry.Private[int | None] = None
    content_template: ContentTemplate | None = kept("template_key", description="The new template.")


@answer_to("contentTemplateArchive")
class ContentTemplateArchivePayload(Answer):
    """The template, out of use."""

    user_errors: list[ContentUserError] = refusals()
    template_key: strawberry.Private[int | None] = None
    content_template: ContentTemplate | None = kept(
        "template_key", description="The template, out of use."
    )
