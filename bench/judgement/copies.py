"""A copy of the data set, for what is measured here changes it."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from shutil import copytree

from rich.progress import Progress

from bench.queries.loading import load
from bench.queries.world import World
from tests.support.deployment import Mode
from tests.support.postgres import Cluster
from tests.support.product import Product
from touchline.domain.kernel.db import close_database, dialect, execute, open_database


@contextmanager
def copied(
    mode: Mode, size: World, cluster: Cluster | None, redis_url: str | None, progress: Progress
) -> Iterator[Product]:
    """A product on a copy of the data that nobody else looks at."""
    loaded = load(mode, size, cluster, progress)
    with tempfile.TemporaryDirectory(prefix="touchline-judgement-") as name:
        folder = Path(name) / "data"
        if cluster is None or loaded.database_url is None:
            copytree(loaded.folder, folder)
            yield Product(folder, core=0)
        else:
            original = loaded.database_url.rsplit("/", 1)[1]
            with cluster.clone(original) as url:
                yield Product(folder, database_url=url, redis_url=redis_url, core=0)


@asynccontextmanager
async def opened(product: Product) -> AsyncIterator[None]:
    """Its database, open in this process and known to the planner as it is."""
    await open_database(product.settings)
    try:
        if dialect() == "postgres":
            await execute("ANALYZE")
        yield
    finally:
        await close_database()
