"""``touchline migrate``: bring the database to the present tables."""

import asyncio

import typer

from touchline.cli.options import AsJson, DataDir
from touchline.cli.output import note, print_json
from touchline.cli.running import opened
from touchline.domain.kernel import migrating
from touchline.settings import Settings, load_settings


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(epilog="Example: touchline migrate --data-dir var/shop")(migrate)


def migrate(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Bring the database to the present tables. Doing it again does nothing."""
    applied = asyncio.run(_migrate(load_settings(data_dir=data_dir)))
    if as_json:
        print_json({"applied": applied})
    elif applied:
        note(f"Applied {', '.join(applied)}.")
    else:
        note("The database is up to date.")


async def _migrate(settings: Settings) -> list[str]:
    async with opened(settings):
        return await migrating.migrate()
