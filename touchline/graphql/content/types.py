"""An asset, its versions and its history."""

import strawberry

from touchline.domain.content.relations import (
    CONTENT_ASSET,
    CONTENT_FAMILY,
    CONTENT_LINEAGE,
    CONTENT_STEP,
    CONTENT_USE,
    CONTENT_VERSION,
)
from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import (
    column,
    connection,
    document,
    global_id,
    key,
    related,
    rows,
    same_row,
)
from touchline.graphql.base.node import Node
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import PUBLIC, READ
from touchline.graphql.base.ranges import ranged
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.content.enums import (
    ContentAct,
    ContentKind,
    ContentRelation,
    ContentStatus,
)
from touchline.graphql.content.templates import ContentTemplate
from touchline.graphql.links.types import Publication
from touchline.graphql.performance.types import ContentFamilyPerformance, ContentPerformance

_ID = "The global id; to be kept and compared, not taken apart."
_MOST = 200


@entity(CONTENT_VERSION, permission=PUBLIC, description="A body as it was written and as HTML.")
class ContentBody:
    """Shown of the row that keeps it."""

    id: strawberry.ID = global_id("body_id", description=_ID)
    markdown: str = column("body", description="As it was written, in Markdown.")
    html: str = column(
        "body_html",
        description="Rendered, and cleaned of everything that could run: safe to show on a page.",
    )


@entity(permission=READ, description="A file that belongs to an asset.")
class ContentAttachment:
    """Kept with the version."""

    id: strawberry.ID = global_id(description=_ID)
    title: str = key(description="What it is called.")
    url: str = key(description="Where it is.")


@entity(permission=READ, description="What was written in a slot of a template.")
class ContentSlotText:
    """Kept with the version."""

    id: strawberry.ID = global_id(description=_ID)
    name: str = key(description="The name of the slot.")
    text: str = key(description="Its text, in Markdown.")


@entity(CONTENT_VERSION, permission=READ, description="An asset as it was written once.")
class ContentVersion(Node):
    """A version never changes."""

    number: int = column(description="Which version it is, counted from 1.")
    title: str = column(description="What it is called.")
    body: ContentBody = same_row(description="What is written.")
    cover_url: str | None = column(description="Where its cover picture is.")
    attachments: list[ContentAttachment] = document("attachments", description="Its files.")
    slots: list[ContentSlotText] | None = document(
        "slots", description="What was written in the slots of its template."
    )
    actor_name: str = column(description="Who wrote it.")
    created_at: DateTime = column(description="When it was written.")
    published_at: DateTime | None = column(description="When readers first saw it.")


@entity(CONTENT_STEP, permission=READ, description="A step of an asset on its way to readers.")
class ContentStep(Node):
    """Who did what with which version."""

    version: int = column(description="The version it was taken with.")
    act: ContentAct = column(description="What was done.")
    status: ContentStatus = column(description="Where the asset stood after it.")
    comment: str | None = column(description="What was said about it.")
    actor_name: str = column(description="Who did it.")
    taken_at: DateTime = column(description="When it was done.")


@entity(CONTENT_LINEAGE, permission=READ, description="What an asset is made of.")
class ContentOrigin:
    """One of its sources."""

    id: strawberry.ID = global_id(description=_ID)
    relation: ContentRelation = column(description="How it is made of it.")
    asset: "ContentAsset" = related({"source_id": "id"}, description="The source.")
    actor_name: str = column(description="Who said so.")
    created_at: DateTime = column(description="When it was said.")


@entity(CONTENT_LINEAGE, permission=READ, description="What is made of an asset.")
class ContentDerivative:
    """One of the assets made of it."""

    id: strawberry.ID = global_id(description=_ID)
    relation: ContentRelation = column(description="How it is made of it.")
    asset: "ContentAsset" = related({"asset_id": "id"}, description="What is made of it.")


@entity(CONTENT_USE, permission=READ, description="Where an asset is used.")
class ContentUse(Node):
    """In what is made of it, or of what is made of it, and so on."""

    asset: "ContentAsset" = related({"asset_id": "id"}, description="What it is used in.")
    is_direct: bool = column(description="Whether this is made of the asset itself.")


@entity(
    CONTENT_FAMILY,
    permission=READ,
    description="All assets that are made of each other, in whatever way.",
)
class ContentFamily(Node):
    """An asset alone is a family of one."""

    asset_count: int = column(description="How many assets belong to it.")
    performance: ContentFamilyPerformance = ranged(
        {"family": "id"}, description="What happened with its assets in a range of days."
    )
    assets: Connection["ContentAsset"] = connection(
        "contentFamilyAssets",
        on={"id": "family_id"},
        order=Order(("created_at",)),
        description="The assets that belong to it, the oldest first.",
    )


@entity(CONTENT_ASSET, permission=READ, description="A piece of content in one language.")
class ContentAsset(Node):
    """`title`, `body` and `status` are those of the newest version."""

    slug: str = column(description="What it is called in addresses; siblings share it.")
    language: str = column(description="Its language, such as `en` or `zh-Hans`.")
    kind: ContentKind = column(description="What sort of content it is.")
    status: ContentStatus = column(description="Where the newest version stands.")
    title: str = column(description="What it is called.")
    body: str = column(description="What is written, in Markdown.")
    performance: ContentPerformance = ranged(
        {"asset": "id"}, description="What happened with it in a range of days."
    )
    version: int = column(description="The number of the newest version.")
    newest_version: ContentVersion = related(
        {"id": "asset_id", "version": "number"}, description="The newest version as a whole."
    )
    published_version: ContentVersion | None = related(
        {"published_version_id": "id"}, description="The version that readers see."
    )
    publish_at: DateTime | None = column(description="When it is published by itself.")
    versions: Connection[ContentVersion] = connection(
        "contentAssetVersions",
        on={"id": "asset_id"},
        order=Order(("number",), descending=True),
        description="Every version, the newest first.",
    )
    history: Connection[ContentStep] = connection(
        "contentAssetHistory",
        on={"id": "asset_id"},
        order=Order(("taken_at",), descending=True),
        description="Every step on the way to readers, the last first.",
    )
    original: "ContentAsset | None" = related(
        {"original_id": "id"}, description="What it is a translation of."
    )
    translated_version: int | None = column(
        description="Which version of the original the translation follows."
    )
    is_translation_stale: bool = column(
        description="Whether the original was written anew since it was translated."
    )
    siblings: list["ContentAsset"] = rows(
        {"slug": "slug"},
        order=Order(("language",)),
        limit=_MOST,
        description="The same in all its languages, this one among them.",
    )
    derived_from: list[ContentOrigin] = rows(
        {"id": "asset_id"},
        order=Order(("created_at",)),
        limit=_MOST,
        description="What it is made of.",
    )
    derivatives: list[ContentDerivative] = rows(
        {"id": "source_id"},
        order=Order(("created_at",)),
        limit=_MOST,
        description="What is made of it, the first 200.",
    )
    used_in: Connection[ContentUse] = connection(
        "contentAssetUses",
        on={"id": "ancestor_id"},
        order=Order(("asset_id",)),
        description="Where it is used: what is made of it by any number of steps.",
    )
    family: ContentFamily = related(
        {"family_id": "id"}, description="All that hangs together with it."
    )
    publications: list[Publication] = rows(
        {"id": "asset_id"},
        order=Order(("published_at",)),
        limit=_MOST,
        description="Where it was published, the first 200.",
    )
    template: ContentTemplate | None = related(
        {"template_id": "id"}, description="The template that it is made of."
    )
    created_at: DateTime = column(description="When it was first written.")
    updated_at: DateTime = column(description="When last something was done with it.")
