"""A contender's server: a process on the servers' core, reached over HTTP."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.queries.cache import Absent
from tests.support.process import accepts

SERVER_CORE, LOAD_CORE = 0, 1
STARTS_WITHIN_S = 90.0
LEAVES_WITHIN_S = 10.0


def take_load_core() -> None:
    """Leave the servers' core to them: load, and whatever this process starts, use the other."""
    if (os.cpu_count() or 1) > LOAD_CORE:
        os.sched_setaffinity(0, {LOAD_CORE})


@contextmanager
def all_cores() -> Iterator[None]:
    """Use them all for what is not measured."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def serving(
    command: Sequence[str | Path],
    *,
    port: int,
    log: Path,
    where: Path | None = None,
    variables: Mapping[str, str] | None = None,
) -> Iterator[int]:
    """Run a server for the length of the block; gives its process id once the port answers."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*on_server_core(), *command],
            cwd=where,
            env={**os.environ, **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _until_ready(process, port, log)
        yield process.pid
    finally:
        _stop(process)


def on_server_core() -> list[str]:
    """What comes before a command that has to stay on the servers' core."""
    taskset = shutil.which("taskset")
    return [taskset, "-c", str(SERVER_CORE)] if taskset and (os.cpu_count() or 1) > 1 else []


def memory_mb(pid: int) -> float:
    """Resident memory of a process and all it started, in MB of 10⁶ bytes."""
    pages = sum(int(_told(one, "statm").split()[1]) for one in _family(pid))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor_ms(pid: int) -> float:
    """What a process and all it started have used of processors, in milliseconds."""
    ticks = sum(_ticks(one) for one in _family(pid))
    return ticks * 1_000 / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    """With what it took over from those it started, which ended; nothing where it left itself."""
    with suppress(OSError):
        return sum(map(int, _told(pid, "stat").rpartition(")")[2].split()[11:15]))
    return 0


def _family(pid: int) -> list[int]:
    family = [pid]
    for one in family:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            with suppress(OSError):
                family += [int(child) for child in task.read_text().split()]
    return family


def _told(pid: int, file: str) -> str:
    return Path(f"/proc/{pid}/{file}").read_text()


def _until_ready(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while not accepts(port):
        if process.poll() is not None or time.monotonic() > deadline:
            lines = log.read_text(errors="replace").strip().splitlines() or ["it said nothing"]
            raise Absent(f"its server did not start: {lines[-1]}")
        time.sleep(0.05)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(LEAVES_WITHIN_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
