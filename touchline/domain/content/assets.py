"""Assets as commands find them."""

from dataclasses import dataclass

from touchline.domain.content.errors import ContentErrorCode
from touchline.domain.content.types import AssetKind, AssetStatus
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import fetch_one
from touchline.domain.kernel.errors import Conflict, Refused
from touchline.domain.kernel.rows import for_update


@dataclass(frozen=True, slots=True)
class Asset:
    """An asset without its texts. ``status`` is that of its newest ``version``."""

    id: int
    slug: str
    language: str
    kind: AssetKind
    status: AssetStatus
    version: int
    original_id: int | None = None
    translated_version: int | None = None
    template_id: int | None = None
    published_version_id: int | None = None
    publish_at: Moment | None = None


async def found_asset(
    asset_id: int, expected_version: int | None = None, *, field: str = "id"
) -> Asset:
    """The asset, held until the transaction ends; refuses unknown and changed ones."""
    row = await fetch_one(f"SELECT * FROM content_asset WHERE id = ?{for_update()}", (asset_id,))
    if row is None:
        raise unknown_asset(field)
    if expected_version not in (None, row["version"]):
        message = f"The asset is at version {row['version']} by now."
        raise Conflict(message, row["version"], ("expectedVersion",))
    return Asset(
        *(row["id"], row["slug"], row["language"]),
        AssetKind(row["kind"]),
        AssetStatus(row["status"]),
        *(row["version"], row["original_id"], row["translated_version"], row["template_id"]),
        *(row["published_version_id"], row["publish_at"]),
    )


def unknown_asset(*path: str) -> Refused:
    """The refusal for an asset that does not exist."""
    return Refused(ContentErrorCode.ASSET_NOT_FOUND, "There is no such asset.", path or ("id",))
