"""``touchline worker``: do the work that servers leave to others."""

from typing import Annotated

import typer

from touchline.cli.options import DataDir
from touchline.cli.output import note
from touchline.cli.running import prepare, run_loop
from touchline.domain.kernel.logs import configure_logs
from touchline.settings import load_settings
from touchline.workers.embedded import JOBS_AT_ONCE
from touchline.workers.settings import run_worker


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(
        "worker",
        epilog="Example: TOUCHLINE_DATABASE_URL=postgresql://… TOUCHLINE_REDIS_URL=redis://… "
        "touchline worker",
    )(_worker)


def _worker(
    data_dir: DataDir = None,
    jobs: Annotated[
        int, typer.Option(min=1, max=200, metavar="N", help="Most jobs at the same time.")
    ] = JOBS_AT_ONCE,
) -> None:
    """Identify landed events and run jobs until stopped. Several workers share the work."""
    settings = load_settings(data_dir=data_dir)
    configure_logs(settings)
    prepare(settings, _nothing)
    doorbell = "Redis rings" if settings.redis_url else "no Redis: it looks every second"
    note(f"The worker starts ({doorbell}). Stop it with Ctrl+C.")
    run_loop(run_worker(settings, at_once=jobs))


async def _nothing() -> None:
    """Opening the database is all the preparation there is."""
