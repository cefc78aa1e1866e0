"""Filling the product's own tables with the data set, once for each size and version.

What happened is written straight into them. What follows from it the product works out itself:
channels, conversions, credit, and what content achieved on every day.
"""

import asyncio
import hashlib
import itertools
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import orjson
from rich.progress import Progress

from bench.queries import cache
from bench.queries.rows import TABLES
from bench.queries.table import Row, Table
from bench.queries.working_out import work_out
from bench.queries.world import World
from tests.support.deployment import Mode
from tests.support.postgres import Cluster
from tests.support.product import Product

DONE = "bench.json"
CHUNK = 20_000
MAKERS = (
    "board_rows",
    "content_rows",
    "rows",
    "score_rows",
    "tag_rows",
    "words",
    "working_out",
    "world",
)


@dataclass(frozen=True)
class Loaded:
    """The data set in one database, and the key by which the product answers about it."""

    mode: Mode
    folder: Path
    database_url: str | None
    key: str

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return Product(self.folder).settings.database_file

    def look(self, sql: str) -> list[Any]:
        """What a statement returns."""
        if self.database_url is None:
            with _file(self.file) as connection:
                return connection.execute(sql).fetchall()
        return asyncio.run(_fetch(self.database_url, sql))

    def execute(self, *statements: str) -> None:
        """Run statements one by one."""
        if self.database_url is None:
            with _file(self.file) as connection:
                for statement in statements:
                    connection.execute(statement)
            return
        asyncio.run(_execute(self.database_url, statements))


def load(mode: Mode, size: World, cluster: Cluster | None, progress: Progress) -> Loaded:
    """The data set, loaded now or found from an earlier run."""
    name = f"{size.name}-{_version()}"
    folder = cache.folder("data", mode, name)
    url = cluster.url(f"bench-{name}") if cluster else None
    noted = folder / DONE
    if noted.exists():
        Product(folder, database_url=url).command("migrate")
    else:
        _make(mode, size, cluster, folder, progress)
    return Loaded(mode, folder, url, orjson.loads(noted.read_bytes())["key"])


def _make(
    mode: Mode, size: World, cluster: Cluster | None, folder: Path, progress: Progress
) -> None:
    shutil.rmtree(folder)
    url = cluster.anew(f"bench-{folder.name}") if cluster else None
    product = Product(folder, database_url=url)
    key = product.command("keys", "create", "bench", "--scope", "admin")["key"]
    task = progress.add_task(f"{mode}: loading", total=sum(table.size(size) for table in TABLES))
    if url is None:
        _fill_file(product.settings.database_file, TABLES, size, partial(progress.advance, task))
    else:
        asyncio.run(_fill_server(url, TABLES, size, partial(progress.advance, task)))
    task = progress.add_task(f"{mode}: working out", total=None)
    asyncio.run(work_out(product.settings))
    progress.remove_task(task)
    _tidy(Loaded(mode, folder, url, key))
    (folder / DONE).write_bytes(orjson.dumps({"key": key}))


def _tidy(loaded: Loaded) -> None:
    """Leave the tables as if they had just been loaded, though columns were filled in later."""
    if loaded.database_url is None:
        loaded.execute("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        loaded.execute("VACUUM FULL ANALYZE touchpoint", "VACUUM ANALYZE", "CHECKPOINT")


def _version() -> str:
    """Changes with the rows that are made."""
    whole = b"".join(Path(__file__).with_name(f"{name}.py").read_bytes() for name in MAKERS)
    return hashlib.sha256(whole).hexdigest()[:8]


def _chunks(table: Table, size: World) -> Iterator[list[Row]]:
    made = table.rows(size)
    while chunk := list(itertools.islice(made, CHUNK)):
        yield chunk


def _fill_file(
    file: Path, tables: Sequence[Table], size: World, advance: Callable[[int], None]
) -> None:
    with _file(file) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-400000")
        connection.execute("BEGIN IMMEDIATE")
        for table in tables:
            marks = ", ".join("?" * len(table.columns))
            insert = f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({marks})"
            for chunk in _chunks(table, size):
                connection.executemany(insert, chunk)
                advance(len(chunk))
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def _fill_server(
    url: str, tables: Sequence[Table], size: World, advance: Callable[[int], None]
) -> None:
    connection: Any = await asyncpg.connect(url)
    try:
        for table in tables:
            for chunk in _chunks(table, size):
                await connection.copy_records_to_table(
                    table.name, records=chunk, columns=table.columns
                )
                advance(len(chunk))
            if "id" in table.columns:
                await connection.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'),"
                    f" (SELECT max(id) FROM {table.name}))"
                )
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()


@contextmanager
def _file(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        yield connection
    finally:
        connection.close()


async def _fetch(url: str, sql: str) -> list[Any]:
    connection: Any = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(sql)]
    finally:
        await connection.close()


async def _execute(url: str, statements: tuple[str, ...]) -> None:
    connection: Any = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
