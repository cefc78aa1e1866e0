"""A mutation that is sent again with the same key is not done a second time."""

import asyncio
from typing import Any

import pytest

from tests.support.clock import SettableClock
from tests.support.operations import answer_to, ask, caller
from tests.support.rows import a_customer
from tests.support.teller import known, tell
from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.idempotency import forget_old_keys
from touchline.domain.kernel.ids import global_id

pytestmark = pytest.mark.usefixtures("db")

NOTE = """mutation ($input: CustomerAddNoteInput!) { customerAddNote(input: $input) {
    touchpoint { id summary } userErrors { code } } }"""
NEW_KEY = """mutation ($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) {
    apiKey { id name } secret } }"""
MERGE = """mutation ($input: CustomerMergeInput!) { customerMerge(input: $input) {
    customer { id } merge { id } preview { touchpointCount } userErrors { code } } }"""


async def note(
    customer: int, key: str | None, text: str = "Hello", actor: Actor | None = None
) -> Any:
    given = {"customerId": global_id("Customer", customer), "text": text}
    body = await answer_to(NOTE, {"input": {**given, "idempotencyKey": key}}, actor or caller())
    return body["data"]["customerAddNote"] or body["errors"][0]


async def notes() -> int:
    return len(await fetch("SELECT id FROM touchpoint WHERE type = 'NOTE'"))


async def test_the_second_answer_is_the_first_and_nothing_is_done() -> None:
    customer, ada = await a_customer(), caller()
    first = await note(customer, "k1", actor=ada)
    assert first["userErrors"] == []
    assert await note(customer, "k1", actor=ada) == first
    assert await notes() == 1


async def test_ten_at_once_are_one() -> None:
    customer, ada = await a_customer(), caller()
    answers = await asyncio.gather(*(note(customer, "k1", actor=ada) for _ in range(10)))
    assert answers == [answers[0]] * 10
    assert await notes() == 1


async def test_without_a_key_or_with_another_or_of_another_caller_it_is_done_again() -> None:
    customer, ada = await a_customer(), caller()
    told = [
        await note(customer, None, actor=ada),
        await note(customer, None, actor=ada),
        await note(customer, "k1", actor=ada),
        await note(customer, "k2", actor=ada),
        await note(customer, "k1", actor=caller()),
    ]
    assert len({one["touchpoint"]["id"] for one in told}) == 5
    assert await notes() == 5


async def test_a_key_does_not_serve_for_another_input_or_mutation() -> None:
    customer, ada = await a_customer(), caller()
    await note(customer, "k1", actor=ada)
    other = await note(customer, "k1", "Something else", actor=ada)
    assert (other["extensions"]["code"], other["extensions"]["argument"]) == (
        "BAD_USER_INPUT",
        "idempotencyKey",
    )
    given = {"name": "Web", "scopes": ["READ"]}
    body = await answer_to(NEW_KEY, {"input": {**given, "idempotencyKey": "k1"}}, ada)
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert await notes() == 1
    assert await ask("{ apiKeys { id } }") == {"apiKeys": []}


async def test_what_was_refused_may_be_tried_again_with_its_key() -> None:
    ada = caller()
    refused = await note(777, "k1", actor=ada)
    assert refused["userErrors"] == [{"code": "CUSTOMER_NOT_FOUND"}]
    await a_customer(id=777)
    assert (await note(777, "k1", actor=ada))["userErrors"] == []
    assert await notes() == 1


async def test_a_secret_is_shown_once_and_kept_nowhere() -> None:
    ada, given = caller(), {"name": "Web", "scopes": ["READ"]}
    bodies = [
        await answer_to(NEW_KEY, {"input": {**given, "idempotencyKey": "k1"}}, ada)
        for _ in range(2)
    ]
    first, second = (body["data"]["apiKeyCreate"] for body in bodies)
    assert second == {**first, "secret": None}
    assert first["secret"]
    rows = await fetch("SELECT CAST(answer AS TEXT) AS answer FROM idempotency_key")
    assert [first["secret"] in row["answer"] for row in rows] == [False]


async def test_a_rehearsal_takes_no_key() -> None:
    spots = (await tell([(known(user_id="ann"), 10), (known(user_id="ben"), 20)])).placements
    one, other = (global_id("Customer", spot.customer_id) for spot in spots)
    ada, given = caller(), {"survivorId": one, "absorbedId": other}
    told = []
    for dry_run in (True, True, False, False):
        sent = {"input": {**given, "dryRun": dry_run, "idempotencyKey": "k1"}}
        told.append((await answer_to(MERGE, sent, ada))["data"]["customerMerge"])
    assert [one["customer"] for one in told[:2]] == [None, None]
    assert [bool(one["preview"]) for one in told] == [True, True, True, False]
    assert told[2]["merge"] is not None
    assert told[3]["merge"] == told[2]["merge"]
    assert told[3]["userErrors"] == []


async def test_a_key_is_kept_for_seven_days(clock: SettableClock) -> None:
    customer, ada = await a_customer(), caller()
    first = await note(customer, "k1", actor=ada)
    clock.advance(7 * DAY)
    await forget_old_keys()
    assert await note(customer, "k1", actor=ada) == first
    clock.advance(1)
    assert (await note(customer, "k1", actor=ada)) != first
    clock.advance(7 * DAY + 1)
    await forget_old_keys()
    assert await fetch("SELECT id FROM idempotency_key") == []


@pytest.mark.parametrize("key", ["", "x" * 201])
async def test_a_key_that_cannot_be_kept_is_refused(key: str) -> None:
    customer = await a_customer()
    refused = await note(customer, key)
    assert refused["extensions"]["argument"] == "idempotencyKey"
    assert await notes() == 0
