"""An answer that is too large is refused in words before the process holds it."""

from typing import Any

import pytest

from tests.support.operations import PLANNED, STEPPED, answer_to, caller
from tests.support.rows import a_customer, a_trait
from touchline.domain.kernel.db import in_transaction
from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.reads import reads_apart
from touchline.graphql.engine.execution import Engine
from touchline.graphql.engine.planning.entering import EnteringExecutor
from touchline.settings import Settings

TRAITS = "query ($id: ID!) { customer(id: $id) { traits { name value } } }"
TOO_LARGE = {
    "message": "The answer is too large for one request. Ask for less at once.",
    "code": "COST_EXCEEDED",
}


async def told(engine: Engine, document: str, customer: int) -> dict[str, Any]:
    """The message and code of the one error of an answer without data."""
    body = await answer_to(document, {"id": global_id("Customer", customer)}, caller(), engine)
    (error,) = body["errors"]
    assert body.get("data") is None
    return {"message": error["message"], "code": error["extensions"]["code"]}


async def with_traits(count: int, value: str) -> int:
    """A customer of whom so much is known."""

    async def write() -> int:
        customer = await a_customer()
        for number in range(count):
            await a_trait(customer, f"trait {number}", value)
        return customer

    return await in_transaction(write)


async def test_a_database_makes_no_more_than_an_answer_may_hold(db: Settings) -> None:
    customer = await with_traits(14, '"' + "x" * 5_000_000 + '"')
    async with reads_apart(db):
        assert await told(PLANNED, TRAITS, customer) == TOO_LARGE


async def test_normal_execution_ends_at_too_many_objects(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = await with_traits(10, "1")
    monkeypatch.setattr(EnteringExecutor, "most_objects", 11)
    body = await answer_to(TRAITS, {"id": global_id("Customer", customer)}, caller(), STEPPED)
    assert len(body["data"]["customer"]["traits"]) == 10
    monkeypatch.setattr(EnteringExecutor, "most_objects", 10)
    assert await told(STEPPED, TRAITS, customer) == TOO_LARGE
