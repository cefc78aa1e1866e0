"""Fresh deployments of the product: on a file, or on PostgreSQL and Redis."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

from redis import Redis

from tests.support.databases import migrated_template
from tests.support.postgres import running_cluster
from tests.support.product import Product
from tests.support.redis import running_redis

Mode = Literal["sqlite", "postgres"]
MODES: tuple[Mode, ...] = ("sqlite", "postgres")


@contextmanager
def deployments(
    mode: Mode,
    *,
    durable: bool = False,
    core: int | None = None,
    variables: Mapping[str, str] | None = None,
) -> Iterator[Callable[[], Product]]:
    """A way to get empty products, one at a time, for the length of the block.

    ``durable`` has PostgreSQL wait for the disk; an SQLite file always does.
    """
    with ExitStack() as stack:
        folders = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="touchline-")))

        def folder() -> Path:
            return Path(tempfile.mkdtemp(dir=folders))

        if mode == "sqlite":
            yield lambda: Product(folder(), core=core, variables=variables or {})
            return
        cluster = stack.enter_context(running_cluster(durable=durable))
        migrated_template(cluster)
        redis_url = stack.enter_context(running_redis())

        def fresh() -> Product:
            with Redis.from_url(redis_url) as redis:
                redis.flushall()
            return Product(
                folder(),
                database_url=stack.enter_context(cluster.clone()),
                redis_url=redis_url,
                core=core,
                variables=variables or {},
            )

        yield fresh
