"""Notes and corrections, as colleagues write them."""

from typing import Any

import pytest

from tests.support.operations import ask, caller, refusal
from tests.support.rows import a_customer, a_trait
from touchline.domain.kernel.actor import Scope
from touchline.domain.kernel.ids import global_id

pytestmark = pytest.mark.usefixtures("db")

NOTE = """mutation ($input: CustomerAddNoteInput!) { customerAddNote(input: $input) {
  touchpoint { type name summary actorName properties subject { id } }
  userErrors { __typename code message field ... on UserError { message } }
  query { customers(first: 1) { nodes { notes(first: 5) { nodes { summary } } } } } } }"""
CORRECT = """mutation ($input: CustomerCorrectTraitInput!) { customerCorrectTrait(input: $input) {
  customer { traits { name value provenance { kind actorName } history { value } } }
  touchpoint { type } userErrors { code field } } }"""


async def corrected(**given: Any) -> Any:
    return (await ask(CORRECT, input=given))["customerCorrectTrait"]


async def test_a_note_stands_on_the_timeline_at_once() -> None:
    customer = global_id("Customer", await a_customer())
    answer = await ask(NOTE, input={"customerId": customer, "text": " Called; likes blue. "})
    assert answer["customerAddNote"] == {
        "touchpoint": {
            "type": "NOTE",
            "name": "Note",
            "summary": "Called; likes blue.",
            "actorName": "Ada",
            "properties": {"text": "Called; likes blue."},
            "subject": {"id": customer},
        },
        "userErrors": [],
        "query": {
            "customers": {"nodes": [{"notes": {"nodes": [{"summary": "Called; likes blue."}]}}]}
        },
    }


async def test_an_empty_note_is_a_user_error_and_writes_nothing() -> None:
    customer = global_id("Customer", await a_customer())
    answer = (await ask(NOTE, input={"customerId": customer, "text": "  "}))["customerAddNote"]
    assert answer == {
        "touchpoint": None,
        "userErrors": [
            {
                "__typename": "CustomerUserError",
                "code": "NOTE_INVALID",
                "message": "text needs 1 to 10000 characters, none of them NUL.",
                "field": ["input", "text"],
            }
        ],
        "query": {"customers": {"nodes": [{"notes": {"nodes": []}}]}},
    }


async def test_a_note_on_nobody_is_a_user_error() -> None:
    given = {"customerId": global_id("Customer", 5), "text": "Hello"}
    errors = (await ask(NOTE, input=given))["customerAddNote"]["userErrors"]
    assert [(one["code"], one["field"]) for one in errors] == [
        ("CUSTOMER_NOT_FOUND", ["input", "customerId"])
    ]


async def test_a_note_without_the_scope_is_refused_and_writes_nothing() -> None:
    customer = global_id("Customer", await a_customer())
    refused = await refusal(
        NOTE, caller(Scope.READ), input={"customerId": customer, "text": "Hello"}
    )
    assert refused["code"] == "FORBIDDEN"
    assert await ask("{ touchpoints(first: 1) { totalCount } }") == {
        "touchpoints": {"totalCount": 0}
    }


async def test_an_input_that_names_another_type_is_bad_input() -> None:
    given = {"customerId": global_id("Source", 1), "text": "Hello"}
    assert await refusal(NOTE, input=given) == {
        "code": "BAD_USER_INPUT",
        "argument": "input.customerId",
        "message": "`input.customerId` is not an id of Customer.",
    }


async def test_a_correction_outranks_a_system_and_keeps_its_history() -> None:
    customer = await a_customer()
    given = {"customerId": global_id("Customer", customer), "name": "plan"}
    answer = await corrected(**given, value="gold")
    assert answer == {
        "customer": {
            "traits": [
                {
                    "name": "plan",
                    "value": "gold",
                    "provenance": {"kind": "CORRECTED", "actorName": "Ada"},
                    "history": [{"value": "gold"}],
                }
            ]
        },
        "touchpoint": {"type": "TRAIT_CORRECTED"},
        "userErrors": [],
    }
    answer = await corrected(**given, value=["blue", 7, None], statedByCustomer=True)
    (trait,) = answer["customer"]["traits"]
    assert (trait["value"], trait["provenance"]["kind"]) == (["blue", 7, None], "STATED")
    assert len(trait["history"]) == 2


async def test_null_removes_a_trait_and_no_value_is_bad_input() -> None:
    customer = await a_customer()
    await a_trait(customer, "plan", '"gold"')
    given = {"customerId": global_id("Customer", customer), "name": "plan"}
    refused = await refusal(CORRECT, input=given)
    assert (refused["code"], refused["argument"]) == ("BAD_USER_INPUT", "input.value")
    answer = await corrected(**given, value=None)
    assert answer["customer"]["traits"] == []


async def test_a_value_that_is_too_large_is_a_user_error() -> None:
    customer = global_id("Customer", await a_customer())
    answer = await corrected(customerId=customer, name="story", value="x" * 9_000)
    assert answer == {
        "customer": None,
        "touchpoint": None,
        "userErrors": [{"code": "TRAIT_VALUE_INVALID", "field": ["input", "value"]}],
    }
