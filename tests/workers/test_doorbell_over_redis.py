"""The doorbell over arq and Redis: rings reach the workers, and a lost one harms nobody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis

from tests.support.redis import Stoppable
from tests.support.waiting import until
from touchline.domain.kernel import clock, doorbell
from touchline.workers.doorbell_over_redis import QUEUE, RINGS_ENOUGH, carried
from touchline.workers.settings import answering


@asynccontextmanager
async def _linked(url: str) -> AsyncIterator[None]:
    async with carried(url), answering(url):
        yield


async def _holds_some(redis: Redis) -> bool:
    return bool(await redis.zcard(QUEUE))


async def _rings_from_afar(topic: str) -> bool:
    """Ring, forget that it also rang here, and wait for the ring that went through Redis."""
    with doorbell.listen(topic) as bell:
        doorbell.ring(topic)
        assert await bell.wait(0)
        return await bell.wait(60)


async def test_a_ring_goes_through_redis(redis_url: str) -> None:
    async with _linked(redis_url):
        assert await _rings_from_afar("landing")
        assert await _rings_from_afar("outbox")


async def test_a_restart_of_redis_is_survived(stoppable_redis: Stoppable) -> None:
    async with _linked(stoppable_redis.url):
        assert await _rings_from_afar("landing")
        stoppable_redis.stop()
        doorbell.ring("landing")
        await asyncio.sleep(1)
        stoppable_redis.start()
        assert await _rings_from_afar("landing")


async def test_rings_that_nobody_answers_do_not_pile_up(redis_url: str) -> None:
    async with Redis.from_url(redis_url) as redis, carried(redis_url):
        for _ in range(RINGS_ENOUGH * 2):
            doorbell.ring("landing")
            await asyncio.sleep(0.025)
        assert 0 < await redis.zcard(QUEUE) <= RINGS_ENOUGH


async def test_rings_of_yesterday_are_forgotten_without_a_word(
    redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    old = {f"ring-{number}": clock.now() - clock.DAY for number in range(RINGS_ENOUGH // 2)}
    async with Redis.from_url(redis_url) as redis:
        await redis.zadd(QUEUE, old)
        async with _linked(redis_url):
            assert await _rings_from_afar("landing")
    assert [one.getMessage() for one in caplog.records if one.name.startswith("arq")] == []


async def test_many_rings_at_once_are_carried_as_few(redis_url: str) -> None:
    async with Redis.from_url(redis_url) as redis, carried(redis_url):
        for _ in range(1_000):
            doorbell.ring("landing")
        await until(lambda: _holds_some(redis))
        await asyncio.sleep(0.2)  # time in which more would come
        assert await redis.zcard(QUEUE) <= 2


async def test_without_redis_a_ring_is_lost_and_nothing_else() -> None:
    async with carried("redis://127.0.0.1:1/0"):
        with doorbell.listen("landing") as bell:
            doorbell.ring("landing")
            assert await bell.wait(0)
