"""Touchline as it runs in earnest: servers and workers in processes of their own."""

import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.support.process import START_SECONDS, free_port, running
from touchline.settings import Settings

ROOT = Path(__file__).parents[2]


class Process:
    """A running ``touchline`` command; its output goes to ``log``."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, url: str) -> None:
        self._process = process
        self.log = log
        self.url = url

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """SIGKILL: it can do nothing about it."""
        self._process.kill()
        self._process.wait()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to leave; returns the exit code."""
        self._process.send_signal(number)
        return self._process.wait(START_SECONDS)


@contextmanager
def workers(settings: Settings, *names: str) -> Iterator[list[Process]]:
    """``touchline worker`` once for each name, started together; ready when they say so."""
    with ExitStack() as stack, ThreadPoolExecutor() as threads:
        starting = [threads.submit(stack.enter_context, _worker(settings, name)) for name in names]
        yield [one.result() for one in starting]


@contextmanager
def _worker(settings: Settings, name: str) -> Iterator[Process]:
    log = settings.data_dir / f"{name}.log"
    with _touchline(settings, ["worker"], log, lambda: b"the worker is ready" in _read(log)) as one:
        yield one


@contextmanager
def server(settings: Settings, *options: str) -> Iterator[Process]:
    """``touchline serve`` on a port of its own; ready when ``/ready`` is 200."""
    port = free_port()
    log = settings.data_dir / "serve.log"
    url = f"http://127.0.0.1:{port}"
    command = ["serve", "--port", str(port), *options]
    with _touchline(settings, command, log, lambda: _is_ready(url), url) as one:
        yield one


@contextmanager
def _touchline(
    settings: Settings, arguments: list[str], log: Path, is_ready: Callable[[], bool], url: str = ""
) -> Iterator[Process]:
    given = {
        "TOUCHLINE_DATA_DIR": str(settings.data_dir),
        "TOUCHLINE_DATABASE_URL": settings.database_url,
        "TOUCHLINE_REDIS_URL": settings.redis_url,
        "TOUCHLINE_PIPELINE_BATCH": str(settings.pipeline_batch),
        "PYTHONPATH": str(ROOT),
    }
    settled = {name: value for name, value in given.items() if value is not None}
    command = ["env", *(f"{name}={value}" for name, value in settled.items())]
    command += [sys.executable, "-m", "touchline", *arguments]
    with running(command, log=log, is_ready=is_ready) as process:
        yield Process(process, log, url)


def _read(log: Path) -> bytes:
    return log.read_bytes() if log.exists() else b""


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/ready", timeout=2) as answer:
            ready: bool = answer.status == 200
            return ready
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
