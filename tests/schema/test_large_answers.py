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


async def test_a_database_makes_no_more_than_an_answer_may_hold(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def with_long_traits() -> int:
        customer = await a_customer()
        for number in range(14):
            await a_trait(customer, f"trait {number}", '"' + "x" * 5_000_000 + '"')
        return customer

    customer = await in_transaction(with_long_traits)
    async with reads_apart(db):
        assert await told(PLANNED, TRAITS, customer) == TOO_LARGE


async def test_normal_execution_ends_at_too_many_objects(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def with_traits() -> int:
        customer = await a_customer()
        for number in range(10):
            await a_trait(customer, f"trait {number}", "1")
        return customer

    customer = await in_transaction(with_traits)
    monkeypatch.setattr(EnteringExecutor, "most_objects", 11)
    body = await answer_to(TRAITS, {"id": global_id("Customer", customer)}, caller(), STEPPED)
    assert len(body["data"]["customer"]["traits"]) == 10
    monkeypatch.setattr(EnteringExecutor, "most_objects", 10)
    assert await told(STEPPED, TRAITS, customer) == TOO_LARGE
