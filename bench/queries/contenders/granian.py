"""Touchline under granian in the place of uvicorn."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench.queries import cache
from bench.queries.contender import Bench, OverHttp
from bench.queries.contenders.product import NO_LIMIT
from bench.queries.serving import serving
from tests.support.deployment import Mode
from tests.support.process import free_port
from tests.support.product import ROOT

NAME = "touchline under granian"
PACKAGE = "granian==2.8.7"


@contextmanager
def running(bench: Bench, mode: Mode) -> Iterator[OverHttp]:
    """The same application; granian is installed apart from what the product needs."""
    folder = cache.folder("pypi", PACKAGE)
    if not (folder / "granian").exists():
        install = ["install", "--quiet", "--no-deps", "--target", str(folder), PACKAGE]
        cache.run([sys.executable, "-m", "pip", *install], where=folder)
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", "1", "--loop", "uvloop", "--log-level", "warning"),
        *("--factory", "bench.queries.servers.under_granian:made"),
    ]
    loaded = bench.loaded[mode]
    variables = {
        **NO_LIMIT,
        "PYTHONPATH": f"{ROOT}:{folder}",
        "TOUCHLINE_DATA_DIR": str(loaded.folder),
        "TOUCHLINE_LOG_LEVEL": "warning",
    }
    if loaded.database_url:
        variables["TOUCHLINE_DATABASE_URL"] = loaded.database_url
    log = bench.log(f"granian-{mode}")
    with serving(command, port=port, log=log, where=ROOT, variables=variables) as pid:
        yield OverHttp(
            NAME,
            mode,
            pid,
            lambda _workload: f"http://127.0.0.1:{port}/graphql",
            lambda workload: workload.ours,
            {"Authorization": f"Bearer {loaded.key}"},
        )
