"""The relay: each event of the outbox becomes its jobs once, and watchers hear of it."""

import asyncio
from functools import partial

import pytest

from touchline.domain.kernel import jobs, live, outbox
from touchline.domain.kernel.crash import use_crash_hook
from touchline.workers.relay import relay

pytestmark = pytest.mark.usefixtures("db")

ROUTES = {"greeted": ("wave", "count")}
CHANNELS = {"greeted": ("greetings",)}

_relay = partial(relay, routes=ROUTES, channels=CHANNELS)


async def test_an_event_becomes_a_job_of_each_kind_it_is_routed_to() -> None:
    await outbox.emit("greeted", {"name": "Ada"})

    assert await _relay() == 1

    claimed = await jobs.claim(["wave", "count"], 9)
    assert [(job.kind, job.payload) for job in claimed] == [
        ("wave", {"name": "Ada"}),
        ("count", {"name": "Ada"}),
    ]
    assert await outbox.waiting() == 0
    assert await _relay() == 0


async def test_watchers_hear_of_it_after_the_commit() -> None:
    with live.subscribe("greetings") as feed:
        await outbox.emit_many("greeted", [{"n": 1}, {"n": 2}])
        await _relay()
        feed.close()
        assert [message async for message in feed] == [{"n": 1}, {"n": 2}]


async def test_an_event_that_nobody_waits_for_just_goes() -> None:
    await outbox.emit("unheard-of", {})

    assert await _relay() == 1
    assert await outbox.waiting() == 0


async def test_a_crash_between_taking_and_queueing_loses_and_doubles_nothing() -> None:
    await outbox.emit("greeted", {"name": "Ada"})

    def die(name: str) -> None:
        if name == "relay.taken":
            raise ConnectionResetError

    use_crash_hook(die)
    try:
        with pytest.raises(ConnectionResetError):
            await _relay()
    finally:
        use_crash_hook(None)
    assert await jobs.claim(["wave", "count"], 9) == []

    await _relay()
    assert len(await jobs.claim(["wave", "count"], 9)) == 2


async def test_relays_side_by_side_queue_each_job_once() -> None:
    await outbox.emit_many("greeted", [{"n": n} for n in range(100)])

    async def drain() -> None:
        moved = 1
        while moved:
            moved = await _relay(limit=7)

    await asyncio.gather(*(drain() for _ in range(5)))

    claimed = await jobs.claim(["wave"], 1_000)
    assert sorted(job.payload["n"] for job in claimed) == list(range(100))
