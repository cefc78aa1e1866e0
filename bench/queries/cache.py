"""Where the bench keeps what takes long to make: data, peers, the PostgreSQL they share."""

import fcntl
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.postgres import Cluster, running_cluster

NAME = "touchline-bench"
FOR_ALL_USERS = Path("/var/cache")
POSTGRES = (
    "shared_buffers=1GB",
    "effective_cache_size=4GB",
    "work_mem=32MB",
    "maintenance_work_mem=256MB",
    "random_page_cost=1.1",
    "max_wal_size=4GB",
    "jit=off",
    "max_parallel_workers_per_gather=0",
)


class Absent(Exception):
    """A contender cannot take part; the text says why."""


def folder(*below: str) -> Path:
    """A folder of the cache, made where it is missing."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return _made(home / NAME, below)


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other bench runs on this machine, for both would measure each other."""
    with (folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def postgres() -> Iterator[Cluster]:
    """The server whose databases stay from run to run; it runs for the length of the block."""
    options = POSTGRES
    with running_cluster(durable=True, kept=_open_to_postgres(), more=options) as cluster:
        yield cluster


def postgres_pid() -> int:
    """The process from which all others of that server come, while it runs."""
    told = (_open_to_postgres() / "data" / "postmaster.pid").read_text()
    return int(told.split(maxsplit=1)[0])


def run(
    command: Sequence[str | Path], *, where: Path, variables: Mapping[str, str] | None = None
) -> None:
    """Run what installs or sets up a contender; raises ``Absent`` when it fails."""
    try:
        done = subprocess.run(
            command,
            cwd=where,
            env={**os.environ, **(variables or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Absent(str(error)) from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        raise Absent(f"{Path(command[0]).name} failed: {said[-1]}")


def _open_to_postgres() -> Path:
    """PostgreSQL does not run as root, and the home of root is often closed to all others."""
    wanted = folder("postgres")
    if os.geteuid() != 0 or all(each.stat().st_mode & 0o001 for each in wanted.parents):
        return wanted
    return _made(FOR_ALL_USERS / NAME, ("postgres",))


def _made(root: Path, below: Sequence[str]) -> Path:
    path = root.joinpath(*below)
    path.mkdir(parents=True, exist_ok=True)
    return path
