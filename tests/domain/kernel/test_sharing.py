"""Small changes that are asked for at the same time share a transaction."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from tests.support.waiting import until
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.kernel.sharing import AT_ONCE, MOST, Shared
from touchline.settings import Settings

pytestmark = pytest.mark.usefixtures("notes")
LONG_S = 300.0


@pytest.fixture
async def notes(db: Settings) -> None:
    """A table of texts, none of which stands there twice."""
    await execute("CREATE TABLE note (text VARCHAR(50) NOT NULL UNIQUE)")


async def noted() -> set[str]:
    return {row["text"] for row in await fetch("SELECT text FROM note")}


@dataclass
class Notes:
    """Takes notes, and remembers which shared a transaction and which were taken alone.

    What begins with a question mark is unusual; ``gates`` hold up the transaction of a text.
    """

    shared: list[list[str]] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    lost: bool = False

    def __post_init__(self) -> None:
        self.take = Shared(together=self._together, alone=self._alone, key=lambda text: text[:3])

    async def _together(self, texts: Sequence[str]) -> list[str | None]:
        self.shared.append([*texts])
        for text in texts:
            if not text.startswith("?"):
                await execute("INSERT INTO note VALUES (?)", (text,))
        for text in texts:
            if text in self.gates:
                await self.gates[text].wait()
        if self.lost:
            raise ConnectionResetError
        return [None if text.startswith("?") else text.upper() for text in texts]

    async def _alone(self, text: str) -> str:
        async def run() -> str:
            self.alone.append(text)
            if text.startswith("?no"):
                raise LookupError(text)
            await execute("INSERT INTO note VALUES (?)", (text,))
            return f"alone {text}"

        return await in_transaction(run)


async def begun(notes: Notes, groups: int = 1) -> None:
    """Return once so many transactions began."""

    async def so_many() -> bool:
        return len(notes.shared) >= groups

    await until(so_many, within_s=LONG_S)


async def test_who_asks_at_the_same_time_shares_a_transaction_and_gets_an_own_answer() -> None:
    notes = Notes()
    assert await asyncio.gather(*map(notes.take, ["one", "two", "six"])) == ["ONE", "TWO", "SIX"]
    assert (notes.shared, notes.alone) == ([["one", "two", "six"]], [])
    assert await noted() == {"one", "two", "six"}


async def test_who_asks_while_one_is_under_way_shares_the_next_and_nobody_is_told_before() -> None:
    notes = Notes(gates={"one": asyncio.Event(), "two": asyncio.Event()})
    first = asyncio.ensure_future(notes.take("one"))
    await begun(notes)
    later = [asyncio.ensure_future(notes.take(text)) for text in ("two", "six")]
    assert await noted() == set()
    assert not any(each.done() for each in (first, *later))
    notes.gates["one"].set()
    assert await first == "ONE"
    await begun(notes, 2)
    assert not any(each.done() for each in later)
    notes.gates["two"].set()
    assert await asyncio.gather(*later) == ["TWO", "SIX"]
    assert notes.shared == [["one"], ["two", "six"]]


async def test_what_is_unusual_is_done_alone_and_a_refusal_leaves_others_as_they_are() -> None:
    notes = Notes()
    told = await asyncio.gather(
        *map(notes.take, ["one", "?yes", "?no", "two"]), return_exceptions=True
    )
    assert [repr(each) for each in told] == ["'ONE'", "'alone ?yes'", "LookupError('?no')", "'TWO'"]
    assert await noted() == {"one", "?yes", "two"}


async def test_where_one_fails_each_is_tried_alone() -> None:
    notes = Notes()
    await notes.take("one")
    first, second, third = await asyncio.gather(
        *map(notes.take, ["two", "one", "six"]), return_exceptions=True
    )
    assert (first, third) == ("alone two", "alone six")
    assert isinstance(second, Exception)
    assert sorted(notes.alone) == ["one", "six", "two"]
    assert await noted() == {"one", "two", "six"}


async def test_what_a_lost_connection_left_unknown_is_not_done_again() -> None:
    notes = Notes(lost=True)
    told = await asyncio.gather(*map(notes.take, ["one", "two"]), return_exceptions=True)
    assert [type(each) for each in told] == [ConnectionResetError] * 2
    assert notes.alone == []
    notes.lost = False
    assert await notes.take("one") == "ONE"


async def test_what_has_the_same_key_is_done_one_after_the_other_in_its_order() -> None:
    notes = Notes()
    asked = ["one 1", "one 2", "two 1", "one 3", "?ye 1", "?ye 2", "two 2"]
    await asyncio.gather(*map(notes.take, asked))
    assert [[text for text in group if text[0] != "?"] for group in notes.shared] == [
        ["one 1", "two 1"],
        ["one 2", "two 2"],
        ["one 3"],
    ]
    assert notes.alone == ["?ye 1", "?ye 2"]


async def test_no_more_than_so_many_share_one() -> None:
    notes = Notes()
    texts = [f"{number:03}" for number in range(MOST + 1)]
    await asyncio.gather(*map(notes.take, texts))
    assert notes.shared == [texts[:MOST], texts[MOST:]]


async def test_who_goes_away_before_it_begins_is_left_out_and_later_not() -> None:
    notes = Notes(gates={"one": asyncio.Event()})
    callers = [asyncio.ensure_future(notes.take("one"))]
    await begun(notes)
    callers += [asyncio.ensure_future(notes.take(text)) for text in ("two", "six")]
    await asyncio.sleep(0)
    for caller in callers[:2]:
        caller.cancel()
    notes.gates["one"].set()
    assert await callers[2] == "SIX"
    assert await noted() == {"one", "six"}


async def test_inside_of_a_transaction_it_shares_the_fate_of_that() -> None:
    notes = Notes()

    async def fail() -> None:
        assert await notes.take("one") == "alone one"
        raise LookupError

    with pytest.raises(LookupError):
        await in_transaction(fail)
    assert (await noted(), notes.shared) == (set(), [])


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_one_that_waits_long_holds_up_only_those_who_share_it() -> None:
    slow = [f"{number:03}" for number in range(AT_ONCE - 1)]
    notes = Notes(gates={text: asyncio.Event() for text in slow})
    held = []
    for number, text in enumerate(slow, 1):
        held.append(asyncio.ensure_future(notes.take(text)))
        await begun(notes, number)
    async with asyncio.timeout(LONG_S):
        for text in ("one", "two", "six"):
            assert await notes.take(text) == text.upper()
    assert not any(each.done() for each in held)
    again = asyncio.ensure_future(notes.take(slow[0]))  # of the same key: it has to wait
    assert await notes.take("ten") == "TEN"
    assert not again.done()
    for gate in notes.gates.values():
        gate.set()
    assert await asyncio.gather(*held) == slow
    with pytest.raises(Exception, match=r"(?i)unique"):
        await again
