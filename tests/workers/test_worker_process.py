"""Workers as processes of their own: they share the work, and die without losing or doubling it."""

import asyncio

import httpx
import pytest

from tests.support.collecting import selling
from tests.support.redis import Stoppable
from tests.support.touchline_process import server, workers
from tests.support.waiting import until
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.sources.service import create_source
from touchline.settings import Settings

pytestmark = pytest.mark.parametrize("database", ["postgres"], indirect=True)

BATCH = 50
_BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"


@pytest.fixture
def with_redis(settings: Settings, redis_url: str) -> Settings:
    """The database of this test, and Redis beside it."""
    return settings.model_copy(update={"redis_url": redis_url, "pipeline_batch": 100})


async def _count(table: str) -> int:
    (row,) = await fetch(f"SELECT COUNT(*) AS rows FROM {table}")
    return int(row["rows"])


async def _write_key() -> str:
    return (await create_source(SYSTEM, name="shop")).secret


async def _send(client: httpx.AsyncClient, key: str, first: int, batches: int) -> None:
    for start in range(first, first + batches * BATCH, BATCH):
        events = [
            {
                "type": "track",
                "event": "Order Completed",
                "messageId": f"m{number}",
                "userId": f"u{number % 97}",
                "properties": {"total": number},
            }
            for number in range(start, start + BATCH)
        ]
        answer = await client.post("/v1/batch", json={"batch": events}, auth=(key, ""))
        assert answer.status_code == 200, answer.text


async def test_a_server_with_redis_leaves_the_events_to_two_workers_one_of_which_is_killed(
    db: Settings, with_redis: Settings
) -> None:
    key = await _write_key()
    with server(with_redis) as web:
        async with httpx.AsyncClient(base_url=web.url) as client:
            await _send(client, key, 0, batches=100)
            assert await _count("touchpoint") == 0

            with workers(with_redis, "doomed", "other") as (doomed, other):
                await until(lambda: _more_than("touchpoint", 500), within_s=150)
                doomed.kill()
                await _send(client, key, 5_000, batches=20)
                await until(lambda: _is_empty("landing"), within_s=150)
                assert other.stop() == 0

    stored = await fetch("SELECT message_id FROM touchpoint")
    assert sorted(row["message_id"] for row in stored) == sorted(f"m{n}" for n in range(6_000))
    assert await _count("customer") == 97


async def test_two_workers_work_at_the_same_time(db: Settings, with_redis: Settings) -> None:
    """While nobody may write touchpoints, each of them waits with landings of its own."""
    async with selling(db) as shop:
        await _send(shop.client, shop.key, 0, batches=20)
    held, let_go = asyncio.Event(), asyncio.Event()

    async def hold_up() -> None:
        await execute("LOCK TABLE touchpoint IN SHARE MODE")
        held.set()
        await let_go.wait()

    holding = asyncio.create_task(in_transaction(hold_up))
    await held.wait()
    with workers(with_redis, "one", "two"):
        try:
            await until(_two_are_held_up, within_s=150)
        finally:
            let_go.set()
            await holding
        await until(lambda: _is_empty("landing"), within_s=150)
    assert await _count("touchpoint") == 1_000


async def test_a_restart_of_redis_stops_neither_server_nor_worker(
    db: Settings, settings: Settings, stoppable_redis: Stoppable
) -> None:
    linked = settings.model_copy(update={"redis_url": stoppable_redis.url})
    key = await _write_key()
    with server(linked) as web, workers(linked, "one") as (working,):
        async with httpx.AsyncClient(base_url=web.url) as client:
            await _send(client, key, 0, batches=1)
            await until(lambda: _more_than("touchpoint", 49))

            stoppable_redis.stop()
            await _send(client, key, 1_000, batches=1)
            await until(lambda: _more_than("touchpoint", 99))
            await asyncio.sleep(1)
            stoppable_redis.start()

            await _send(client, key, 2_000, batches=1)
            await until(lambda: _more_than("touchpoint", 149))
        assert working.alive
        assert working.stop() == 0
        assert web.stop() == 0


async def test_a_worker_outlives_the_loss_of_its_database_connections(
    db: Settings, with_redis: Settings
) -> None:
    async with selling(db) as shop:
        await _send(shop.client, shop.key, 0, batches=60)
    ours = [row["pid"] for row in await fetch(_BACKENDS)]
    with workers(with_redis, "one") as (working,):
        for stored in (0, 500, 1_500):
            await until(lambda: _more_than("touchpoint", stored), within_s=150)  # noqa: B023
            theirs = {row["pid"] for row in await fetch(_BACKENDS)}.difference(ours)
            await fetch("SELECT pg_terminate_backend(pid) FROM unnest(?::int[]) pid", (theirs,))
        await until(lambda: _is_empty("landing"), within_s=150)
        assert working.alive
        assert working.stop() == 0
    assert await _count("touchpoint") == 3_000


async def _more_than(table: str, count: int) -> bool:
    return await _count(table) > count


async def _is_empty(table: str) -> bool:
    return await _count(table) == 0


async def _two_are_held_up() -> bool:
    (row,) = await fetch(
        """SELECT COUNT(DISTINCT pid) AS held_up FROM pg_locks WHERE NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""
    )
    return int(row["held_up"]) == 2
