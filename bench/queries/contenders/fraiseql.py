"""FraiseQL: Python and Rust over views that build JSON. Its last version that serves by itself."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.queries import cache
from bench.queries.contender import Bench, OverHttp
from bench.queries.serving import serving
from tests.support.process import free_port

PACKAGES = ("fraiseql==1.9.16", "uvicorn==0.54.0", "uvloop==0.23.0", "httptools==0.9.0")
SERVERS = Path(__file__).parents[1] / "servers"
PYTHON = "3.13"


@contextmanager
def running(bench: Bench) -> Iterator[OverHttp]:
    """It has views of its own beside the tables, and answers what these hold."""
    bin_folder = _installed()
    bench.loaded["postgres"].execute((SERVERS / "fraiseql_views.sql").read_text())
    port = free_port()
    command: list[str | Path] = [
        *(bin_folder / "uvicorn", "fraiseql_server:app", "--port", str(port)),
        *("--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"),
    ]
    variables = {"DATABASE_URL": bench.loaded["postgres"].database_url or ""}
    log = bench.log("fraiseql")
    with serving(command, port=port, log=log, where=SERVERS, variables=variables) as pid:
        yield OverHttp(
            "fraiseql",
            "postgres",
            pid,
            lambda _workload: f"http://127.0.0.1:{port}/graphql",
            lambda workload: workload.peers.get("fraiseql"),
        )


def _installed() -> Path:
    """The programs of a virtual environment of its own; it needs a newer Python than we do."""
    folder = cache.folder("pypi", "fraiseql")
    programs = folder / "venv" / "bin"
    if not (programs / "uvicorn").exists():
        shutil.rmtree(folder / "venv", ignore_errors=True)
        cache.run([_python(folder), "-m", "venv", "venv"], where=folder)
        install = ["install", "--quiet", "--only-binary", ":all:", *PACKAGES]
        cache.run([programs / "python", "-m", "pip", *install], where=folder)
    return programs


def _python(folder: Path) -> Path:
    """Python 3.13: one that is here, or one that uv brings."""
    known = Path.home().glob(f".pyenv/versions/{PYTHON}.*/bin/python")
    for candidate in [shutil.which(f"python{PYTHON}"), *known]:
        if candidate and _works(Path(candidate)):
            return Path(candidate)
    uv = shutil.which("uv")
    if uv is None:
        raise cache.Absent(f"it needs Python {PYTHON} or uv")
    cache.run([uv, "python", "install", "--install-dir", folder / "python", PYTHON], where=folder)
    return next((folder / "python").glob("*/bin/python3"))


def _works(python: Path) -> bool:
    return subprocess.run([python, "--version"], capture_output=True, check=False).returncode == 0
