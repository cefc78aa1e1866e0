"""Mercurius: a GraphQL server written by hand for Node, with SQL in its loaders."""

from collections.abc import Iterator
from contextlib import contextmanager

from bench.queries.contender import Bench, OverHttp
from bench.queries.contenders import node

PACKAGES = {
    "fastify": "5.12.8",
    "graphql": "16.15.0",
    "mercurius": "16.10.1",
    "pg": "8.23.1",
}


@contextmanager
def running(bench: Bench) -> Iterator[OverHttp]:
    """It has the schema of all servers that are written by hand here."""
    with node.running(bench, "mercurius", PACKAGES, "mercurius.js") as (port, pid):
        yield OverHttp(
            "mercurius",
            "postgres",
            pid,
            lambda _workload: f"http://127.0.0.1:{port}/graphql",
            lambda workload: workload.peers.get("by_hand"),
        )
