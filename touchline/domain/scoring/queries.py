"""Reads of scores that other capabilities need."""

from touchline.domain.conditions.registry import Reference, references
from touchline.domain.conditions.tree import Condition
from touchline.domain.kernel.db import fetch, fetch_one
from touchline.domain.scoring.definition import Rule, from_json


async def model_name(model_id: int) -> str | None:
    """The name of a model."""
    row = await fetch_one("SELECT name FROM scoring_model WHERE id = ?", (model_id,))
    return row["name"] if row else None


async def conditions_of(model_id: int) -> list[Condition]:
    """The conditions of the rules by which a model scores, in force or being brought into it."""
    rows = await fetch(
        "SELECT definition FROM scoring_build"
        " WHERE model_id = ? AND status IN ('COUNTS', 'MAKING')",
        (model_id,),
    )
    return [rule.condition for row in rows for rule in from_json(row["definition"]).rules]


async def models_naming(reference: Reference) -> list[str]:
    """The models that name something: as they are written, are in force or will be."""
    rows = await fetch(
        "SELECT id, name, definition FROM scoring_model WHERE status <> 'RETIRED'"
        " UNION ALL SELECT m.id, m.name, b.definition FROM scoring_build b"
        " JOIN scoring_model m ON m.id = b.model_id"
        " WHERE b.status IN ('COUNTS', 'MAKING') ORDER BY 1"
    )
    found = {
        row["name"]
        for row in rows
        if any(reference in references(rule.condition) for rule in _rules(row["definition"]))
    }
    return sorted(found)


def _rules(definition: str) -> tuple[Rule, ...]:
    return from_json(definition).rules
