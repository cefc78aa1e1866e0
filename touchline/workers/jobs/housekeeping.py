"""Keeping the house in order."""

from touchline.domain.kernel.db import dialect, execute


async def tidy_database() -> None:
    """Let SQLite look at its tables anew, so that it keeps choosing the right indexes.

    PostgreSQL does so by itself.
    """
    if dialect() == "sqlite":
        await execute("PRAGMA optimize")
