"""What is rehearsed leaves nothing behind."""

import pytest

from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.kernel.rehearsing import rehearsed

pytestmark = pytest.mark.usefixtures("db")


async def tell(topic: str) -> int:
    sql = "INSERT INTO outbox (topic, payload, created_at) VALUES (?, '{}', 1)"
    await execute(sql, (topic,))
    return len(await topics())


async def topics() -> list[str]:
    return [row["topic"] for row in await fetch("SELECT topic FROM outbox ORDER BY id")]


async def test_a_rehearsal_sees_what_it_does_and_undoes_it() -> None:
    assert await rehearsed(lambda: tell("rehearsed")) == 1
    assert await topics() == []


async def test_in_the_midst_of_a_transaction_it_undoes_itself_alone() -> None:
    async def around() -> None:
        await tell("before")
        assert await rehearsed(lambda: tell("rehearsed")) == 2
        await tell("after")

    await in_transaction(around)
    assert await topics() == ["before", "after"]


async def test_what_fails_in_a_rehearsal_is_raised_and_undone() -> None:
    async def fail() -> None:
        await tell("rehearsed")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await rehearsed(fail)
    assert await topics() == []
