"""Reaching into the file of an embedded database while no server of the test holds it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from touchline.settings import DATABASE_FILE


def run_sql(folder: Path, *statements: str) -> list[tuple[Any, ...]]:
    """Run the statements in one transaction; returns the rows of the last."""
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as connection, connection:
        rows: list[tuple[Any, ...]] = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        return rows
