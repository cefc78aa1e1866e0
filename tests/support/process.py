"""Starting and stopping the servers of a test session."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

START_SECONDS = 60
STOP_SECONDS = 10


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running(
    command: Sequence[str | Path],
    *,
    log: Path,
    is_ready: Callable[[], bool],
    within_s: float = START_SECONDS,
    user: int | None = None,
    group: int | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """The command as a process of its own group for the length of the block.

    Raises ``RuntimeError`` with the end of its log when it dies or does not get ready in time.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*_leash(), *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=log.parent,
            user=user,
            group=group,
            extra_groups=None if user is None else [],
            start_new_session=True,
        )
    try:
        _wait_until_ready(process, is_ready, log, within_s)
        yield process
    finally:
        _stop(process)


def _leash() -> list[str]:
    """On Linux, a test run that is killed takes its servers along."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "INT"] if setpriv else []


def _wait_until_ready(
    process: subprocess.Popen[bytes], is_ready: Callable[[], bool], log: Path, within_s: float
) -> None:
    deadline = time.monotonic() + within_s
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{process.args!r} did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.02)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """SIGINT is the fast shutdown of PostgreSQL and an orderly one of the others."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def accepts(port: int) -> bool:
    """Whether something listens on the loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
