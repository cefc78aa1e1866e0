"""A private Redis for one test session."""

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.servers import find_redis
from tests.support.process import accepts, free_port, running


@contextlib.contextmanager
def running_redis() -> Iterator[str]:
    """Start Redis without persistence in a temporary folder; gives its URL."""
    with tempfile.TemporaryDirectory(prefix="touchline-redis-") as folder:
        port = free_port()
        with _running_on(port, Path(folder)):
            yield f"redis://127.0.0.1:{port}/0"


class Stoppable:
    """A Redis that a test stops and starts again on the same port; it forgets everything."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._running = contextlib.ExitStack()
        self.url = f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Returns when it answers."""
        process = self._running.enter_context(_running_on(self._port, self._folder))
        self._process = process.pid

    def stop(self) -> None:
        """Returns when it is gone."""
        self._running.close()

    @contextlib.contextmanager
    def away(self) -> Iterator[None]:
        """For the length of the block it is gone."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """For the length of the block it takes connections, and says nothing to anybody."""
        os.kill(self._process, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._process, signal.SIGCONT)


def _running_on(
    port: int, folder: Path
) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    command: list[str | Path] = [find_redis(), "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--dir", folder, "--save", "", "--appendonly", "no"]
    return running(command, log=folder / "redis.log", is_ready=lambda: accepts(port))
