"""What changed is noted with the change, once for each customer, and judged until it is done."""

from functools import partial

import orjson
import pytest

from tests.support.clock import SettableClock
from tests.support.events import arrive, customer_of
from touchline.domain.customers.commands import add_note
from touchline.domain.identity import service as identity
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch, in_transaction
from touchline.domain.staleness import facts
from touchline.domain.staleness.draining import Judged, drain
from touchline.domain.staleness.queries import waiting
from touchline.domain.staleness.service import mark, set_wakes
from touchline.settings import Settings

Seen = list[dict[int, frozenset[str]]]


async def noted() -> list[tuple[int, list[str]]]:
    rows = await fetch("SELECT customer_id, facts FROM stale ORDER BY id")
    return [(row["customer_id"], orjson.loads(row["facts"])) for row in rows]


async def judged_now() -> Seen:
    """What a judge is told, batch by batch, until nothing waits."""
    seen: Seen = []

    async def judge(judged: Judged) -> None:
        seen.append(dict(judged.facts))

    while await drain([judge], limit=2):
        pass
    return seen


async def test_a_batch_notes_all_that_changed_of_a_customer_in_one_row(db: Settings) -> None:
    traits = {"email": "ann@acme.com", "plan": "Pro"}
    await arrive(
        db,
        {"type": "identify", "userId": "u1", "traits": traits},
        {"type": "track", "event": "Ordered", "userId": "u1"},
        {"type": "track", "event": "Ordered", "userId": "u1"},
    )
    ann = await customer_of("user_id", "u1")
    (first,) = await fetch("SELECT min(occurred_at) AS at FROM touchpoint")
    assert await noted() == [
        (
            ann,
            sorted(
                {
                    *("account", "created", "event", "event:Identify", "event:Ordered"),
                    *("identifier:email", "identifier:user_id", "trait:email", "trait:plan"),
                    *("type:IDENTIFY", "type:TRACK", f"since:{first['at']}"),
                }
            ),
        )
    ]


async def test_an_entry_of_a_person_is_noted_too(db: Settings) -> None:
    await arrive(db, {"type": "page", "userId": "u1"})
    await judged_now()
    ann = await customer_of("user_id", "u1")
    await add_note(SYSTEM, customer_id=ann, text="Called")
    (entry,) = await fetch("SELECT occurred_at AS at FROM touchpoint WHERE name = 'Note'")
    assert await noted() == [(ann, ["event", "event:Note", f"since:{entry['at']}", "type:NOTE"])]


async def test_of_customers_who_become_one_everything_is_noted(db: Settings) -> None:
    await arrive(db, {"type": "page", "userId": "u1"}, {"type": "page", "userId": "u2"})
    await judged_now()
    ann, bob = [await customer_of("user_id", user) for user in ("u1", "u2")]
    await identity.merge(SYSTEM, survivor_id=ann, absorbed_id=bob)
    rows = dict(await noted())
    assert facts.EVERYTHING in rows[ann]
    assert facts.EVERYTHING in rows[bob]


async def test_a_rehearsal_and_a_failure_note_nothing(db: Settings) -> None:
    await arrive(db, {"type": "page", "userId": "u1"}, {"type": "page", "userId": "u2"})
    await judged_now()
    ann, bob = [await customer_of("user_id", user) for user in ("u1", "u2")]
    await identity.merge(SYSTEM, survivor_id=ann, absorbed_id=bob, dry_run=True)

    async def fail() -> None:
        mark({ann: ["trait:plan"]})
        raise LookupError

    with pytest.raises(LookupError):
        await in_transaction(fail)
    assert await noted() == []


async def test_outside_of_a_transaction_nothing_can_be_noted(db: Settings) -> None:
    with pytest.raises(RuntimeError):
        mark({1: ["trait:plan"]})


async def test_rows_of_one_customer_are_judged_as_one_the_oldest_first(db: Settings) -> None:
    async def note(customer: int, fact: str) -> None:
        mark({customer: [fact]})

    for customer, fact in ((5, "a"), (5, "b"), (7, "c")):
        await in_transaction(partial(note, customer, fact))
    assert await judged_now() == [{5: frozenset({"a", "b"})}, {7: frozenset({"c"})}]
    assert await waiting() == 0


async def test_a_judge_that_loses_the_database_leaves_all_to_be_judged(db: Settings) -> None:
    async def note() -> None:
        mark({5: ["a"]})

    async def fail(_: Judged) -> None:
        raise ConnectionResetError

    await in_transaction(note)
    with pytest.raises(ConnectionResetError):
        await drain([fail])
    assert await waiting() == 1


async def test_who_asked_to_be_woken_is_woken_then_and_once(
    db: Settings, clock: SettableClock
) -> None:
    start = clock()

    async def ask(at: int | None) -> None:
        set_wakes("segment:3", {5: at})

    await in_transaction(lambda: ask(start + 10))
    await in_transaction(lambda: ask(start + 20))
    await in_transaction(lambda: ask(None))
    clock.advance(9)
    assert await judged_now() == []
    clock.advance(1)
    assert await judged_now() == [{5: frozenset({"due:segment:3"})}]
    clock.advance(10)
    assert await judged_now() == []
    await in_transaction(lambda: ask(start + 30))
    await in_transaction(lambda: ask(start + 25))
    clock.advance(5)
    assert await judged_now() == [{5: frozenset({facts.due("segment:3")})}]
