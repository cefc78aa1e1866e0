"""What the quarantine keeps is bounded, for each source and in time."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.support.clock import SettableClock
from tests.support.collecting import Shop, selling, waiting
from tests.support.rows import a_source
from touchline.domain.collect import forgetting
from touchline.domain.collect.service import replay_rejected
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.sources.queries import find_source
from touchline.settings import Settings

GOOD = {"type": "track", "event": "Seen", "userId": "u1"}
BAD = {"type": "track", "event": "Seen"}


@pytest.fixture
async def shop(db: Settings) -> AsyncIterator[Shop]:
    async with selling(db.model_copy(update={"quarantine_limit": 5})) as shop:
        yield shop


async def send(shop: Shop, *events: Any) -> Any:
    return (await shop.post("batch", {"batch": list(events)})).json()


async def test_from_a_bound_on_bad_events_are_counted_but_not_kept(shop: Shop) -> None:
    assert (await send(shop, GOOD, *[BAD] * 3))["rejected"] == 3
    assert (await send(shop, GOOD, *[BAD] * 4))["rejected"] == 4
    assert (await send(shop, GOOD, BAD))["rejected"] == 1
    assert len(await waiting()) == 5
    assert len(await shop.landed()) == 3
    source = await find_source(SYSTEM, "Shop")
    assert (source.accepted_count, source.rejected_count) == (3, 8)


async def test_a_source_that_is_full_leaves_room_for_the_others(shop: Shop) -> None:
    rows = [(await a_source(), 1, "WRONG_TYPE", "", "", b"{}")] * 50
    columns = ("source_id", "received_at", "code", "path", "message", "raw")
    await insert_rows("rejected_event", columns, rows)
    await send(shop, *[BAD] * 4)
    assert len(await waiting()) == 54


async def test_what_was_replayed_makes_room(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("touchline.domain.collect.flood.COUNTED_FOR_S", 0.0)
    await send(shop, *[BAD] * 6)
    kept = [key for key, _ in await waiting()]
    assert len(kept) == 5
    raw = json.dumps(GOOD).encode()
    await execute("UPDATE rejected_event SET raw = ? WHERE id = ?", (raw, kept[0]))
    await replay_rejected(SYSTEM, [kept[0]])
    await send(shop, *[BAD] * 2)
    assert len(await waiting()) == 5


async def test_rejected_events_and_warnings_are_removed_when_they_are_old(
    shop: Shop, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "AT_ONCE", 2)
    await send(shop, *[BAD] * 5)
    columns = ("source_id", "code", "message", "occurred_at")
    await insert_rows(
        "ingestion_warning", columns, [(shop.id, "X", "", clock() + n) for n in (0, 9)]
    )
    clock.advance(90 * DAY)
    assert await forgetting.forget_old(90) == 0
    clock.advance(1)
    assert await forgetting.forget_old(90) == 6
    assert await waiting() == []
    assert len(await fetch("SELECT id FROM ingestion_warning")) == 1
