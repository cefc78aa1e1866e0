"""Strawberry as its manual shows it: resolvers and data loaders over the models of an ORM."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench.queries.contender import Bench, OverHttp
from bench.queries.serving import serving
from tests.support.process import free_port
from tests.support.product import ROOT


@contextmanager
def running(bench: Bench) -> Iterator[OverHttp]:
    """It stands on the models of the product, and has the schema of what is written by hand."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "uvicorn", "bench.queries.servers.strawberry_tortoise:app"),
        *("--port", str(port), "--loop", "uvloop", "--http", "httptools"),
        *("--no-access-log", "--log-level", "warning"),
    ]
    variables = {"DATABASE_URL": bench.loaded["postgres"].database_url or ""}
    log = bench.log("strawberry")
    with serving(command, port=port, log=log, where=ROOT, variables=variables) as pid:
        yield OverHttp(
            "strawberry",
            "postgres",
            pid,
            lambda _workload: f"http://127.0.0.1:{port}/graphql/",
            lambda workload: workload.peers.get("by_hand"),
        )
