"""Landed events come onto the timeline, once, whatever happens."""

import pytest

from tests.support.events import arrive, customer_of, drain, land, source, timeline_of
from touchline.domain.kernel.crash import use_crash_hook
from touchline.domain.kernel.db import fetch, fetch_one
from touchline.settings import Settings


class Killed(BaseException):
    """The end of the process."""


def track(message_id: str, **more: object) -> dict[str, object]:
    return {"type": "track", "event": "Clicked", "messageId": message_id, "userId": "u1"} | more


async def count(table: str) -> int:
    row = await fetch_one(f"SELECT count(*) AS found FROM {table}")
    assert row is not None
    return int(row["found"])


async def test_an_event_comes_onto_the_timeline_of_its_customer(db: Settings) -> None:
    await arrive(
        db,
        track(
            "m1",
            timestamp="2026-01-05T10:00:00Z",
            properties={"coupon": "SPRING", "product": {"sku": "a"}},
            context={"ip": "203.0.113.7", "campaign": {"source": "news"}},
            integrations={"All": True},
        ),
    )
    rows = await fetch("SELECT * FROM touchpoint")
    assert len(rows) == 1
    row = rows[0]
    assert (row["type"], row["name"], row["summary"]) == ("TRACK", "Clicked", "Clicked")
    assert row["occurred_at"] == 1767607200000
    assert row["message_id"] == "m1"
    assert row["customer_id"] == await customer_of("user_id", "u1")
    assert '"coupon"' in row["properties"]
    assert '"203.0.113.7"' in row["context"]
    assert '"All"' in row["extra"]
    assert await count("landing") == 0


async def test_a_message_counts_once_in_a_batch_and_for_ever(db: Settings) -> None:
    await arrive(db, track("m1"), track("m1"))
    await arrive(db, track("m1"))
    assert await timeline_of(await customer_of("user_id", "u1")) == [("TRACK", "m1")]


async def test_two_sources_may_use_the_same_message_id(db: Settings) -> None:
    await arrive(db, track("m1"), source_id=await source("one"))
    await arrive(db, track("m1"), source_id=await source("two"))
    assert len(await timeline_of(await customer_of("user_id", "u1"))) == 2


async def test_late_arrivals_find_their_place(db: Settings) -> None:
    await arrive(db, track("later", timestamp="2026-02-01T00:00:00Z"))
    await arrive(db, track("earlier", timestamp="2026-01-01T00:00:00Z"))
    customer = await customer_of("user_id", "u1")
    assert await timeline_of(customer) == [("TRACK", "earlier"), ("TRACK", "later")]
    row = await fetch_one(
        "SELECT first_seen_at, last_seen_at FROM customer WHERE id = ?", [customer]
    )
    assert row is not None
    assert (row["first_seen_at"], row["last_seen_at"]) == (1767225600000, 1769904000000)


async def test_a_known_visitor_keeps_what_was_done_anonymously(db: Settings) -> None:
    await arrive(db, {"type": "page", "name": "Pricing", "anonymousId": "c1", "messageId": "p"})
    await arrive(
        db,
        {
            "type": "identify",
            "anonymousId": "c1",
            "userId": "u1",
            "messageId": "i",
            "traits": {"email": "Ann@Acme.com", "name": "Ann"},
        },
    )
    customer = await customer_of("anonymous_id", "c1")
    assert customer == await customer_of("user_id", "u1")
    assert customer == await customer_of("email", "ann@acme.com")
    assert await timeline_of(customer) == [("PAGE", "p"), ("IDENTIFY", "i")]
    row = await fetch_one(
        "SELECT display_name, is_identified FROM customer WHERE id = ?", [customer]
    )
    assert row is not None
    assert (row["display_name"], bool(row["is_identified"])) == ("Ann", True)


@pytest.mark.parametrize("place", ["pipeline.after_append", "pipeline.before_remove"])
async def test_a_crash_loses_nothing_and_doubles_nothing(db: Settings, place: str) -> None:
    await land(track("m1"), track("m2"))

    def die(name: str) -> None:
        if name == place:
            raise Killed

    use_crash_hook(die)
    try:
        with pytest.raises(Killed):
            await drain(db)
    finally:
        use_crash_hook(None)
    assert await count("landing") == 1
    assert await count("touchpoint") == 0
    assert await drain(db) == 2
    assert await count("touchpoint") == 2


async def test_an_event_that_cannot_be_processed_is_set_aside_alone(db: Settings) -> None:
    def choke(name: str) -> None:
        if name == "pipeline.after_append":
            raise RuntimeError("choked")

    await land(track("m1"))
    use_crash_hook(choke)
    try:
        assert await drain(db) == 1
    finally:
        use_crash_hook(None)
    assert await count("landing") == 0
    assert await count("touchpoint") == 0
    rows = await fetch("SELECT code, raw FROM rejected_event")
    assert [row["code"] for row in rows] == ["PROCESSING_FAILED"]
    assert b'"m1"' in bytes(rows[0]["raw"])
