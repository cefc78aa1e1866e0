"""A transaction ends properly whatever happens to who began it."""

import asyncio
import multiprocessing
import random
from pathlib import Path

import pytest
from tortoise.transactions import in_transaction as orm_transaction

from touchline.domain.kernel.db import (
    after_commit,
    close_database,
    dialect,
    execute,
    fetch,
    fetch_one,
    in_transaction,
    open_database,
    transactional,
)
from touchline.domain.kernel.models import DeadJob
from touchline.settings import Settings

CANCELLED = 2_000
PROCESSES = 2
ROUNDS = 500


@pytest.fixture
async def counter(db: Settings) -> None:
    """A table with one row that holds a number."""
    await execute("CREATE TABLE counter (number BIGINT NOT NULL)")
    await execute("INSERT INTO counter VALUES (0)")


async def number() -> int:
    row = await fetch_one("SELECT number FROM counter")
    assert row is not None
    return int(row["number"])


async def add(amount: int = 1) -> None:
    await execute("UPDATE counter SET number = number + ?", (amount,))


async def test_what_a_command_writes_is_there_after_it(counter: None) -> None:
    assert await in_transaction(number) == 0

    await in_transaction(add)

    assert await number() == 1


async def test_a_command_that_fails_leaves_nothing_and_its_error_is_told(counter: None) -> None:
    @transactional
    async def fail() -> None:
        await add()
        assert await number() == 1
        raise LookupError("no such thing")

    with pytest.raises(LookupError, match="no such thing"):
        await fail()

    assert await number() == 0


async def test_a_command_called_within_another_shares_its_fate(counter: None) -> None:
    inner = transactional(add)

    @transactional
    async def outer() -> None:
        await inner()
        raise LookupError

    with pytest.raises(LookupError):
        await outer()

    assert await number() == 0


async def test_models_and_statements_share_the_transaction(counter: None) -> None:
    @transactional
    async def write(*, fail: bool) -> None:
        await add()
        await DeadJob.create(kind="k", payload={}, attempts=8, error="e", created_at=1, died_at=2)
        if fail:
            raise LookupError

    with pytest.raises(LookupError):
        await write(fail=True)
    assert (await number(), await DeadJob.all().count()) == (0, 0)

    await write(fail=False)
    assert (await number(), await DeadJob.all().count()) == (1, 1)


async def test_a_savepoint_takes_back_only_what_came_after_it(counter: None) -> None:
    async def add_after_savepoint(amount: int, *, fail: bool) -> None:
        async with orm_transaction("default") as inner:
            await inner.execute_query(f"UPDATE counter SET number = number + {amount}")
            if fail:
                raise LookupError

    @transactional
    async def write() -> None:
        await add(1)
        with pytest.raises(LookupError):
            await add_after_savepoint(10, fail=True)
        await add_after_savepoint(100, fail=False)

    await write()

    assert await number() == 101


async def test_others_see_nothing_of_a_transaction_before_its_end(counter: None) -> None:
    written, go_on = asyncio.Event(), asyncio.Event()

    @transactional
    async def write() -> None:
        await add()
        written.set()
        await go_on.wait()

    writing = asyncio.ensure_future(write())
    await written.wait()
    assert await number() == 0
    go_on.set()
    await writing
    assert await number() == 1


async def test_callbacks_wait_for_the_commit_and_see_it(counter: None) -> None:
    heard: list[str] = []

    @transactional
    async def write() -> None:
        after_commit(lambda: heard.append("first"))
        await add()
        after_commit(lambda: heard.append("second"))
        assert heard == []

    await write()

    assert heard == ["first", "second"]


async def test_callbacks_of_a_failed_transaction_are_never_called(counter: None) -> None:
    heard: list[str] = []

    @transactional
    async def fail() -> None:
        after_commit(lambda: heard.append("never"))
        raise LookupError

    with pytest.raises(LookupError):
        await fail()
    await in_transaction(add)

    assert heard == []


async def test_outside_a_transaction_a_callback_is_called_at_once() -> None:
    heard: list[str] = []
    after_commit(lambda: heard.append("now"))
    assert heard == ["now"]


async def test_a_cancelled_caller_does_not_stop_a_begun_transaction(counter: None) -> None:
    written, committed = asyncio.Event(), asyncio.Event()

    @transactional
    async def write() -> None:
        after_commit(committed.set)
        await add()
        written.set()
        await asyncio.sleep(0.01)
        await add()

    caller = asyncio.ensure_future(write())
    await written.wait()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    async with asyncio.timeout(60):
        await committed.wait()
    assert await number() == 2


async def test_two_thousand_cancelled_transactions_leave_no_lock_behind(counter: None) -> None:
    """Each is cancelled at another instant: before, within, or at the end of its transaction."""
    chance = random.Random(7)
    done = 0

    @transactional
    async def write() -> None:
        await fetch("SELECT number FROM counter")
        await add()

    for _ in range(CANCELLED // 20):
        callers = [asyncio.ensure_future(write()) for _ in range(20)]
        for caller in callers:
            for _ in range(chance.randrange(4)):
                await asyncio.sleep(0)
            if chance.random() < 0.2:
                await asyncio.sleep(0.001)
            caller.cancel()
        outcomes = await asyncio.gather(*callers, return_exceptions=True)
        done += sum(outcome is None for outcome in outcomes)

    async with asyncio.timeout(300):  # those not yet ended run first; on a slow machine long
        before = await in_transaction(number)
        await in_transaction(add)
        assert await number() > before >= done


async def test_tasks_of_one_process_write_one_after_the_other(counter: None) -> None:
    @transactional
    async def read_then_write() -> None:
        locked = " FOR UPDATE" if dialect() == "postgres" else ""
        found = await fetch_one(f"SELECT number FROM counter{locked}")
        assert found is not None
        await asyncio.sleep(0)
        await execute("UPDATE counter SET number = ?", (found["number"] + 1,))

    await asyncio.gather(*(read_then_write() for _ in range(100)))

    assert await number() == 100


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_two_processes_read_and_write_one_file_without_an_error(
    counter: None, settings: Settings
) -> None:
    """With a plain BEGIN the second would fail at once: "database is locked"."""
    fresh = multiprocessing.get_context("spawn")
    outcomes = fresh.Queue()
    processes = [
        fresh.Process(target=count_up, args=(settings.data_dir, ROUNDS, outcomes))
        for _ in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    told = [await asyncio.to_thread(outcomes.get, timeout=60) for _ in processes]
    for process in processes:
        await asyncio.to_thread(process.join, 60)

    assert told == [None, None]
    assert await number() == PROCESSES * ROUNDS


def count_up(data_dir: Path, rounds: int, outcomes: "multiprocessing.Queue[str | None]") -> None:
    """Runs in a process of its own; tells the error that stopped it, or None."""

    @transactional
    async def read_then_write() -> None:
        found = await fetch_one("SELECT number FROM counter")
        assert found is not None
        await execute("UPDATE counter SET number = ?", (found["number"] + 1,))

    async def run() -> None:
        await open_database(Settings(_env_file=None, data_dir=data_dir))
        try:
            for _ in range(rounds):
                await read_then_write()
        finally:
            await close_database()

    try:
        asyncio.run(run())
    except Exception as error:
        outcomes.put(repr(error))
    else:
        outcomes.put(None)


async def test_closing_waits_for_what_is_running(settings: Settings) -> None:
    await open_database(settings)
    await execute("CREATE TABLE counter (number BIGINT NOT NULL)")
    begun = asyncio.Event()

    @transactional
    async def write() -> None:
        begun.set()
        await asyncio.sleep(0.05)
        await execute("INSERT INTO counter VALUES (7)")

    caller = asyncio.ensure_future(write())
    await begun.wait()
    caller.cancel()
    await close_database()

    await open_database(settings)
    try:
        assert await number() == 7
    finally:
        await close_database()
