"""A private PostgreSQL for one test session, and a fresh database for each test.

One template database is migrated once; a test's own is a clone of it, which takes some tens of
milliseconds. Durability is off unless asked for: the cluster lives as long as the session.
"""

import asyncio
import contextlib
import itertools
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg

from scripts.servers import find_postgres
from tests.support.process import free_port, running

SUPERUSER = "postgres"
TEMPLATE = "touchline_template"
FIRST_WITH_ICU = 15
FAST_NOT_SAFE = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=128MB",
)
DURABLE = ("shared_buffers=256MB", "max_wal_size=4GB")
ALWAYS = (
    "max_connections=200",
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "timezone=Pacific/Chatham",
    "datestyle=German",
)


class Cluster:
    """A running PostgreSQL server of which the tests are the only users."""

    def __init__(self, port: int, process: int) -> None:
        self._port, self._process = port, process
        self._numbers = itertools.count(1)
        self._thread = ThreadPoolExecutor(max_workers=1)

    def url(self, database: str) -> str:
        return f"postgresql://{SUPERUSER}@127.0.0.1:{self._port}/{database}"

    def create(self, database: str, *, template: str = "template0") -> str:
        """Make a database; returns its URL."""
        self._run(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def anew(self, database: str) -> str:
        """An empty database in the place of any other of that name; returns its URL."""
        self._run(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        return self.create(database)

    @contextlib.contextmanager
    def clone(self, template: str = TEMPLATE) -> Iterator[str]:
        """The URL of a copy of the template, dropped at the end of the block."""
        database = f"test_{next(self._numbers)}"
        self._run(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        url = self.create(database, template=template)
        try:
            yield url
        finally:
            self._run(f'DROP DATABASE "{database}" WITH (FORCE)')

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """For the length of the block it takes connections, and says nothing to anybody."""
        stopped = [self._process]
        os.kill(self._process, signal.SIGSTOP)  # so that it begets no more
        try:
            for child in _children(self._process):
                os.kill(child, signal.SIGSTOP)
                stopped.append(child)
            yield
        finally:
            for process in stopped:
                os.kill(process, signal.SIGCONT)

    def _run(self, sql: str) -> None:
        """In a thread, for the loop of the test may be running here."""
        self._thread.submit(asyncio.run, self._execute(sql)).result()

    async def _execute(self, sql: str) -> None:
        connection: Any = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(sql)
        finally:
            await connection.close()


@contextlib.contextmanager
def running_cluster(
    *, durable: bool = False, kept: Path | None = None, more: Sequence[str] = ()
) -> Iterator[Cluster]:
    """Start PostgreSQL in a temporary folder, as an ordinary user when we are root.

    A ``durable`` one waits for the disk, as in production; what is measured is measured on that.
    One in a ``kept`` folder finds its databases again the next time. ``more`` are settings.
    """
    programs = find_postgres()
    folder = kept or Path(tempfile.mkdtemp(prefix="touchline-postgres-"))
    user, group = _unprivileged()
    if user is not None and group is not None:
        os.chown(folder, user, group)
    try:
        data = folder / "data"
        if not data.exists():
            _initialise(programs, data, user, group)
        port = free_port()
        chosen = (*ALWAYS, *(DURABLE if durable else FAST_NOT_SAFE), *more, f"port={port}")
        options = [part for option in chosen for part in ("-c", option)]
        with running(
            [programs / "postgres", "-D", data, *options],
            log=folder / "postgres.log",
            is_ready=lambda: _answers(port),
            user=user,
            group=group,
        ) as process:
            yield Cluster(port, process.pid)
    finally:
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)


def _initialise(programs: Path, data: Path, user: int | None, group: int | None) -> None:
    """A linguistic collation, where there is one, so that a forgotten COLLATE "C" is seen."""
    command: list[str | Path] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        SUPERUSER,
        "-A",
        "trust",
        "--no-sync",
    ]
    command += ["-E", "UTF8", "--locale=C"]
    if _major(programs) >= FIRST_WITH_ICU:
        command += ["--locale-provider=icu", "--icu-locale=en-US"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=data.parent,
        user=user,
        group=group,
        extra_groups=None if user is None else [],
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


def _major(programs: Path) -> int:
    told = subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"(\d+)", told)
    return int(found[1]) if found else 0


def _unprivileged() -> tuple[int | None, int | None]:
    """PostgreSQL refuses to run as root; the user of its package, else nobody, lends its name."""
    if os.geteuid() != 0:
        return None, None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return entry.pw_uid, entry.pw_gid
    raise RuntimeError("PostgreSQL does not run as root and there is no user postgres or nobody")


def _children(process: int) -> list[int]:
    told = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, check=True)
    return [int(child) for child in told.stdout.split()]


def _answers(port: int) -> bool:
    async def connect() -> None:
        connection: Any = await asyncpg.connect(
            host="127.0.0.1", port=port, user=SUPERUSER, database="postgres", timeout=2
        )
        await connection.close()

    with ThreadPoolExecutor(max_workers=1) as thread:
        try:
            thread.submit(asyncio.run, connect()).result()
        except (OSError, asyncpg.PostgresError, TimeoutError):
            return False
    return True
