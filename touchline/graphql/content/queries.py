"""Root fields that read content."""

import strawberry

from touchline.domain.content.deriving import reuse
from touchline.domain.content.queries import find_published
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection, found, lookup, resolved
from touchline.graphql.base.made import made_id
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import PUBLIC, READ
from touchline.graphql.content.delivery import PublishedContent
from touchline.graphql.content.filters import ContentAssetFilter, ContentAssetOrder
from touchline.graphql.content.reuse import ContentReuse
from touchline.graphql.content.templates import ContentTemplate
from touchline.graphql.content.types import ContentAsset

KEEP_S = 60


@strawberry.type(description="Reads of content.")
class ContentQuery:
    """Part of the query root."""

    content_asset: ContentAsset | None = lookup(permission=READ, description="One asset by its id.")
    content_assets: Connection[ContentAsset] | None = connection(
        "contentAssets",
        order=Order(("updated_at",), descending=True),
        order_by=ContentAssetOrder,
        filters=ContentAssetFilter,
        permission=READ,
        description="All assets, by default the last changed first.",
    )
    content_template: ContentTemplate | None = lookup(
        permission=READ, description="One template by its id."
    )
    content_templates: Connection[ContentTemplate] | None = connection(
        "contentTemplates",
        order=Order(("name",)),
        permission=READ,
        description="All templates in use, by name.",
    )

    @resolved(permission=READ, description="How much is made of the content that there is.")
    async def content_reuse(self) -> ContentReuse | None:
        found = await reuse()
        return ContentReuse(
            id=made_id("content reuse"),
            asset_count=found.assets,
            reused_count=found.reused,
            derived_count=found.derived,
            reuse_rate=found.rate,
        )

    published_content: PublishedContent | None = found(
        find_published,
        {"slug": "What it is called in addresses."},
        optional={"language": "In which language; by default that of the original."},
        permission=PUBLIC,
        keep_s=KEEP_S,
        description=(
            "What readers see under a slug; null when nothing is published there in that language. "
            "Asked for alone by GET, the answer has an `ETag` and may be kept for a minute."
        ),
    )
