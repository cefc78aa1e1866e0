"""Messages for whoever watches right now: GraphQL subscriptions, progress bars.

A message that nobody hears is gone; what must happen goes through the outbox. Without Redis
messages stay in the process; with it (``carrier.over_redis``) they reach all processes.
"""

import asyncio
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

QUEUE_LIMIT = 1_000

Message = dict[str, Any]

_subscriptions: dict[str, WeakSet["Subscription"]] = {}
_carry: Callable[[str, Message], None] | None = None


def publish(channel: str, message: Message) -> None:
    """Send a message (JSON) to all who watch ``channel``; call it after the commit."""
    deliver(channel, message)
    if _carry is not None:
        _carry(channel, message)


def deliver(channel: str, message: Message) -> None:
    """Hand a message to those who watch ``channel`` in this process."""
    for subscription in list(_subscriptions.get(channel, ())):
        subscription.offer(message)


def subscribe(channel: str) -> "Subscription":
    """Watch ``channel`` from this call on: ``with subscribe("x") as feed: async for m in feed``."""
    subscription = Subscription(channel)
    _subscriptions.setdefault(channel, WeakSet()).add(subscription)
    return subscription


class Subscription:
    """The messages of one channel. It ends when closed, or when its reader lags too far behind.

    A reader that lost messages must not think it saw all of them; whoever sees the end may
    subscribe again and read the present state first.
    """

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self._queue: asyncio.Queue[Message | None] = asyncio.Queue()
        self._open = True

    def offer(self, message: Message) -> None:
        """Queue a message for the reader, or end the subscription when the queue is full."""
        if self._open and self._queue.qsize() < QUEUE_LIMIT:
            self._queue.put_nowait(message)
        else:
            self.close()

    def close(self) -> None:
        """Stop watching; the reader still gets what was queued."""
        if not self._open:
            return
        self._open = False
        self._queue.put_nowait(None)
        watching = _subscriptions.get(self._channel)
        if watching is not None:
            watching.discard(self)
            if not watching:
                del _subscriptions[self._channel]

    def __enter__(self) -> "Subscription":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __aiter__(self) -> "Subscription":
        return self

    async def __anext__(self) -> Message:
        message = await self._queue.get()
        if message is None:
            self._queue.put_nowait(None)
            raise StopAsyncIteration
        return message


def use_carrier(carry: Callable[[str, Message], None] | None) -> None:
    """Have every message also carried to other processes; ``None`` keeps them in this one."""
    global _carry
    _carry = carry
