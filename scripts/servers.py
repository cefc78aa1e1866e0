"""Finds the servers and the browser that tests use, or installs them, or says what is missing.

`python scripts/servers.py` is what `make test` calls first; the fixtures call the same finders,
so a test run without it fails with the same line and never skips.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

POSTGRES_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_OF_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
DEBIAN_PACKAGES = ("redis-server", "postgresql", "chromium")


class MissingServer(Exception):
    """A server the tests need is not on this machine; the text is one line for a person."""


def find_redis() -> Path:
    """The redis-server (or valkey-server) program."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    raise MissingServer("redis-server")


def find_postgres() -> Path:
    """The folder with PostgreSQL's initdb and postgres, the newest where there are several."""
    folders = [
        folder
        for pattern in POSTGRES_FOLDERS
        for folder in Path("/").glob(pattern.lstrip("/"))
        if (folder / "initdb").exists()
    ]
    if folders:
        return max(folders, key=_version)
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise MissingServer("PostgreSQL (initdb, postgres)")


def find_chromium() -> Path:
    """A Chromium, or a Chrome."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return Path(found)
    if BROWSER_OF_MAC.exists():
        return BROWSER_OF_MAC
    raise MissingServer("Chromium")


def missing_servers() -> list[str]:
    finders: tuple[Callable[[], Path], ...] = (find_redis, find_postgres, find_chromium)
    missing = []
    for finder in finders:
        try:
            finder()
        except MissingServer as error:
            missing.append(str(error))
    return missing


def main() -> int:
    if missing_servers() and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
    if missing := missing_servers():
        print(
            f"The tests need {' and '.join(missing)}: install with"
            f" `apt-get install {' '.join(DEBIAN_PACKAGES)}` or your system's own packages.",
            file=sys.stderr,
        )
        return 1
    return 0


def _version(folder: Path) -> int:
    digits = "".join(letter for letter in folder.parent.name if letter.isdigit())
    return int(digits or 0)


def _install() -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIAN_PACKAGES],
    ):
        subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    sys.exit(main())
