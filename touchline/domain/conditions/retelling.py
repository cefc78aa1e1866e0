"""Keeping the words of stored conditions true to the names of what they speak of."""

from touchline.domain.conditions.explaining import explain
from touchline.domain.conditions.registry import Reference, references
from touchline.domain.conditions.storage import from_json
from touchline.domain.kernel.db import execute, fetch


async def retell_in(
    table: str,
    named: Reference,
    *,
    condition: str = "condition",
    summary: str = "condition_summary",
) -> None:
    """Write anew what the conditions of a table say that name something: it is called otherwise.

    The columns are those of the condition and of its words.
    """
    rows = await fetch(
        f"SELECT id, {condition} AS condition FROM {table} WHERE {condition} IS NOT NULL"
    )
    for row in rows:
        held = from_json(row["condition"])
        if named in references(held):
            sql = f"UPDATE {table} SET {summary} = ? WHERE id = ?"
            await execute(sql, (await explain(held), row["id"]))
