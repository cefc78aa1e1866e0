"""Touchline itself, as ``touchline serve`` with its worker at rest."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bench.queries.contender import Bench, OverHttp
from bench.queries.serving import SERVER_CORE
from tests.support.deployment import Mode
from tests.support.product import Product

NAME = "touchline"
NO_LIMIT = {
    "TOUCHLINE_COST_BUCKET": "1000000000",
    "TOUCHLINE_COST_RESTORE_RATE": "1000000000",
}


@contextmanager
def running(bench: Bench, mode: Mode) -> Iterator[OverHttp]:
    """The product on one of its databases, its cost limit out of the way."""
    loaded = bench.loaded[mode]
    product = Product(
        loaded.folder, database_url=loaded.database_url, core=SERVER_CORE, variables=NO_LIMIT
    )
    asyncio.run(product.start_server())
    assert product.server is not None
    try:
        yield OverHttp(
            NAME,
            mode,
            product.server.pid,
            lambda _workload: f"{product.url}/graphql",
            lambda workload: workload.ours,
            {"Authorization": f"Bearer {loaded.key}"},
        )
    finally:
        asyncio.run(product.stop())
