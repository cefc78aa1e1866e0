"""Reads of content."""

from collections.abc import Mapping, Sequence

import orjson

from touchline.domain.content.assets import unknown_asset
from touchline.domain.content.writing import AssetText, Attachment, checked_language
from touchline.domain.kernel.db import fetch, fetch_one
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.rows import in_list


async def find_published(slug: str, language: str | None = None) -> int | None:
    """The asset that readers see under a slug: in a language, or else in that of the original.

    ``None`` when there is none; what is asked for in one language is never shown in another.
    """
    try:
        tag = None if language is None else checked_language(language)
    except Refused:
        return None
    wanted = "original_id IS NULL" if tag is None else "language = ?"
    rows = await fetch(
        "SELECT id FROM content_asset WHERE slug = ? AND published_version_id IS NOT NULL"
        f" AND {wanted}",
        (slug,) if tag is None else (slug, tag),
    )
    return int(rows[0]["id"]) if rows else None


async def text_of(asset_id: int) -> AssetText:
    """What is written of an asset now; refuses unknown ones."""
    row = await fetch_one(
        "SELECT v.title, v.body, v.cover_url, v.attachments, v.slots FROM content_asset a"
        " JOIN content_version v ON v.asset_id = a.id AND v.number = a.version WHERE a.id = ?",
        (asset_id,),
    )
    if row is None:
        raise unknown_asset()
    attachments = [Attachment(one["url"], one["title"]) for one in orjson.loads(row["attachments"])]
    slots = None
    if row["slots"] is not None:
        slots = {one["name"]: one["text"] for one in orjson.loads(row["slots"])}
    body = "" if slots is not None else row["body"]
    return AssetText(row["title"], body, row["cover_url"], attachments, slots)


async def status_of(asset_ids: Sequence[int]) -> Mapping[int, bool]:
    """Which of these assets there are, and whether readers see them."""
    if not asset_ids:
        return {}
    wanted, params = in_list("id", asset_ids)
    rows = await fetch(f"SELECT id, published_version_id FROM content_asset WHERE {wanted}", params)
    return {row["id"]: row["published_version_id"] is not None for row in rows}
