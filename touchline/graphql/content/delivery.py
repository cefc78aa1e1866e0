"""What readers see of an asset, for the frontends that show it to them."""

import strawberry

from touchline.domain.content.relations import PUBLISHED_CONTENT
from touchline.graphql.base.fields import column, document, global_id, key, same_row
from touchline.graphql.base.permissions import PUBLIC
from touchline.graphql.base.scalars import DateTime
from touchline.graphql.base.types import entity
from touchline.graphql.content.enums import ContentKind
from touchline.graphql.content.types import ContentBody

_ID = "The global id; to be kept and compared, not taken apart."


@entity(permission=PUBLIC, description="A file that belongs to what was published.")
class PublishedAttachment:
    """Kept with the version."""

    id: strawberry.ID = global_id(description=_ID)
    title: str = key(description="What it is called.")
    url: str = key(description="Where it is.")


@entity(PUBLISHED_CONTENT, permission=PUBLIC, description="What readers see of an asset.")
class PublishedContent:
    """Nothing of drafts, people or history is shown here."""

    id: strawberry.ID = global_id(description=_ID)
    slug: str = column(description="What it is called in addresses.")
    language: str = column(description="Its language, such as `en` or `zh-Hans`.")
    kind: ContentKind = column(description="What sort of content it is.")
    version: int = column(description="The number of the published version.")
    title: str = column(description="What it is called.")
    body: ContentBody = same_row(description="What is written.")
    cover_url: str | None = column(description="Where its cover picture is.")
    attachments: list[PublishedAttachment] = document("attachments", description="Its files.")
    published_at: DateTime = column(description="When readers first saw this version.")
