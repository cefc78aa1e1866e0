"""The same sums without Touchline: one statement of the database itself, and of DuckDB.

Each leaves its rows in a temporary table, by customer and event: what they are worth at an instant,
how many, and the last of them.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.judgement.definitions import HALF_LIFE, POINTS
from bench.queries import cache
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import dialect, execute, fetch, in_transaction
from touchline.domain.scoring.decay import MICRO

DUCKDB = "duckdb==1.4.1"


def aggregation(at: Moment, table: str, joined: str) -> str:
    """The statement; ``joined`` is how the table is joined to the points."""
    points = " UNION ALL ".join(
        f"SELECT '{name}' AS event, {points * MICRO} AS points" for name, points in POINTS.items()
    )
    age = f"CAST(t.occurred_at - {at} AS DOUBLE PRECISION) / {HALF_LIFE}"
    return (
        f"SELECT t.customer_id, t.name, sum(v.points * power(2.0, {age})) AS worth,"
        f" count(*) AS occurrences, max(t.id) AS last FROM {table} t {joined}"
        f" ({points}) v ON v.event = t.name WHERE t.occurred_at <= {at}"
        " GROUP BY t.customer_id, t.name"
    )


async def seconds_of_database(at: Moment) -> float:
    """How long the database takes, told the best way through the table."""
    whole_table = "NOT INDEXED CROSS JOIN" if dialect() == "sqlite" else "JOIN"
    sql = aggregation(at, "touchpoint", whole_table)
    start = time.perf_counter()
    await in_transaction(lambda: _kept(sql))
    return time.perf_counter() - start


async def _kept(sql: str) -> None:
    await execute(f"CREATE TEMPORARY TABLE bare AS {sql}")
    await execute("DROP TABLE bare")


async def duckdb_of(folder: Path) -> Callable[[Moment], float]:
    """A way to time DuckDB over the same touchpoints, kept in a file of its own.

    Raises ``Absent`` where it cannot be installed. It runs on one thread, as the databases do.
    """
    packages = cache.folder("pypi", DUCKDB)
    if not (packages / "duckdb").exists():
        install = ["install", "--quiet", "--no-deps", "--target", str(packages), DUCKDB]
        cache.run([sys.executable, "-m", "pip", *install], where=packages)
    rows = folder / "touchpoints.csv"
    with rows.open("w") as file:
        for row in await fetch("SELECT id, customer_id, name, occurred_at FROM touchpoint"):
            file.write(f"{row[0]},{row[1]},{row[2]},{row[3]}\n")
    held = folder / "touchpoints.duckdb"
    _run(
        packages,
        held,
        "CREATE TABLE touchpoint AS SELECT * FROM read_csv("
        f"'{rows}', header = false, names = ['id', 'customer_id', 'name', 'occurred_at'])",
    )
    return lambda at: _run(
        packages, held, f"CREATE TEMP TABLE bare AS {aggregation(at, 'touchpoint', 'JOIN')}"
    )


_SCRIPT = """import pathlib, sys, time, duckdb
held = duckdb.connect(sys.argv[1], config={"threads": 1})
start = time.perf_counter()
held.execute(sys.argv[2])
pathlib.Path(sys.argv[3]).write_text(str(time.perf_counter() - start))
"""


def _run(packages: Path, held: Path, sql: str) -> float:
    """In a process of its own; the seconds of the statement alone."""
    told = held.with_suffix(".seconds")
    command = [sys.executable, "-c", _SCRIPT, str(held), sql, str(told)]
    cache.run(command, where=held.parent, variables={"PYTHONPATH": str(packages)})
    return float(told.read_text())
