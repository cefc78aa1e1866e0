"""Buckets of cost: how they fill, in one process and shared over Redis."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from tests.support.process import free_port
from tests.support.redis import Stoppable
from tests.support.waiting import until
from touchline.graphql.engine import throttle_over_redis
from touchline.graphql.engine.throttle import Level, LocalThrottle, Rates
from touchline.graphql.engine.throttle_over_redis import RedisThrottle

AWAY = "buckets of cost are kept here while Redis is away"
AGAIN = "buckets of cost are shared over Redis again"


@pytest.fixture
async def shared(redis_url: str) -> AsyncIterator[tuple[RedisThrottle, RedisThrottle]]:
    """The throttles of two processes, which regain one a second, however slow the machine is."""
    rates = Rates(restore_rate=1)
    pair = RedisThrottle(redis_url, rates, 60), RedisThrottle(redis_url, rates, 60)
    yield pair
    for throttle in pair:
        await throttle.close()


async def test_a_bucket_is_refilled_by_500_a_second_up_to_10_000() -> None:
    now = 100.0
    throttle = LocalThrottle(clock=lambda: now)
    assert await throttle.take("a", 10_000) == Level(0)
    now += 3
    assert await throttle.take("a", 1_501) == Level(1_500, wait=1)
    assert await throttle.take("a", 1_500) == Level(0)
    now += 3600
    assert await throttle.take("a", 0) == Level(10_000)


async def test_what_was_not_used_can_be_spent_again_but_never_overfills() -> None:
    throttle = LocalThrottle(clock=lambda: 0.0)
    await throttle.take("a", 4_000)
    assert await throttle.settle("a", taken=1_000, used=0) == Level(7_000)
    assert await throttle.settle("a", taken=9_000, used=0) == Level(10_000)
    await throttle.close()


async def test_what_was_used_beyond_what_was_taken_is_a_debt_to_wait_for() -> None:
    now = 100.0
    throttle = LocalThrottle(clock=lambda: now)
    await throttle.take("a", 10_000)
    assert await throttle.settle("a", taken=100, used=1_100) == Level(0)
    assert await throttle.take("a", 500) == Level(0, wait=3)
    now += 3
    assert await throttle.take("a", 500) == Level(0)


async def test_processes_spend_from_one_bucket_over_redis(
    shared: tuple[RedisThrottle, RedisThrottle],
) -> None:
    one, other = shared
    taken = await asyncio.gather(*(throttle.take("a", 1_000) for throttle in [one, other] * 10))
    assert sum(level.wait == 0 for level in taken) == 10
    assert all(900 <= level.wait <= 1_000 for level in taken if level.wait)
    given = await other.settle("a", taken=5_000, used=0)
    assert 5_000 <= given.available <= 6_000
    assert (await one.take("b", 0)).available == 10_000
    assert (await one.settle("b", taken=0, used=11_000)).available == 0
    assert 1_400 <= (await other.take("b", 500)).wait <= 1_500


async def test_without_redis_each_process_keeps_its_own_buckets() -> None:
    throttle = RedisThrottle(f"redis://127.0.0.1:{free_port()}/0", Rates())
    first = await throttle.take("a", 10_000)
    second = await throttle.take("a", 9_000)
    back = await throttle.settle("a", taken=9_000, used=0)
    await throttle.close()
    assert (first, second.wait > 0) == (Level(0), True)
    assert back.available >= 9_000


@pytest.mark.parametrize("frozen", [True, False], ids=["frozen", "gone"])
async def test_while_redis_hangs_or_is_gone_one_visit_waits_for_it_and_one_line_tells(
    stoppable_redis: Stoppable, monkeypatch: pytest.MonkeyPatch, frozen: bool
) -> None:
    monkeypatch.setattr(throttle_over_redis, "FIRST_PAUSE_S", 0.02)
    monkeypatch.setattr(throttle_over_redis, "LONGEST_PAUSE_S", 0.1)
    throttle = RedisThrottle(stoppable_redis.url, Rates(restore_rate=1), 2)
    other = RedisThrottle(stoppable_redis.url, Rates(restore_rate=1), 60)
    with capture_logs() as logged:
        await asyncio.gather(*(throttle.take("a", 1_000) for _ in range(4)))  # four connections
        with stoppable_redis.frozen() if frozen else stoppable_redis.away():
            asked = await asyncio.gather(*(throttle.take("a", 100) for _ in range(4)))
            assert 9_600 <= min(asked).available <= 9_660
            async with asyncio.timeout(60):  # 1,000 waits for Redis would be longer
                for _ in range(1_000):
                    await throttle.settle("a", 0, 1)
            assert [line["event"] for line in logged] == [AWAY]

        async def shared_again() -> bool:
            await throttle.take("a", 100)
            return (await other.take("a", 0)).available != before.available

        before = await other.take("a", 0)
        await until(shared_again)
        await throttle.close()
        await other.close()
    assert [line["event"] for line in logged] == [AWAY, AGAIN]
