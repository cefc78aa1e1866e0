"""Carrying live messages between processes over Redis.

One connection of the process listens for all its subscribers, another sends. Both come back by
themselves when Redis was away; what was published meanwhile is sent then, oldest first, unless it
is too much.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import orjson
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from touchline.domain.kernel import ids, live
from touchline.domain.kernel.ending import end

KEEP_UNSENT = 10_000
SEND_AT_ONCE = 500
FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 2.0
LISTENING_WITHIN_S = 2.0

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def over_redis(redis_url: str) -> AsyncIterator[None]:
    """Have the live messages of this process reach all others, and theirs this one.

    Redis knows no databases when it publishes, so the number in the URL is part of the channel:
    deployments that share a server do not hear each other.
    """
    carrier = _Carrier(redis_url)
    tasks = [asyncio.create_task(carrier.send()), asyncio.create_task(carrier.listen())]
    with suppress(TimeoutError):
        async with asyncio.timeout(LISTENING_WITHIN_S):
            await carrier.listening.wait()
    live.use_carrier(carrier.carry)
    try:
        yield
    finally:
        live.use_carrier(None)
        await end(*tasks)
        await carrier.redis.aclose()


class _Carrier:
    def __init__(self, redis_url: str) -> None:
        self.redis: Redis = Redis.from_url(
            redis_url, socket_connect_timeout=2, socket_keepalive=True, health_check_interval=15
        )
        self.listening = asyncio.Event()
        database = self.redis.connection_pool.connection_kwargs.get("db") or 0
        self._prefix = f"touchline:{database}:live:"
        self._origin = ids.new_message_id()
        self._unsent: deque[tuple[str, bytes]] = deque(maxlen=KEEP_UNSENT)
        self._sending: list[tuple[str, bytes]] = []
        self._something = asyncio.Event()

    def carry(self, channel: str, message: live.Message) -> None:
        self._unsent.append((self._prefix + channel, orjson.dumps([self._origin, message])))
        self._something.set()

    async def send(self) -> None:
        pause = FIRST_PAUSE_S
        while True:
            await self._something.wait()
            while self._unsent and len(self._sending) < SEND_AT_ONCE:
                self._sending.append(self._unsent.popleft())
            try:
                async with self.redis.pipeline(transaction=False) as pipe:
                    for channel, body in self._sending:
                        pipe.publish(channel, body)
                    await pipe.execute()
            except (RedisError, OSError) as error:
                await self._rest("live messages wait for Redis", error, pause)
                pause = min(pause * 2, LONGEST_PAUSE_S)
                continue
            pause = FIRST_PAUSE_S
            self._sending.clear()
            if not self._unsent:
                self._something.clear()

    async def listen(self) -> None:
        pause = FIRST_PAUSE_S
        while True:
            pubsub = self.redis.pubsub(ignore_subscribe_messages=False)
            try:
                await pubsub.psubscribe(f"{self._prefix}*")
                async for heard in pubsub.listen():
                    pause = FIRST_PAUSE_S
                    self._hear(heard)
            except (RedisError, OSError) as error:
                await self._rest("live messages of other processes wait for Redis", error, pause)
                pause = min(pause * 2, LONGEST_PAUSE_S)
            finally:
                with suppress(RedisError, OSError):
                    await pubsub.aclose()  # type: ignore[no-untyped-call]

    def _hear(self, heard: dict[str, object]) -> None:
        if heard["type"] == "psubscribe":
            self.listening.set()
        data, channel = heard["data"], heard["channel"]
        if heard["type"] != "pmessage" or not isinstance(data, bytes):
            return
        if not isinstance(channel, bytes):
            return
        try:
            origin, message = orjson.loads(data)
        except ValueError:
            _log.warning("a live message that is not ours was dropped", channel=channel.decode())
            return
        if origin != self._origin:
            live.deliver(channel.decode().removeprefix(self._prefix), message)

    async def _rest(self, what: str, error: Exception, pause_s: float) -> None:
        _log.warning(what, error=str(error), again_in_s=pause_s)
        await asyncio.sleep(pause_s)
