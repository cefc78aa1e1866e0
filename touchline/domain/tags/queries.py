"""Reads of tags that other capabilities need."""

from collections.abc import Iterable

from touchline.domain.conditions.registry import Reference, references
from touchline.domain.conditions.storage import from_json
from touchline.domain.conditions.tree import Condition
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.rows import in_list
from touchline.domain.kernel.statements import Statement


async def names_of(tag_ids: Iterable[int]) -> dict[int, str]:
    """The names of the tags that exist."""
    asked = naming(tag_ids)
    return {row["id"]: row["name"] for row in await fetch(asked.text, asked.params)}


def naming(tag_ids: Iterable[int]) -> Statement:
    """Reads ``id`` and ``name`` of the same."""
    condition, params = in_list("id", tag_ids)
    return Statement(f"SELECT id, name FROM tag WHERE {condition}", params)


async def conditions_of(tag_id: int) -> list[Condition]:
    """The conditions by which rules set a tag, or will when they are in force."""
    rows = await fetch(
        "SELECT id, published_condition AS condition FROM tag_rule"
        " WHERE tag_id = ? AND published_condition IS NOT NULL"
        " UNION ALL SELECT r.id, v.condition FROM tag_rule r JOIN tag_rule_version v"
        " ON v.rule_id = r.id AND v.version = r.building_version WHERE r.tag_id = ? ORDER BY 1",
        (tag_id, tag_id),
    )
    return [from_json(row["condition"]) for row in rows]


async def rules_naming(reference: Reference) -> list[str]:
    """The rules that name something: as they are written, are in force or will be."""
    rows = await fetch(
        "SELECT r.name, r.condition, r.published_condition, v.condition AS building_condition"
        " FROM tag_rule r LEFT JOIN tag_rule_version v"
        " ON v.rule_id = r.id AND v.version = r.building_version WHERE r.status <> 'RETIRED'"
        " ORDER BY r.id"
    )
    kept = ("condition", "published_condition", "building_condition")
    return [
        row["name"]
        for row in rows
        if any(reference in references(from_json(row[one])) for one in kept if row[one])
    ]
