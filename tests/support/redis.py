"""A private Redis for one test session."""

import contextlib
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
        command: list[str | Path] = [find_redis(), "--port", str(port), "--bind", "127.0.0.1"]
        command += ["--dir", folder, "--save", "", "--appendonly", "no"]
        with running(command, log=Path(folder) / "redis.log", is_ready=lambda: accepts(port)):
            yield f"redis://127.0.0.1:{port}/0"
