"""Notes and corrections by people, and whose word counts."""

import orjson
import pytest

from tests.support.events import arrive, customer_of, source, timeline_of
from touchline.domain.customers.commands import add_note, correct_trait
from touchline.domain.customers.errors import CustomerErrorCode
from touchline.domain.kernel.actor import Actor, ActorKind, Scope
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Forbidden, Refused
from touchline.domain.sources.types import SourceKind
from touchline.settings import Settings

SDR = Actor(ActorKind.API_KEY, 1, "Olga", frozenset({Scope.WRITE}))
READER = Actor(ActorKind.API_KEY, 2, "Reader", frozenset({Scope.READ}))


async def ann(db: Settings, **traits: object) -> int:
    event = {"type": "identify", "userId": "ann", "messageId": "i1", "traits": traits}
    await arrive(db, event | {"timestamp": "2026-01-01T00:00:00Z"})
    return await customer_of("user_id", "ann")


async def traits(customer_id: int) -> dict[str, object]:
    rows = await fetch("SELECT name, value FROM trait WHERE customer_id = ?", (customer_id,))
    return {row["name"]: orjson.loads(row["value"]) for row in rows}


async def test_a_correction_outranks_a_connected_system_even_a_later_one(db: Settings) -> None:
    customer = await ann(db, title="Clerk", age=30)
    await correct_trait(SDR, customer_id=customer, name="title", value="Head", reason="She told me")
    later = {"type": "identify", "userId": "ann", "messageId": "i2", "traits": {"title": "Boss"}}
    await arrive(db, later)
    assert await traits(customer) == {"title": "Head", "age": 30}
    assert (await timeline_of(customer))[1] == (
        "TRAIT_CORRECTED",
        "Corrected title from Clerk to Head",
    )


async def test_the_customers_own_word_outranks_a_correction(db: Settings) -> None:
    customer = await ann(db, title="Clerk")
    await correct_trait(SDR, customer_id=customer, name="title", value="Head")
    form = await source("signup", SourceKind.FORM)
    told = {"type": "identify", "userId": "ann", "messageId": "f1", "traits": {"title": "Owner"}}
    await arrive(db, told, source_id=form)
    assert await traits(customer) == {"title": "Owner"}
    await correct_trait(SDR, customer_id=customer, name="title", value="Chair")
    assert await traits(customer) == {"title": "Owner"}
    assert (await timeline_of(customer))[-1] == (
        "TRAIT_CORRECTED",
        "Noted title as Chair; the customer's own word stands: Owner",
    )


async def test_a_later_correction_replaces_an_earlier_and_none_removes(db: Settings, clock) -> None:
    customer = await ann(db, title="Clerk")
    await correct_trait(SDR, customer_id=customer, name="title", value="Head")
    clock.advance(1_000)
    await correct_trait(SDR, customer_id=customer, name="title", value=None)
    assert await traits(customer) == {}
    assert len(await fetch("SELECT id FROM trait_assertion")) == 3


async def test_a_null_trait_of_a_later_identify_removes_the_value(db: Settings) -> None:
    customer = await ann(db, title="Clerk", age=30)
    gone = {"type": "identify", "userId": "ann", "messageId": "i2", "traits": {"title": None}}
    await arrive(db, gone)
    assert await traits(customer) == {"age": 30}


async def test_a_note_stands_on_the_timeline_with_its_writer(db: Settings) -> None:
    customer = await ann(db)
    await add_note(SDR, customer_id=customer, text="  Called,\nwants a demo ")
    rows = await fetch("SELECT summary, actor_name, properties FROM touchpoint WHERE type = 'NOTE'")
    assert [(row["summary"], row["actor_name"]) for row in rows] == [
        ("Called, wants a demo", "Olga")
    ]
    assert orjson.loads(rows[0]["properties"]) == {"text": "Called,\nwants a demo"}


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"name": " "}, CustomerErrorCode.TRAIT_NAME_INVALID, ("name",)),
        ({"name": "x" * 201}, CustomerErrorCode.TRAIT_NAME_INVALID, ("name",)),
        ({"value": "x" * 9000}, CustomerErrorCode.TRAIT_VALUE_INVALID, ("value",)),
        ({"value": "a\x00"}, CustomerErrorCode.TRAIT_VALUE_INVALID, ("value",)),
        ({"customer_id": 999}, CustomerErrorCode.CUSTOMER_NOT_FOUND, ("customerId",)),
        ({"reason": ""}, CustomerErrorCode.REASON_INVALID, ("reason",)),
    ],
)
async def test_a_bad_correction_is_refused_and_changes_nothing(db: Settings, change, code, path):
    customer = await ann(db, title="Clerk")
    given = {"customer_id": customer, "name": "title", "value": "Head"} | change
    with pytest.raises(Refused) as refusal:
        await correct_trait(SDR, **given)
    assert (refusal.value.code, refusal.value.path) == (code, path)
    assert await traits(customer) == {"title": "Clerk"}
    assert len(await timeline_of(customer)) == 1


async def test_who_may_only_read_writes_nothing(db: Settings) -> None:
    customer = await ann(db)
    with pytest.raises(Forbidden):
        await add_note(READER, customer_id=customer, text="x")
    assert len(await timeline_of(customer)) == 1
