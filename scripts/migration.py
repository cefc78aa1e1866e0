"""Writes the next migration from what changed in the models: `make migration NAME=add_notes`.

Without a name it only tells whether one is missing.
"""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

from tortoise import Tortoise
from tortoise.migrations.autodetector import MigrationAutodetector

from touchline.domain.kernel.db import close_database, open_database
from touchline.domain.kernel.orm import app_config
from touchline.settings import Settings


async def missing_migrations() -> list[Any]:
    """Writers of the migrations that the models need and the folder lacks."""
    with tempfile.TemporaryDirectory() as folder:
        await open_database(Settings(_env_file=None, data_dir=Path(folder), database_url=None))
        try:
            apps = Tortoise.apps
            if apps is None:
                raise RuntimeError("the ORM did not start")
            return list(await MigrationAutodetector(apps, app_config()).changes())
        finally:
            await close_database()


def main(name: str | None) -> int:
    writers = asyncio.run(missing_migrations())
    if name is None or not writers:
        print(f"{len(writers)} migration(s) missing")
        return 1 if writers else 0
    for writer in writers:
        number = writer.name.split("_", 1)[0]
        writer.name = f"{number}_{name}"
        print(writer.write())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None))
