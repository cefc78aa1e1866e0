"""The ``touchline worker`` process: everything that is wired together in it."""

import asyncio
import signal
from typing import Any

import orjson
import structlog
from arq.worker import Worker, func
from redis.exceptions import RedisError

from touchline.domain.kernel import doorbell
from touchline.domain.kernel.db import close_database, open_database
from touchline.settings import Settings
from touchline.workers.doorbell_over_redis import QUEUE, RING, arq_pool
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
        async with linked(settings), working(settings, at_once=at_once):
            _log.info("the worker is ready")
            await _until(stopping, settings.redis_url)
    finally:
        await close_database()


async def _until(stopping: asyncio.Event, redis_url: str | None) -> None:
    if redis_url is None:
        await stopping.wait()
        return
    answering = asyncio.create_task(_answer_rings(redis_url))
    await stopping.wait()
    answering.cancel()
    await asyncio.gather(answering, return_exceptions=True)


async def _answer_rings(redis_url: str) -> None:
    """Run arq, and start it anew whenever Redis went away: arq itself gives up at once."""
    pause = FIRST_PAUSE_S
    while True:
        worker = arq_worker(redis_url)
        try:
            await worker.async_run()
        except (RedisError, OSError) as error:
            _log.warning("the worker waits for Redis", error=str(error), again_in_s=pause)
        finally:
            await _close(worker)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_S)


def arq_worker(redis_url: str) -> Worker:
    """An arq worker whose only job is to answer the doorbell."""
    return Worker(
        functions=[func(_answer, name=RING)],
        queue_name=QUEUE,
        redis_pool=arq_pool(redis_url),
        handle_signals=False,
        max_jobs=RINGS_AT_ONCE,
        job_timeout=RING_TIMEOUT_S,
        max_tries=1,
        keep_result=0,
        poll_delay=POLL_S,
        log_results=False,
        job_serializer=orjson.dumps,
        job_deserializer=orjson.loads,
    )


async def _answer(ctx: dict[Any, Any], *topics: Any, **_: Any) -> None:
    for topic in topics:
        doorbell.ring_here(topic)


async def _close(worker: Worker) -> None:
    try:
        await worker.close()
    except (RedisError, OSError, asyncio.CancelledError) as error:
        _log.debug("the arq worker was not closed in order", error=str(error))
