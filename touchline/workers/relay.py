"""From the outbox to the job table, and to whoever watches."""

from collections.abc import Mapping, Sequence
from functools import partial

from touchline.domain.kernel import jobs, live, outbox
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import after_commit, in_transaction
from touchline.workers.routes import LIVE, ROUTES

AT_ONCE = 500

Targets = Mapping[str, Sequence[str]]


async def relay(limit: int = AT_ONCE, *, routes: Targets = ROUTES, channels: Targets = LIVE) -> int:
    """Move up to ``limit`` events; returns how many there were.

    An event leaves the outbox in the transaction that queues its jobs, so each is queued once.
    Watchers are told after that; a crash in between costs them a message, never a job.
    """
    events = await outbox.peek(limit)
    if not events:
        return 0
    await in_transaction(partial(_move, events, routes, channels))
    return len(events)


async def _move(events: Sequence[outbox.Event], routes: Targets, channels: Targets) -> None:
    taken = await outbox.take([event.id for event in events])
    crashpoint("relay.taken")
    for event in events:
        if event.id not in taken:
            continue
        for kind in routes.get(event.topic, ()):
            await jobs.enqueue(kind, event.payload)
        for channel in channels.get(event.topic, ()):
            after_commit(partial(live.publish, channel, event.payload))
