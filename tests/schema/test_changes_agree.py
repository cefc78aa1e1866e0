"""What a planned mutation answers is byte for byte what GraphQL's own execution answers."""

import re
from typing import Any

import pytest

from tests.support.operations import ENGINE, FIELD_BY_FIELD, answer_bytes, ask, caller, statements
from tests.support.rows import a_customer
from touchline.domain.kernel.actor import Scope
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id

pytestmark = pytest.mark.usefixtures("db")

MAKE = "mutation ($name: String!) { tagCreate(input: {name: $name}) { tag { id } } }"
HEAD = "mutation ($c: ID!, $t: ID!)"
ADD = "customerAddTags(input: {customerId: $c, tagIds: [$t]})"

DOCUMENTS = {
    "the id alone": "{ %s { customer { id } } }",
    "other names": "{ a: %s { it: customer { key: id kind: __typename } } }",
    "refusals": "{ %s { userErrors { code field message } customer { id } } }",
    "more of it": "{ %s { customer { id displayName tags { tag { name } } } userErrors { id } } }",
    "a list": "{ %s { customer { id timeline(first: 2) { totalCount nodes { id } } } } }",
    "the type of the payload": "{ %s { __typename customer { id } } }",
    "the query root": "{ %s { customer { id } query { tags(first: 5) { nodes { name } } } } }",
    "one name twice": "{ %s { customer { id } customer { displayName } } }",
    "a directive": "{ %s { customer @include(if: true) { id } userErrors @skip(if: true) { id } }}",
    "nothing but the type": "{ __typename %s { customer { __typename } } }",
    "two changes": '{ a: %s { customer { id } } b: tagCreate(input: {name: ""}) { tag { id } } }',
    "a fragment": "{ %s { ...P } } fragment P on CustomerAddTagsPayload { customer { id } }",
}


@pytest.fixture
async def places() -> dict[str, Any]:
    """A customer, and a tag to add."""
    tag = (await ask(MAKE, name="VIP"))["tagCreate"]["tag"]["id"]
    return {"c": global_id("Customer", await a_customer(display_name="Grace")), "t": tag}


async def both(document: str, given: dict[str, Any], *scopes: Scope) -> tuple[bytes, bytes]:
    """The answers of both, but for what a second more gives back to the bucket."""
    text = f"{HEAD} {document.replace('%s', ADD)}"
    planned, plain = [
        re.sub(rb'"available":\d+', b"", await answer_bytes(text, given, caller(*scopes), engine))
        for engine in (ENGINE, FIELD_BY_FIELD)
    ]
    return planned, plain


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
async def test_a_change_is_told_alike(document: str, places: dict[str, Any]) -> None:
    await both(document, places)  # from now on it is nothing new
    planned, plain = await both(document, places, Scope.WRITE)
    assert planned == plain
    assert b"errors" not in planned


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
@pytest.mark.parametrize(
    ("wrong", "scope"),
    [
        ({"t": "Tag_999999"}, Scope.WRITE),
        ({"c": "Customer_999999"}, Scope.WRITE),
        ({"t": "Customer_1"}, Scope.WRITE),
        ({"c": None}, Scope.WRITE),
        ({}, Scope.READ),
    ],
)
async def test_a_refusal_is_told_alike_and_nothing_is_changed(
    document: str, wrong: dict[str, Any], scope: Scope, places: dict[str, Any]
) -> None:
    planned, plain = await both(document, {**places, **wrong}, scope)
    assert planned == plain
    assert await fetch("SELECT id FROM customer_tag") == []


async def test_of_whom_the_id_alone_is_shown_nothing_is_read(
    places: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with statements(monkeypatch) as sent:
        shown = await ask(f"{HEAD} {{ {ADD} {{ customer {{ id }} }} }}", **places)
    assert (shown, sent) == ({"customerAddTags": {"customer": {"id": places["c"]}}}, [])
