"""By which conditions the ORM can ask for rows.

Tortoise prepares thirty of them for every column of every table, which hold nine megabytes of each
process. We use few: SQL says the rest. One more is added to ``WAYS``.
"""

from typing import Any

from tortoise import models

WAYS = ("", "not", "in", "isnull", "not_isnull", "gte", "lte", "gt", "lt", "startswith")
"""What may stand behind a column's name and ``__``; nothing says that it equals a value."""

_every_way = models.get_filters_for_field  # type: ignore[attr-defined]


def prepare_few() -> None:
    """Have the tables that are declared from now on prepare these alone."""
    models.get_filters_for_field = _few  # type: ignore[attr-defined]


def _few(field_name: str, field: Any, source_field: str) -> dict[str, Any]:
    made: dict[str, Any] = _every_way(field_name, field, source_field)
    kept = {f"{field_name}__{way}" if way else field_name for way in WAYS}
    return {name: way for name, way in made.items() if name in kept}
