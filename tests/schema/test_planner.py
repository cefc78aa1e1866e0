"""Queries are compiled; what is unusual about one is left to normal execution."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.support.operations import ENGINE, FIELD_BY_FIELD, answer_to, ask, caller, statements
from tests.support.rows import a_customer, a_source, a_touchpoint, a_trait
from touchline.domain.kernel.actor import Scope
from touchline.domain.kernel.clock import format_moment
from touchline.domain.kernel.db import execute
from touchline.domain.kernel.ids import global_id

pytestmark = pytest.mark.usefixtures("db")

PAGE = """query ($id: ID!, $first: Int!, $after: String, $also: Boolean!) { customer(id: $id) {
  id firstSeenAt account @include(if: $also) { name }
  traits { name value provenance { kind source { name } } history { value } }
  timeline(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    edges { cursor node { id source { id name } subject { __typename id } } } } }
  sources { name } }"""


@pytest.mark.parametrize("touchpoints", [1, 20])
async def test_a_page_takes_one_statement_however_much_there_is(
    touchpoints: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = await a_customer()
    shop = await a_source()
    for number in range(touchpoints):
        await a_touchpoint(customer, source_id=shop)
        await a_trait(customer, f"t{number}", "1", source_id=shop)
    given: dict[str, Any] = {"id": global_id("Customer", customer), "first": 20}
    for also in (True, False):
        with statements(monkeypatch) as sent:
            data = await ask(PAGE, **given, also=also)
        assert len(sent) == 1, "\n".join(sent)
        assert ("account" in data["customer"]) is also
        assert len(data["customer"]["timeline"]["edges"]) == touchpoints


async def test_pages_that_differ_in_size_and_place_are_not_mistaken_for_each_other() -> None:
    customer = await a_customer()
    made = [await a_touchpoint(customer, occurred_at=moment) for moment in range(5)]
    given: dict[str, Any] = {"id": global_id("Customer", customer), "also": False}
    first = await ask(PAGE, **given, first=2)
    end = first["customer"]["timeline"]["pageInfo"]["endCursor"]
    second = await ask(PAGE, **given, first=2, after=end)
    third = await ask(PAGE, **given, first=3, after=end)
    shown = [
        [edge["node"]["id"] for edge in data["customer"]["timeline"]["edges"]]
        for data in (first, second, third)
    ]
    ids = [global_id("Touchpoint", key) for key in reversed(made)]
    assert shown == [ids[:2], ids[2:4], ids[2:]]


async def test_what_a_function_answers_stands_in_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await a_source(name="Shop")
    with statements(monkeypatch) as sent:
        data = await ask("{ a: sources { name } viewer { name } b: sources { name } }")
    assert list(data.items()) == [
        ("a", [{"name": "Shop"}]),
        ("viewer", {"name": "Ada"}),
        ("b", [{"name": "Shop"}]),
    ]
    assert len(sent) == 1, "\n".join(sent)


async def test_a_plan_lets_nobody_see_more_than_the_scope_opens() -> None:
    await a_source()
    document = "{ sources { writeKeys { prefix } } }"
    assert "errors" not in await answer_to(document, {}, caller(Scope.ADMIN))
    refused = await answer_to(document, {}, caller(Scope.READ))
    assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_instants_are_written_alike_by_python_and_by_the_database() -> None:
    moments = [
        *(0, 1, -1, 999, -999, 1_000, -62_135_596_800_000, 253_402_300_799_999),
        *(1_795_334_352_979 + 37 * step for step in range(50)),
        *(-1_000_000_000_007 - 12_345_678_901 * step for step in range(50)),
    ]
    for moment in moments:
        await a_customer(first_seen_at=moment)
    data = await ask(
        "{ a: customers(first: 100, orderBy: {field: FIRST_SEEN, direction: ASC})"
        " { nodes { firstSeenAt } } b: customers(last: 20,"
        " orderBy: {field: FIRST_SEEN, direction: ASC}) { nodes { firstSeenAt } } }"
    )
    shown = [node["firstSeenAt"] for page in ("a", "b") for node in data[page]["nodes"]]
    expected = [format_moment(moment) for moment in sorted(moments)]
    assert shown == expected[:100] + expected[-20:]


async def test_data_that_breaks_the_promises_of_the_schema_is_an_error_of_its_place() -> None:
    customer = await a_customer(first_seen_at=10**17)
    good = await a_touchpoint(customer)
    bad = await a_touchpoint(customer, clock="SUNDIAL")
    await execute("UPDATE touchpoint SET occurred_at = 0 WHERE id = ?", (bad,))
    body = await answer_to(
        "query ($id: ID!, $good: ID!) { bad: customer(id: $id) { firstSeenAt }"
        " clocks: touchpoints(first: 5) { nodes { clock } } node(id: $good) { id } }",
        {"id": global_id("Customer", customer), "good": global_id("Touchpoint", good)},
        caller(),
    )
    assert body["data"] == {
        "bad": None,
        "clocks": None,
        "node": {"id": global_id("Touchpoint", good)},
    }
    assert sorted(tuple(error["path"]) for error in body["errors"]) == [
        ("bad", "firstSeenAt"),
        ("clocks", "nodes", 1, "clock"),
    ]


async def test_plans_of_a_document_are_bounded() -> None:
    flags = [f"$f{number}: Boolean!" for number in range(6)]
    parts = " ".join(f"f{number}: name @include(if: $f{number})" for number in range(6))
    document = f"query ({', '.join(flags)}) {{ sources {{ id {parts} }} }}"
    for bits in range(2**6):
        given: dict[str, Any] = {f"f{number}": bool(bits >> number & 1) for number in range(6)}
        await ask(document, **given)
    assert len(ENGINE.documents.prepare(document, hide_suggestions=False).compiled.kept) == 16


DEEP = """query ($id: ID!) { cycle(id: $id) { movesSinceHuddle { item { ledTo { measurement {
  experiment { startReason health { id } arms { interval { id } asset { newestVersion {
  number } } } } } } } } } }"""


async def test_what_a_database_cannot_parse_is_answered_all_the_same_and_tried_once() -> None:
    with capture_logs() as told:
        bodies = [await answer_to(DEEP, {"id": global_id("Cycle", 1)}, caller()) for _ in "123"]
    assert [body["data"] for body in bodies] == [{"cycle": None}] * 3
    assert [line["event"] for line in told] in ([], ["plan left aside"])


FADED = """{ touchpoints(first: 5) { nodes { subject { ... on Customer { displayName
  scores { value explanation { total } } } } } } }"""


async def test_what_a_database_can_parse_only_without_its_expressions_takes_one_statement(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await a_touchpoint(await a_customer())
    expected = await ask(FADED, engine=FIELD_BY_FIELD)
    with capture_logs() as told:
        assert await ask(FADED) == expected
        with statements(monkeypatch) as sent:
            assert await ask(FADED) == expected
    assert len(sent) == 1, "\n".join(sent)
    assert told == []


NOTE = """mutation ($input: CustomerAddNoteInput!) { customerAddNote(input: $input) {
  touchpoint { id type summary subject { ... on Customer { id displayName traits { name value }
    timeline(first: 2) { totalCount nodes { type } } } } } userErrors { code } } }"""


async def test_what_a_change_shows_is_read_by_one_statement(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    customer = await a_customer(display_name="Grace Hopper")
    await a_trait(customer, "role", '"Admiral"')
    given = {"customerId": global_id("Customer", customer), "text": "Called back"}
    with statements(monkeypatch) as sent:
        data = await ask(NOTE, input=given)
    assert len(sent) == 1, "\n".join(sent)
    shown = data["customerAddNote"]["touchpoint"]
    assert shown.pop("id").startswith("Touchpoint_")
    assert data == {"customerAddNote": {"touchpoint": shown, "userErrors": []}}
    assert shown == {
        "type": "NOTE",
        "summary": shown["summary"],
        "subject": {
            "id": global_id("Customer", customer),
            "displayName": "Grace Hopper",
            "traits": [{"name": "role", "value": "Admiral"}],
            "timeline": {"totalCount": 1, "nodes": [{"type": "NOTE"}]},
        },
    }


async def test_what_a_change_may_not_show_is_refused_in_its_place() -> None:
    customer = await a_customer()
    await a_touchpoint(customer, source_id=await a_source())
    document = """mutation ($input: CustomerAddNoteInput!) { customerAddNote(input: $input) {
      touchpoint { type subject { ... on Customer { timeline(first: 5) {
        nodes { source { writeKeys { prefix } } } } } } } } }"""
    given = {"input": {"customerId": global_id("Customer", customer), "text": "Called"}}
    told = await answer_to(document, given, caller(Scope.WRITE))
    (error,) = told["errors"]
    assert error["extensions"]["code"] == "FORBIDDEN"
    assert error["path"][-1] == "writeKeys"
