"""Live messages: who watches gets them, in the process and through Redis."""

import asyncio
import gc
from contextlib import AsyncExitStack

from tests.support.redis import Stoppable
from touchline.domain.kernel import carrier, live


async def _next(feed: live.Subscription) -> live.Message:
    async with asyncio.timeout(60):
        return await anext(feed)


async def test_a_message_reaches_all_who_watch_the_channel_and_nobody_else() -> None:
    with live.subscribe("a") as one, live.subscribe("a") as two, live.subscribe("b") as other:
        live.publish("a", {"n": 1})
        live.publish("b", {"n": 2})

        assert await _next(one) == await _next(two) == {"n": 1}
        assert await _next(other) == {"n": 2}


async def test_messages_come_in_order_from_the_moment_of_subscribing() -> None:
    live.publish("a", {"n": 0})
    with live.subscribe("a") as feed:
        for n in (1, 2, 3):
            live.publish("a", {"n": n})
        feed.close()
        assert [message["n"] async for message in feed] == [1, 2, 3]


async def test_a_reader_that_lags_too_far_behind_is_ended_not_fooled() -> None:
    feed = live.subscribe("a")
    for n in range(live.QUEUE_LIMIT + 5):
        live.publish("a", {"n": n})

    heard = [message["n"] async for message in feed]

    assert heard == list(range(live.QUEUE_LIMIT))


async def test_a_reader_that_forgets_to_close_is_forgotten_too() -> None:
    live.subscribe("left-open")
    gc.collect()
    live.publish("left-open", {})
    with live.subscribe("left-open") as feed:
        feed.close()
        assert [message async for message in feed] == []


async def test_a_message_reaches_another_process_once(redis_url: str) -> None:
    """Two carriers in one process stand for two processes: each hears what the other sends."""
    async with carrier.over_redis(redis_url), carrier.over_redis(redis_url):
        with live.subscribe("a") as feed:
            live.publish("a", {"n": 1})
            live.publish("a", {"n": 2})
            heard = [await _next(feed) for _ in range(4)]

    assert sorted(message["n"] for message in heard) == [1, 1, 2, 2]


async def test_deployments_that_share_a_redis_do_not_hear_each_other(redis_url: str) -> None:
    other = redis_url.removesuffix("/0") + "/1"
    async with carrier.over_redis(other), carrier.over_redis(redis_url):
        with live.subscribe("a") as feed:
            live.publish("a", {"n": 1})
            assert await _next(feed) == {"n": 1}
            await asyncio.sleep(0.2)
            feed.close()
            assert [message async for message in feed] == []


async def test_a_restart_of_redis_loses_nothing_and_kills_nobody(
    stoppable_redis: Stoppable,
) -> None:
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(carrier.over_redis(stoppable_redis.url))
        await stack.enter_async_context(carrier.over_redis(stoppable_redis.url))
        with live.subscribe("a") as feed:
            stoppable_redis.stop()
            live.publish("a", {"n": 1})
            assert await _next(feed) == {"n": 1}
            await asyncio.sleep(1)
            stoppable_redis.start()
            await asyncio.sleep(2.5)

            live.publish("a", {"n": 2})
            heard = {(await _next(feed))["n"] for _ in range(2)}
    assert 2 in heard


async def test_without_redis_messages_still_reach_this_process() -> None:
    async with carrier.over_redis("redis://127.0.0.1:1/0"):
        with live.subscribe("a") as feed:
            live.publish("a", {"n": 1})
            assert await _next(feed) == {"n": 1}
