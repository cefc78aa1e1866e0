"""Carrying the doorbell to the workers through arq and Redis.

An arq job here is a ring and nothing else: what there is to do stands in the database. So arq's
ways of losing jobs (attempts counted at the start, expiry, kills) cost at most the second until a
worker looks by itself.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import orjson
import structlog
from arq.connections import ArqRedis
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from touchline.domain.kernel import doorbell
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.ending import end

QUEUE = "touchline:doorbell"
RING = "ring"
RINGS_ENOUGH = 100
RING_EXPIRES_MS = 60_000
BETWEEN_RINGS_S = 0.02
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 5.0

_log = structlog.get_logger(__name__)


def arq_pool(redis_url: str) -> ArqRedis:
    """A client of the queue. It connects when it is first used, and again after each loss."""
    return ArqRedis(
        ConnectionPool.from_url(redis_url, socket_connect_timeout=2, socket_timeout=5),
        job_serializer=written,
        job_deserializer=orjson.loads,
        default_queue_name=QUEUE,
        expires_extra_ms=RING_EXPIRES_MS,
    )


def written(told: object) -> bytes:
    """What arq keeps in Redis; of a ring that expired that is an error, told by its text."""
    return orjson.dumps(told, default=repr)


async def forget_old_rings(pool: ArqRedis) -> None:
    """Let go of rings that expired before any worker heard them: work is found without them."""
    await pool.zremrangebyscore(QUEUE, "-inf", now() - RING_EXPIRES_MS)


@asynccontextmanager
async def carried(redis_url: str) -> AsyncIterator[None]:
    """Have the rings of this process reach the workers."""
    ringer = _Ringer(arq_pool(redis_url))
    task = asyncio.create_task(ringer.run())
    doorbell.use_carrier(ringer.carry)
    try:
        yield
    finally:
        doorbell.use_carrier(None)
        await end(task)
        await ringer.pool.aclose(close_connection_pool=True)


class _Ringer:
    def __init__(self, pool: ArqRedis) -> None:
        self.pool = pool
        self._topics: set[str] = set()
        self._something = asyncio.Event()

    def carry(self, topic: str) -> None:
        self._topics.add(topic)
        self._something.set()

    async def run(self) -> None:
        pause = FIRST_PAUSE_S
        while True:
            await self._something.wait()
            self._something.clear()
            topics, self._topics = self._topics, set()
            try:
                await self._ring(topics)
            except (RedisError, OSError) as error:
                _log.warning("the doorbell waits for Redis", error=str(error), again_in_s=pause)
                self._topics |= topics
                self._something.set()
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_S)
            else:
                pause = FIRST_PAUSE_S
                await asyncio.sleep(BETWEEN_RINGS_S)

    async def _ring(self, topics: set[str]) -> None:
        """Where no worker answers, rings do not pile up."""
        if await self.pool.zcard(QUEUE) >= RINGS_ENOUGH:
            return
        await self.pool.enqueue_job(RING, *sorted(topics))
