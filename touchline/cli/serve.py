"""``touchline serve``: the server, and in the embedded mode the worker with it."""

import gc
import signal
import socket
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from touchline.api.app import create_app
from touchline.cli.options import DataDir
from touchline.cli.output import note
from touchline.cli.room import with_room
from touchline.cli.running import Unavailable, prepare
from touchline.domain.access import queries
from touchline.domain.kernel.actor import SYSTEM
from touchline.settings import Settings, load_settings

GRACE_S = 10
GC_THRESHOLDS = (50_000, 20, 50)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(
        "serve",
        epilog="Example: touchline serve --host 0.0.0.0 --port 8080 --data-dir var/shop",
    )(_serve)


def _serve(
    host: Annotated[
        str | None, typer.Option(metavar="HOST", help="Address to listen on [127.0.0.1].")
    ] = None,
    port: Annotated[
        int | None, typer.Option(metavar="PORT", min=0, max=65535, help="Port to listen on [8000].")
    ] = None,
    data_dir: DataDir = None,
    with_worker: Annotated[
        bool | None,
        typer.Option(
            "--with-worker/--without-worker",
            help="Do the workers' part here too. On unless TOUCHLINE_REDIS_URL is set.",
            show_default=False,
        ),
    ] = None,
    access_log: Annotated[bool, typer.Option(help="Write a line for each request.")] = False,
) -> None:
    """Serve collecting and GraphQL until stopped.

    Without TOUCHLINE_DATABASE_URL everything is in one process and one folder.
    """
    settings = load_settings(host=host, port=port, data_dir=data_dir)
    working = settings.redis_url is None if with_worker is None else with_worker
    with _listen(settings.host, settings.port) as listener:
        keys = prepare(settings, lambda: queries.list_keys(SYSTEM))
        config = uvicorn.Config(
            create_app(settings, with_worker=working, access_log=access_log),
            http="httptools",
            lifespan="on",
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=GRACE_S,
        )
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _leave_in_order)
        server = _Server(config, _welcome(settings, listener, new=not keys, working=working))
        with_room(lambda: server.run([listener]))


class _Server(uvicorn.Server):
    """Says when it is ready, and sets the garbage collector for a long life."""

    def __init__(self, config: uvicorn.Config, welcome: str) -> None:
        super().__init__(config)
        self._welcome = welcome

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GC_THRESHOLDS)
        note(self._welcome)


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket; the address is taken before anything else is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        message = f"Port {port} of {host} cannot be used: {reason}. Choose another with --port."
        raise Unavailable(message) from None
    listener.set_inheritable(True)
    return listener


def _welcome(settings: Settings, listener: socket.socket, *, new: bool, working: bool) -> str:
    port = listener.getsockname()[1]
    host = "localhost" if settings.host in {"0.0.0.0", "::"} else settings.host
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    lines = [f"Touchline is ready: {url}"]
    if not working:
        lines.append("Events wait for workers: start at least one with  touchline worker")
    if new:
        lines.append(f"Next: touchline keys create me --scope admin{_folder(settings)}")
    else:
        lines.append(f"Next: open {url}/graphql")
    return "\n".join(lines)


def _folder(settings: Settings) -> str:
    plain = settings.data_dir == Path(Settings.model_fields["data_dir"].default)
    return "" if plain or not settings.embedded else f" --data-dir {settings.data_dir}"


def _leave_in_order(_number: int, _frame: object) -> None:
    """Uvicorn raises the signal again once all is closed; that is no reason to die of it."""
