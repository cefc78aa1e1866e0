"""What items speak of, by what a table calls it: names without regard to case, and slugs."""

from collections.abc import Collection, Mapping, Sequence

from touchline.domain.backlog.items import listed
from touchline.domain.campaigns.relations import CAMPAIGN
from touchline.domain.content.relations import CONTENT_ASSET
from touchline.domain.kernel.db import Row, fetch
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import in_list
from touchline.domain.segments.relations import SEGMENT

_SLUG = "CASE WHEN original_id IS NULL THEN slug ELSE slug || '/' || language END"

# Field of a table → what it can speak of.
_NAMED: Mapping[str, str] = {
    "goal": "SELECT id, name FROM business_goal",
    "segment": f"SELECT id, name FROM {SEGMENT.table} WHERE archived_at IS NULL",
    "campaign": f"SELECT id, name FROM {CAMPAIGN.table} WHERE archived_at IS NULL",
    "content assets": f"SELECT id, {_SLUG} AS name FROM {CONTENT_ASSET.table}",
}
"""A translation is called by its slug and its language: ``air-guide/de``."""


async def ids_by_name(fields: Collection[str]) -> dict[str, dict[str, int]]:
    """For each of these fields that holds names, the keys of all that it can speak of."""
    return {
        field: {name_key(row["name"]): row["id"] for row in await fetch(text)}
        for field, text in _NAMED.items()
        if field in fields
    }


async def slugs_of(rows: Sequence[Row]) -> dict[int, str]:
    """What tables call the assets of some items, by their keys."""
    wanted, params = in_list("id", {asset for row in rows for asset in listed(row["asset_ids"])})
    found = await fetch(f"SELECT * FROM ({_NAMED['content assets']}) a WHERE {wanted}", params)
    return {row["id"]: row["name"] for row in found}
