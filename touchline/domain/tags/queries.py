"""Reads of tags that other capabilities need."""

from collections.abc import Iterable

from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.rows import in_list


async def names_of(tag_ids: Iterable[int]) -> dict[int, str]:
    """The names of the tags that exist."""
    condition, params = in_list("id", tag_ids)
    rows = await fetch(f"SELECT id, name FROM tag WHERE {condition}", params)
    return {row["id"]: row["name"] for row in rows}
