"""How fast the databases themselves take the same rows, with nothing in front of them."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import orjson

from bench.ingest.traffic import EVENTS, Traffic

COLUMNS = ("message_id", "type", "name", "occurred_at", "properties", "context")
TABLE = """CREATE TABLE bare (
    message_id TEXT PRIMARY KEY, type TEXT, name TEXT, occurred_at BIGINT,
    properties {json}, context {json})"""
Row = tuple[Any, ...]


def rows(traffic: Traffic, serial: int) -> list[Row]:
    """The events of a body as rows, one each."""
    return [
        (
            event["messageId"],
            event["type"],
            event.get("event") or event.get("name") or "",
            1_700_000_000_000 + serial,
            orjson.dumps(event.get("properties") or event.get("traits")).decode(),
            orjson.dumps(event.get("context", {})).decode(),
        )
        for event in traffic.events(serial)
    ]


def sqlite_rate(file: Path, traffic: Traffic, seconds: float) -> float:
    """Rows a second by ``executemany``, a hundred in each durable transaction."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("DROP TABLE IF EXISTS bare")
    connection.execute(TABLE.format(json="TEXT"))
    insert = f"INSERT INTO bare VALUES ({', '.join('?' * len(COLUMNS))})"
    try:
        prepared = _prepared(traffic, seconds)
        done, start = 0, time.perf_counter()
        for batch in prepared:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(insert, batch)
            connection.execute("COMMIT")
            done += len(batch)
            if time.perf_counter() - start > seconds:
                break
        return done / (time.perf_counter() - start)
    finally:
        connection.close()


async def postgres_rate(url: str, traffic: Traffic, seconds: float, together: int) -> float:
    """Rows a second by ``COPY``, ``together`` hundreds in each durable transaction."""
    connection: Any = await asyncpg.connect(url)
    try:
        await connection.execute("DROP TABLE IF EXISTS bare")
        await connection.execute(TABLE.format(json="JSONB"))
        copy: Callable[..., Awaitable[str]] = connection.copy_records_to_table
        prepared = iter(_prepared(traffic, seconds))
        done, start = 0, time.perf_counter()
        while batch := [row for _ in range(together) for row in next(prepared, [])]:
            await copy("bare", records=batch, columns=COLUMNS)
            done += len(batch)
            if time.perf_counter() - start > seconds:
                break
        return done / (time.perf_counter() - start)
    finally:
        await connection.close()
        await asyncio.sleep(0)


def _prepared(traffic: Traffic, seconds: float) -> list[list[Row]]:
    """More than any database takes in the time; the rows themselves cost nothing then."""
    return list(_batches(traffic, int(60_000 * seconds / EVENTS)))


def _batches(traffic: Traffic, count: int) -> Iterator[list[Row]]:
    model = rows(traffic, 0)
    for serial in range(count):
        yield [(f"{serial}-{row[0]}", *row[1:]) for row in model]
