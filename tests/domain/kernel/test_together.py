"""What can go to the database together does, and nobody sees a difference."""

import asyncio

import pytest

from touchline.domain.kernel import outbox
from touchline.domain.kernel.db import (
    dialect,
    execute,
    fetch,
    fetch_together,
    in_transaction,
    savepoint,
)
from touchline.domain.kernel.rows import add_later
from touchline.domain.kernel.statements import Statement
from touchline.domain.kernel.transaction import write_later
from touchline.domain.kernel.turns import Turn, take_turns
from touchline.settings import Settings

ALL = "SELECT id, name, amount FROM pot ORDER BY id"


@pytest.fixture(autouse=True)
async def pots(db: Settings) -> None:
    """Three pots with different amounts."""
    await execute("CREATE TABLE pot (id BIGINT PRIMARY KEY, name TEXT, amount BIGINT NOT NULL)")
    await execute("INSERT INTO pot VALUES (1, 'one', 10), (2, NULL, 20), (3, 'three', 30)")


async def amounts() -> list[int]:
    return [row["amount"] for row in await fetch(ALL)]


async def told() -> list[str]:
    return [event.topic for event in await outbox.peek(10)]


async def test_several_reads_give_the_rows_of_each() -> None:
    every, none, one = await fetch_together(
        Statement(ALL),
        Statement("SELECT id FROM pot WHERE id > ?", (3,)),
        Statement("SELECT name FROM pot WHERE id = ?", (1,)),
    )
    assert [(row["id"], row["name"], row["amount"]) for row in every] == [
        (1, "one", 10),
        (2, None, 20),
        (3, "three", 30),
    ]
    assert [len(none), [row["name"] for row in one]] == [0, ["one"]]


async def test_what_is_left_for_later_is_seen_by_the_next_statement() -> None:
    async def change() -> list[int]:
        write_later(Statement("DELETE FROM pot WHERE id = ?", (1,)))
        add_later("pot", "amount", {3: 5, 2: -1})
        return await amounts()

    assert await in_transaction(change) == [19, 35]
    assert await amounts() == [19, 35]


async def test_what_is_left_for_later_is_written_before_the_commit() -> None:
    async def change() -> None:
        write_later(Statement("INSERT INTO pot (id, amount) VALUES (?, ?)", (4, 44)))
        write_later(Statement("UPDATE pot SET amount = ? WHERE id = ?", (11, 1)))

    await in_transaction(change)
    assert await amounts() == [11, 20, 30, 44]


async def test_every_kind_of_value_reaches_the_last_statement_unharmed() -> None:
    blob = "BYTEA" if dialect() == "postgres" else "BLOB"
    await execute(
        "CREATE TABLE kinds (id BIGINT PRIMARY KEY, big BIGINT, part DOUBLE PRECISION, yes BOOLEAN,"
        f" said TEXT, raw {blob}, none TEXT)"
    )
    said = 'O\'Brien \\ "quoted", {braces}, 客户 🎉\n\ttabs $1 ?'
    given = (2**62, -0.1, True, said, b"\x00\xff'", None)

    async def change() -> None:
        write_later(Statement("INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?, ?)", (1, *given)))

    await in_transaction(change)
    (row,) = await fetch("SELECT big, part, yes, said, raw, none FROM kinds")
    assert (*row,) == given


async def test_a_transaction_that_failed_at_its_end_leaves_its_connection_usable() -> None:
    async def change(amount: int | None) -> None:
        await amounts()
        write_later(Statement("UPDATE pot SET amount = ? WHERE id = ?", (amount, 1)))

    for _ in range(30):  # more than there are connections
        with pytest.raises(Exception, match=r"(?i)not.null"):
            await in_transaction(lambda: change(None))
    await asyncio.gather(*(in_transaction(lambda: change(7)) for _ in range(30)))
    assert await amounts() == [7, 20, 30]


async def test_what_fails_later_fails_the_whole() -> None:
    async def change() -> None:
        add_later("pot", "amount", {1: 1})
        write_later(Statement("INSERT INTO pot (id, amount) VALUES (?, ?)", (2, 1)))

    with pytest.raises(Exception, match=r"(?i)unique"):
        await in_transaction(change)
    assert await amounts() == [10, 20, 30]


async def test_a_part_that_is_undone_takes_its_news_along_and_no_others() -> None:
    async def undone() -> None:
        async with savepoint():
            await outbox.emit("undone", {})
            add_later("pot", "amount", {1: 1})
            raise LookupError

    async def change() -> None:
        await outbox.emit("before", {})
        with pytest.raises(LookupError):
            await undone()
        await outbox.emit("after", {})

    await in_transaction(change)
    assert (await told(), await amounts()) == (["before", "after"], [10, 20, 30])


async def test_news_of_one_transaction_come_in_their_order() -> None:
    async def change() -> None:
        for topic in ("first", "second", "third"):
            await outbox.emit(topic, {})

    await in_transaction(change)
    assert await told() == ["first", "second", "third"]


async def test_who_waits_for_a_turn_reads_what_the_other_wrote() -> None:
    async def add() -> None:
        await take_turns(Turn.TAGS, [1])
        await take_turns(Turn.TAGS, [1])  # which is held already
        (found,) = await fetch("SELECT amount FROM pot WHERE id = ?", (1,))
        await asyncio.sleep(0)
        await execute("UPDATE pot SET amount = ? WHERE id = ?", (found["amount"] + 1, 1))

    await asyncio.gather(*(in_transaction(add) for _ in range(8)))
    assert await amounts() == [18, 20, 30]


async def test_who_reads_before_its_turn_comes_reads_anew_afterwards() -> None:
    async def add() -> None:
        await amounts()
        await take_turns(Turn.TAGS, [1, 2])
        (found,) = await fetch("SELECT amount FROM pot WHERE id = ?", (1,))
        await asyncio.sleep(0)
        await execute("UPDATE pot SET amount = ? WHERE id = ?", (found["amount"] + 1, 1))

    await asyncio.gather(*(in_transaction(add) for _ in range(8)))
    assert await amounts() == [18, 20, 30]
