"""What connected systems say: the list of tags that each sends of a customer as the trait ``tags``.

A list is all that its sender says: a tag it leaves out goes, unless somebody else says it too. The
lists are traits with all their history, so that merges take them along and unmerges give them back.
Lists from senders whose key is public, or that pass on what customers type, say nothing of tags.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from touchline.domain.customers.queries import last_told
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.names import name_key
from touchline.domain.kernel.rows import in_list, insert_rows
from touchline.domain.sources.queries import connected_among
from touchline.domain.tags.service import MAX_NAME

LIST = "tags"
"""The trait."""
MOST = 50
"""So many tags of one list count."""


@dataclass(frozen=True, slots=True)
class _Report:
    """A source says a tag of a customer."""

    customer_id: int
    tag_id: int
    source_id: int


async def report(customer_ids: Collection[int], at: Moment) -> set[int]:
    """Note what sources say now of some customers; returns of whom that changed.

    A tag that nobody has made yet is made. What was said before keeps its instant.
    """
    if not customer_ids:
        return set()
    meant = await _meant(sorted(customer_ids))
    condition, params = in_list("customer_id", sorted(customer_ids))
    rows = await fetch(
        f"SELECT id, customer_id, tag_id, source_id FROM tag_report WHERE {condition}", params
    )
    stood = {_Report(row["customer_id"], row["tag_id"], row["source_id"]): row for row in rows}
    gone = [row["id"] for one, row in stood.items() if one not in meant]
    if gone:
        condition, params = in_list("id", gone)
        await execute(f"DELETE FROM tag_report WHERE {condition}", params)
    came = {one: touchpoint for one, touchpoint in meant.items() if one not in stood}
    await insert_rows(
        "tag_report",
        ["customer_id", "tag_id", "source_id", "touchpoint_id", "since"],
        [(one.customer_id, one.tag_id, one.source_id, way, at) for one, way in came.items()],
    )
    return {one.customer_id for one in (*came, *stood) if one not in stood or one not in meant}


async def _meant(customer_ids: Sequence[int]) -> Mapping[_Report, int]:
    """All that is said now, and by which touchpoint."""
    told = await last_told(LIST, customer_ids)
    connected = await connected_among({row["source_id"] for row in told})
    lists = [(row, _names(row["value"])) for row in told if row["source_id"] in connected]
    ids = await _tags({key: name for _, names in lists for key, name in names.items()})
    return {
        _Report(row["customer_id"], ids[key], row["source_id"]): row["touchpoint_id"]
        for row, names in lists
        for key in names
    }


def _names(value: Any) -> dict[str, str]:
    """The names in a list, or the one that is not in a list, by what is alike in them."""
    said = orjson.loads(value) if isinstance(value, str | bytes) else value
    names: dict[str, str] = {}
    for one in said if isinstance(said, list) else [said]:
        name = " ".join(one.split()) if isinstance(one, str) else ""
        if 1 <= len(name) <= MAX_NAME and "\x00" not in name and len(names) < MOST:
            names.setdefault(name_key(name), name)
    return names


async def _tags(names: Mapping[str, str]) -> dict[str, int]:
    """The ids of tags by their keys; those that are none yet are made."""
    found = await _known(names)
    missing = sorted(names.keys() - found.keys())
    if missing:
        await insert_rows(
            "tag",
            ["name", "name_key", "customer_count", "created_at"],
            [(names[key], key, 0, now()) for key in missing],
            on_conflict="ON CONFLICT (name_key) DO NOTHING",
        )
        found |= await _known(missing)
    return found


async def _known(keys: Iterable[str]) -> dict[str, int]:
    condition, params = in_list("name_key", list(keys))
    rows = await fetch(f"SELECT id, name_key FROM tag WHERE {condition}", params)
    return {row["name_key"]: row["id"] for row in rows}
