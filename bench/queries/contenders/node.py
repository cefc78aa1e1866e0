"""Servers written for Node, installed from npm into the cache."""

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import orjson

from bench.queries import cache
from bench.queries.contender import Bench
from bench.queries.serving import serving
from tests.support.process import free_port

NODE = {"node": "22.23.3"}
SERVERS = Path(__file__).parents[1] / "servers"


@contextmanager
def running(
    bench: Bench,
    name: str,
    packages: Mapping[str, str],
    program: str,
    variables: Mapping[str, str] | None = None,
) -> Iterator[tuple[int, int]]:
    """Run ``program`` of ``servers/`` with the packages; gives port and process id.

    It finds its port in ``PORT`` and the database in ``DATABASE_URL``.
    """
    folder = installed(name, packages)
    shutil.copy(SERVERS / program, folder / program)
    port = free_port()
    given = {
        "NODE_ENV": "production",
        "PORT": str(port),
        "DATABASE_URL": bench.loaded["postgres"].database_url or "",
        **(variables or {}),
    }
    command: list[str | Path] = [node(), program]
    log = bench.log(name)
    with serving(command, port=port, log=log, where=folder, variables=given) as pid:
        yield port, pid


def node() -> Path:
    """The program, of the same version on every machine."""
    return installed("node", NODE) / "node_modules" / "node" / "bin" / "node"


def installed(name: str, packages: Mapping[str, str]) -> Path:
    """A folder that holds exactly these versions; raises ``cache.Absent`` where npm fails.

    What failed once is not tried again until its folder is removed: some peers compile for minutes.
    """
    wanted = orjson.dumps({"private": True, "dependencies": dict(packages)})
    folder = cache.folder("npm", f"{name}-{hashlib.sha256(wanted).hexdigest()[:8]}")
    done, failed = folder / "installed", folder / "failed"
    if failed.exists():
        raise cache.Absent(f"{failed.read_text()}; remove {folder} to try again")
    if not done.exists():
        (folder / "package.json").write_bytes(wanted)
        command = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"]
        try:
            cache.run(command, where=folder, variables={} if name == "node" else _with_our_node())
        except cache.Absent as reason:
            failed.write_text(str(reason))
            raise
        done.touch()
    return folder


def _with_our_node() -> dict[str, str]:
    """Variables by which npm takes our Node, and compiles against its headers."""
    program = node()
    (headers,) = program.parents[1].glob("node_modules/*/include")
    return {
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "npm_config_nodedir": str(headers.parent),
    }
