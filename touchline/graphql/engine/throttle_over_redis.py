"""Buckets that all processes share, kept in Redis."""

import asyncio

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from touchline.domain.kernel.ending import end
from touchline.domain.kernel.pauses import Pauses
from touchline.graphql.engine.throttle import Level, LocalThrottle, Rates

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
_PREFIX = "touchline:cost:"
_PATIENCE_S = 0.25

# A bucket that nobody touched is full by the time its key expires, so none is kept for ever.
_SPEND = """
local cost, maximum, rate = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local kept = redis.call('HMGET', KEYS[1], 'level', 'at')
local level = maximum
if kept[1] then
  level = math.min(maximum, tonumber(kept[1]) + (now - tonumber(kept[2])) * rate)
end
if cost > level and ARGV[5] == '0' then
  return {math.max(0, math.floor(level)), math.max(1, math.ceil((cost - level) / rate))}
end
level = math.min(maximum, level - cost)
redis.call('HSET', KEYS[1], 'level', tostring(level), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {math.max(0, math.floor(level)), 0}
"""

log = structlog.get_logger(__name__)


class RedisThrottle:
    """While Redis does not answer within ``patience_s``, each process spends from own buckets.

    It is looked after in the background then, so that no caller waits for it.
    """

    def __init__(self, redis_url: str, rates: Rates, patience_s: float = _PATIENCE_S) -> None:
        self.rates = rates
        self._redis: Redis = Redis.from_url(
            redis_url, socket_timeout=patience_s, socket_connect_timeout=patience_s
        )
        self._spend = self._redis.register_script(_SPEND)
        self._local = LocalThrottle(rates)
        self._pauses = Pauses(FIRST_PAUSE_S, LONGEST_PAUSE_S)
        self._back: asyncio.Task[None] | None = None

    async def take(self, key: str, cost: int) -> Level:
        if self._back is None:
            try:
                return await self._ask(key, cost, owing=False)
            except (RedisError, OSError) as error:
                self._leave(error)
        return await self._local.take(key, cost)

    async def settle(self, key: str, taken: int, used: int) -> Level:
        if self._back is None:
            try:
                return await self._ask(key, used - taken, owing=True)
            except (RedisError, OSError) as error:
                self._leave(error)
        return await self._local.settle(key, taken, used)

    async def close(self) -> None:
        """Leave the connections."""
        if self._back is not None:
            await end(self._back)
        await self._redis.aclose()

    def _leave(self, error: Exception) -> None:
        if self._back is None:
            log.warning("buckets of cost are kept here while Redis is away", error=str(error))
            self._back = asyncio.create_task(self._until_back())

    async def _until_back(self) -> None:
        """A visit that takes nothing tells more than a ping: whether it can be written to."""
        while True:
            await asyncio.sleep(self._pauses.next())
            try:
                await self._ask("", 0, owing=False)
            except (RedisError, OSError):
                continue
            break
        self._pauses.end()
        self._back = None
        log.info("buckets of cost are shared over Redis again")

    async def _ask(self, key: str, cost: int, *, owing: bool) -> Level:
        maximum, rate = self.rates.maximum, self.rates.restore_rate
        kept_ms = 1000 + 10_000 * maximum // rate
        arguments = [cost, maximum, rate, kept_ms, int(owing)]
        available, wait = await self._spend(keys=[_PREFIX + key], args=arguments)
        return Level(available, wait)
