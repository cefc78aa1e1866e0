"""The ``touchline worker`` process: everything that is wired together in it."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import orjson
import structlog
from arq.connections import ArqRedis
from arq.worker import Worker, func
from redis.exceptions import RedisError

from touchline.domain.kernel import doorbell
from touchline.domain.kernel.db import close_database, open_database
from touchline.domain.kernel.ending import end
from touchline.settings import Settings
from touchline.workers.doorbell_over_redis import (
    QUEUE,
    RING,
    arq_pool,
    forget_old_rings,
    written,
)
from touchline.workers.embedded import JOBS_AT_ONCE, linked, working

RINGS_AT_ONCE = 20
RING_TIMEOUT_S = 5
POLL_S = 0.05
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 5.0

_log = structlog.get_logger(__name__)


async def run_worker(settings: Settings, *, at_once: int = JOBS_AT_ONCE) -> None:
    """Work until SIGTERM or SIGINT. The database must be migrated."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    await open_database(settings)
    try:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(linked(settings))
            await stack.enter_async_context(working(settings, at_once=at_once))
            if settings.redis_url is not None:
                await stack.enter_async_context(answering(settings.redis_url))
            _log.info("the worker is ready")
            await stopping.wait()
    finally:
        await close_database()


@asynccontextmanager
async def answering(redis_url: str) -> AsyncIterator[None]:
    """Answer the doorbell that other processes ring, for the length of the block."""
    task = asyncio.create_task(_answer_rings(redis_url))
    try:
        yield
    finally:
        await end(task)


async def _answer_rings(redis_url: str) -> None:
    """Run arq, and start it anew whenever Redis went away: arq itself gives up at once."""
    pause = FIRST_PAUSE_S
    while True:
        pool = arq_pool(redis_url)
        worker = arq_worker(pool)
        try:
            await forget_old_rings(pool)
            await worker.async_run()
        except (RedisError, OSError) as error:
            _log.warning("the worker waits for Redis", error=str(error), again_in_s=pause)
        finally:
            await _close(worker)
            await pool.aclose(close_connection_pool=True)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_S)


def arq_worker(pool: ArqRedis) -> Worker:
    """An arq worker whose only job is to answer the doorbell."""
    return Worker(
        functions=[func(_answer, name=RING)],
        queue_name=QUEUE,
        redis_pool=pool,
        handle_signals=False,
        max_jobs=RINGS_AT_ONCE,
        job_timeout=RING_TIMEOUT_S,
        max_tries=1,
        keep_result=0,
        poll_delay=POLL_S,
        log_results=False,
        job_serializer=written,
        job_deserializer=orjson.loads,
    )


async def _answer(ctx: dict[Any, Any], *topics: Any, **_: Any) -> None:
    for topic in topics:
        doorbell.ring_here(topic)


async def _close(worker: Worker) -> None:
    """In a task of its own: arq lets the cancellation of its jobs out, which is not ours."""
    closing = asyncio.create_task(worker.close())
    await asyncio.wait([closing], timeout=RING_TIMEOUT_S)
    if not closing.done():
        closing.cancel()
    elif not closing.cancelled() and closing.exception() is not None:
        _log.debug("the arq worker was not closed in order", error=str(closing.exception()))
