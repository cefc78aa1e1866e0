"""News in the outbox: with the transaction that made it true, and taken once."""

import asyncio
from functools import partial

import pytest

from touchline.domain.kernel import doorbell, outbox
from touchline.domain.kernel.db import in_transaction

pytestmark = pytest.mark.usefixtures("db")


async def test_news_waits_in_the_order_of_writing() -> None:
    async def command() -> None:
        await outbox.emit("greeted", {"name": "Ada"})
        await outbox.emit_many("greeted", [{"name": "Bob"}, {"name": "Cid"}])

    await in_transaction(command)

    events = await outbox.peek(10)
    assert [event.payload["name"] for event in events] == ["Ada", "Bob", "Cid"]
    assert {event.topic for event in events} == {"greeted"}
    assert [event.payload["name"] for event in await outbox.peek(2)] == ["Ada", "Bob"]
    assert await outbox.waiting() == 3


async def test_news_of_a_rolled_back_command_never_was() -> None:
    async def refused() -> None:
        await outbox.emit("greeted", {})
        raise ValueError("no")

    with doorbell.listen(doorbell.OUTBOX) as bell, pytest.raises(ValueError, match="no"):
        await in_transaction(refused)

    assert await outbox.peek(10) == []
    assert not await bell.wait(0)


async def test_the_doorbell_rings_after_the_commit() -> None:
    with doorbell.listen(doorbell.OUTBOX) as bell:
        await in_transaction(partial(outbox.emit, "greeted", {}))
        assert await bell.wait(0)


async def test_an_event_is_taken_by_one_of_many() -> None:
    await outbox.emit_many("greeted", [{"n": n} for n in range(50)])
    ids = [event.id for event in await outbox.peek(50)]

    taken = await asyncio.gather(*(in_transaction(partial(outbox.take, ids)) for _ in range(6)))

    assert sorted(event_id for part in taken for event_id in part) == ids
    assert await outbox.waiting() == 0


async def test_a_taking_that_is_rolled_back_leaves_all_where_it_was() -> None:
    await outbox.emit("greeted", {})
    (event,) = await outbox.peek(1)

    async def crash() -> None:
        await outbox.take([event.id])
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        await in_transaction(crash)
    assert await outbox.peek(1) == [event]
