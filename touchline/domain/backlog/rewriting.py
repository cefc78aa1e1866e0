"""What the history of an item tells of something that was written anew: by names, not by keys."""

from collections.abc import Mapping, Sequence
from typing import Any

from touchline.domain.backlog.items import listed
from touchline.domain.backlog.logbook import Entry
from touchline.domain.backlog.types import LogKind
from touchline.domain.campaigns.relations import CAMPAIGN
from touchline.domain.content.relations import CONTENT_ASSET
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.rows import in_list
from touchline.domain.segments.relations import SEGMENT

_LONG = ("description", "hypothesis")
_WAITS = ("depends_on", "is_dependency_known")

# What keeps keys: what people call it, and where the names are.
_NAMED = {
    "goal_id": ("goal", "business_goal", "name"),
    "segment_id": ("segment", SEGMENT.table, "name"),
    "campaign_id": ("campaign", CAMPAIGN.table, "name"),
    "asset_ids": ("content assets", CONTENT_ASSET.table, "title"),
    "depends_on": ("depends on", "backlog_item", "title"),
}


async def entries_of(before: Mapping[str, Any], changed: Mapping[str, Any]) -> list[Entry]:
    """A line for each column that people know; long texts are named and not told.

    Both have the columns of an item as they are kept, ``changed`` those that are others now.
    """
    after = {**before, **changed}
    lines = []
    for name in changed:
        if name in _WAITS:
            continue
        was, now_is = [await _told(name, one[name]) for one in (before, after)]
        if name == "effort":
            lines.append(Entry(LogKind.ESTIMATE, was, now_is))
        else:
            lines.append(Entry(LogKind.EDIT, was, now_is, _called(name)))
    if any(name in changed for name in _WAITS):
        was, now_is = [await _waits_for(one) for one in (before, after)]
        lines.append(Entry(LogKind.DEPENDENCIES, was, now_is))
    return lines


async def _waits_for(columns: Mapping[str, Any]) -> str | None:
    if not columns["is_dependency_known"]:
        return None
    return await _told("depends_on", columns["depends_on"]) or "nothing"


async def _told(name: str, value: Any) -> str | None:
    if value is None or name in _LONG:
        return None
    if name == "target_milli":
        return f"{value / 1000:g}"
    if name not in _NAMED:
        return str(value)
    _, table, column = _NAMED[name]
    many = isinstance(value, str)
    names = await _names(table, column, listed(value) if many else [value])
    return (", ".join(f"“{one}”" for one in names) if many else names[0]) or None


async def _names(table: str, column: str, keys: Sequence[int]) -> list[str]:
    wanted, params = in_list("id", keys)
    rows = await fetch(f"SELECT id, {column} AS name FROM {table} WHERE {wanted}", params)
    known = {row["id"]: row["name"] for row in rows}
    return [known.get(key, "what is no more") for key in keys]


def _called(name: str) -> str:
    if name == "target_milli":
        return "target"
    return _NAMED[name][0] if name in _NAMED else name.replace("_", " ")
