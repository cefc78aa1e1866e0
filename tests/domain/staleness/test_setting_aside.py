"""A customer whom no judge can judge is set aside, and all others are judged."""

import sqlite3

import pytest

from tests.support.clock import SettableClock
from touchline.domain.kernel.db import fetch, in_transaction
from touchline.domain.kernel.rows import insert_later
from touchline.domain.staleness import facts
from touchline.domain.staleness.draining import Judged, drain
from touchline.domain.staleness.queries import aside, waiting
from touchline.domain.staleness.service import mark, set_wakes
from touchline.domain.staleness.setting_aside import retry

PLACE = "wake"  # where the judge of these tests leaves its answers


class Patient:
    """A judge that leaves an answer for each customer, and fails for those that are ``ill``."""

    def __init__(self, *ill: int, late: bool = False) -> None:
        self.ill = set(ill)
        self.late = late
        self.told: dict[int, frozenset[str]] = {}

    async def __call__(self, judged: Judged) -> None:
        set_wakes("test", dict.fromkeys(judged.facts, judged.at + 1_000_000))
        for customer in judged.facts:
            if customer in self.ill and self.late:
                insert_later(PLACE, ["owner", "customer_id", "wake_at"], [(None, customer, 0)])
            elif customer in self.ill:
                raise OverflowError(f"more than {customer} can bear")
        self.told |= judged.facts


async def judge_all(judge: Patient, limit: int | None = None) -> None:
    for _ in range(50):
        if not await drain([judge], limit=limit):
            return
    raise AssertionError("judging never ends")


async def marked(*customers: int) -> None:
    async def note() -> None:
        mark({one: [facts.STAGE] for one in customers})

    await in_transaction(note)


async def answered() -> list[int]:
    rows = await fetch("SELECT customer_id FROM wake WHERE wake_at > ? ORDER BY customer_id", (9,))
    return [row["customer_id"] for row in rows]


@pytest.mark.usefixtures("db", "clock")
@pytest.mark.parametrize("late", [False, True], ids=["at once", "as it is written"])
async def test_one_who_cannot_be_judged_holds_up_nobody(late: bool) -> None:
    await marked(*range(1, 8))
    await judge_all(judge := Patient(3, late=late), limit=5)
    assert await answered() == sorted(judge.told.keys() - {3}) == [1, 2, 4, 5, 6, 7]
    found = await aside()
    assert found is not None
    assert (found.customers, found.last) == (1, 3)
    assert late or found.error == "OverflowError: more than 3 can bear"
    assert await waiting() == 0


@pytest.mark.usefixtures("db")
async def test_who_is_set_aside_is_judged_of_everything_when_something_is_new(
    clock: SettableClock,
) -> None:
    await marked(1, 2)
    await judge_all(Patient(2))
    clock.advance(5)
    await marked(1, 2)
    await judge_all(judge := Patient(2))
    assert judge.told == {1: frozenset({facts.STAGE})}
    await marked(2)
    await judge_all(judge := Patient())
    assert judge.told == {2: frozenset({facts.STAGE, facts.EVERYTHING})}
    assert await aside() is None
    assert await answered() == [1, 2]


@pytest.mark.usefixtures("db", "clock")
async def test_all_who_are_set_aside_are_tried_again_when_asked() -> None:
    await marked(1, 2, 3)
    await judge_all(Patient(1, 3))
    assert await retry() == 2
    await judge_all(judge := Patient())
    assert judge.told == dict.fromkeys((1, 3), frozenset({facts.EVERYTHING}))
    assert await aside() is None
    assert await retry() == 0


@pytest.mark.usefixtures("db", "clock")
async def test_an_instant_that_comes_for_one_who_cannot_be_judged_leaves_the_queue() -> None:
    async def wakes() -> None:
        set_wakes("other", {1: 1, 2: 1})

    await in_transaction(wakes)
    await judge_all(judge := Patient(1))
    assert list(judge.told) == [2]
    assert await fetch("SELECT 1 AS found FROM wake WHERE wake_at = 1") == []


@pytest.mark.usefixtures("db", "clock")
async def test_what_passes_by_itself_sets_nobody_aside() -> None:
    async def busy(judged: Judged) -> None:
        raise sqlite3.OperationalError("database is locked")

    await marked(1)
    with pytest.raises(sqlite3.OperationalError):
        await drain([busy])
    assert (await waiting(), await aside()) == (1, None)
