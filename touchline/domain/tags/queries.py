"""Reads of tags that other capabilities need."""

from collections.abc import Iterable

from touchline.domain.conditions.storage import from_json
from touchline.domain.conditions.tree import Condition
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.rows import in_list


async def names_of(tag_ids: Iterable[int]) -> dict[int, str]:
    """The names of the tags that exist."""
    condition, params = in_list("id", tag_ids)
    rows = await fetch(f"SELECT id, name FROM tag WHERE {condition}", params)
    return {row["id"]: row["name"] for row in rows}


async def conditions_of(tag_id: int) -> list[Condition]:
    """The conditions by which rules in force set a tag."""
    rows = await fetch(
        "SELECT published_condition FROM tag_rule"
        " WHERE tag_id = ? AND published_condition IS NOT NULL ORDER BY id",
        (tag_id,),
    )
    return [from_json(row["published_condition"]) for row in rows]
