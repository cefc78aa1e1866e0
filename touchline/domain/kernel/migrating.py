"""Bringing the open database to the present tables."""

from typing import Any

from tortoise.migrations.executor import MigrationExecutor

from touchline.domain.kernel.db import app_config, dialect, engine, execute


async def migrate() -> list[str]:
    """Apply what is pending, oldest first; returns the names that were applied.

    On SQLite foreign keys rest meanwhile (remaking a parent table would empty its children) and
    are checked before they are in force again.
    """
    pending = await pending_migrations()
    if not pending:
        return []
    if dialect() == "sqlite":
        await execute("PRAGMA foreign_keys=OFF")
    try:
        await _executor().migrate()
    finally:
        if dialect() == "sqlite":
            await execute("PRAGMA foreign_keys=ON")
    return pending


async def pending_migrations() -> list[str]:
    """Names of the migrations that this database has not seen."""
    plan = await _executor().plan()
    return [step.migration.name for step in plan]


def _executor() -> Any:
    return MigrationExecutor(engine(), app_config())
