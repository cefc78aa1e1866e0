"""What the history of an item tells of something that was written anew: by keys, and by names."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
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
        was, now_is = [_kept(name, one[name]) for one in (before, after)]
        if name == "effort":
            lines.append(Entry(LogKind.ESTIMATE, was, now_is))
        else:
            names = [await _named(name, one[name]) for one in (before, after)]
            line = Entry(LogKind.EDIT, was, now_is, _called(name))
            lines.append(replace(line, before_name=names[0], after_name=names[1]))
    if any(name in changed for name in _WAITS):
        lines.append(await _waits(before, after))
    return lines


async def _waits(before: Mapping[str, Any], after: Mapping[str, Any]) -> Entry:
    """Nothing where nobody said for what it waits."""
    said = [one["depends_on"] if one["is_dependency_known"] else None for one in (before, after)]
    names = [None if one is None else await _named("depends_on", one) for one in said]
    line = Entry(LogKind.DEPENDENCIES, said[0], said[1])
    return replace(line, before_name=names[0], after_name=names[1])


def _kept(name: str, value: Any) -> str | None:
    if value is None or name in _LONG:
        return None
    return f"{value / 1000:g}" if name == "target_milli" else str(value)


async def _named(name: str, value: Any) -> str | None:
    """What people call that of which this is the key, or all of which these are."""
    if value is None or name not in _NAMED:
        return None
    _, table, column = _NAMED[name]
    if not isinstance(value, str):
        return (await _names(table, column, [value]))[0]
    names = await _names(table, column, listed(value))
    return ", ".join(f"“{one}”" for one in names) or "nothing"


async def _names(table: str, column: str, keys: Sequence[int]) -> list[str]:
    wanted, params = in_list("id", keys)
    rows = await fetch(f"SELECT id, {column} AS name FROM {table} WHERE {wanted}", params)
    known = {row["id"]: row["name"] for row in rows}
    return [known.get(key, "what is no more") for key in keys]


def _called(name: str) -> str:
    if name == "target_milli":
        return "target"
    return _NAMED[name][0] if name in _NAMED else name.replace("_", " ")
