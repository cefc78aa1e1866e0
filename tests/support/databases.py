"""The migrated originals of which each test gets a copy."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.support.postgres import TEMPLATE, Cluster
from touchline.domain.kernel.db import close_database, open_database
from touchline.domain.kernel.migrating import migrate
from touchline.settings import DATABASE_FILE, Settings


def migrated_file(folder: Path) -> Path:
    """An SQLite file in the folder, migrated, with nothing left in its write-ahead log."""
    _migrate(Settings(_env_file=None, data_dir=folder))
    return folder / DATABASE_FILE


def migrated_template(cluster: Cluster) -> None:
    """The template database of the cluster, migrated."""
    _migrate(Settings(_env_file=None, database_url=cluster.create(TEMPLATE)))


def _migrate(settings: Settings) -> None:
    """In a thread of its own, so that neither loop nor context of a test is touched."""

    async def run() -> None:
        await open_database(settings)
        try:
            await migrate()
        finally:
            await close_database()

    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, run()).result()
