"""Touchline as its users run it: processes of its own, reached over HTTP, killed at will."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import httpx
import orjson

from tests.support.process import free_port
from touchline.settings import Settings

ROOT = Path(__file__).parents[2]
READY_WITHIN_S = 180.0
LEAVES_WITHIN_S = 20.0
POLL_S = 0.02
TOUCHLINE = (sys.executable, "-m", "touchline")


@dataclass
class Product:
    """One deployment: its folder or servers, and the processes that run on it now.

    ``program`` is what the processes are; ``core`` is the only processor they may use, where the
    system can say so.
    """

    folder: Path
    database_url: str | None = None
    redis_url: str | None = None
    core: int | None = None
    program: Sequence[str] = TOUCHLINE
    variables: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.server: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None
        self.folder.mkdir(parents=True, exist_ok=True)

    @property
    def settings(self) -> Settings:
        """The settings by which a test may open the same database."""
        return Settings(_env_file=None, data_dir=self.folder, database_url=self.database_url)

    def command(self, *arguments: str) -> Any:
        """Run a command of the product; returns what it prints with ``--json``."""
        done = subprocess.run(
            [*TOUCHLINE, *arguments, "--data-dir", str(self.folder), "--json"],
            env=self._environment(),
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"touchline {' '.join(arguments)}:\n{done.stderr.decode()}")
        return orjson.loads(done.stdout)

    async def start_server(self, *options: str) -> None:
        """Start the server and return when it is ready; does nothing while one runs."""
        if self.server is not None:
            return
        where = ["--host", "127.0.0.1", "--port", str(self.port), "--data-dir", str(self.folder)]
        self.server = self._spawn("server", ["serve", *where, *options])
        await self._until_ready()

    def start_worker(self) -> None:
        """Start a worker beside the server; does nothing while one runs."""
        if self.worker is None:
            self.worker = self._spawn("worker", ["worker", "--data-dir", str(self.folder)])

    def kill_server(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed."""
        _kill(self.server)
        self.server = None

    def kill_worker(self) -> None:
        """The same for the worker."""
        _kill(self.worker)
        self.worker = None

    async def stop(self) -> None:
        """Ask all processes to leave in order, and wait until they did."""
        leaving = [each for each in (self.worker, self.server) if each is not None]
        for process in leaving:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + LEAVES_WITHIN_S
        while any(process.poll() is None for process in leaving):
            if time.monotonic() > deadline:
                for process in leaving:
                    _kill(process)
            await asyncio.sleep(POLL_S)
        self.server = self.worker = None

    def log(self, name: str = "server") -> str:
        """The end of what the processes of that name wrote."""
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace")[-4_000:] if path.exists() else ""

    def _spawn(self, name: str, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        pinned = [] if self.core is None else _pinned(self.core)
        output: BinaryIO
        with (self.folder / f"{name}.log").open("ab") as output:
            return subprocess.Popen(
                [*pinned, *self.program, *arguments],
                env=self._environment(),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    async def _until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN_S
        async with httpx.AsyncClient(base_url=self.url, timeout=5) as client:
            while not await _is_ready(client):
                if self.server is None:
                    return
                if self.server.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"the server did not start:\n{self.log()}")
                await asyncio.sleep(POLL_S)

    def _environment(self) -> dict[str, str]:
        kept = {name: v for name, v in os.environ.items() if not name.startswith("TOUCHLINE_")}
        servers = {
            "TOUCHLINE_DATABASE_URL": self.database_url,
            "TOUCHLINE_REDIS_URL": self.redis_url,
        }
        given = {name: value for name, value in servers.items() if value is not None}
        return {**kept, "TOUCHLINE_LOG_LEVEL": "warning", **given, **self.variables}


async def _is_ready(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/ready")).status_code == 200
    except httpx.TransportError:
        return False


def _kill(process: subprocess.Popen[bytes] | None) -> None:
    if process is not None:
        process.kill()
        process.wait()


def _pinned(core: int) -> list[str]:
    taskset = shutil.which("taskset")
    return [taskset, "-c", str(core)] if taskset else []
