"""What nobody should send is refused with a code before any SQL: there is no database here."""

from typing import Any

import pytest

from tests.support.operations import answer_to, caller
from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.paging import Cursor

CUSTOMERS = "query ($f: CustomerFilter) { customers(first: 1, filter: $f) { nodes { id } } }"
AFTER = "query ($c: String) { customers(first: 1, after: $c) { nodes { id } } }"
BELOW = """query ($c: String, $f: TouchpointFilter) { customers(first: 1) { nodes {
  timeline(first: 1, after: $c, filter: $f) { nodes { id } } } } }"""
NAMED = "query ($n: [String!]) { touchpoints(first: 1, filter: {names: $n}) { nodes { id } } }"
IDS = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
UNTIL = "query ($until: DateTime) { digestPreview(until: $until) { title } }"
SEEN = '{ customers(first: 1, filter: {seenTo: "9999-12-31T23:59:59-12:00"}) { nodes { id } } }'
PREVIEW = "mutation ($c: ConditionInput!) { conditionPreview(condition: $c) { matchCount } }"
OTHER_LIST = Cursor("touchpoints/occurred_at/desc", (1, 2)).encode()
OTHER_ORDER = Cursor("customers/display_name/asc", ("a", 2)).encode()


def nested(levels: int) -> dict[str, Any]:
    inner: dict[str, Any] = {"search": "x"}
    for _ in range(levels):
        inner = {"not": inner}
    return inner


def fragments(count: int) -> str:
    """Each spreads the next one twice, so the last stands there two to the count times."""
    links = [f"fragment F{n} on Customer {{ ...F{n + 1} ...F{n + 1} }}" for n in range(count)]
    ends = f"fragment F{count} on Customer {{ id }}"
    return f"{{ customers(first: 1) {{ nodes {{ ...F0 }} }} }} {' '.join(links)} {ends}"


BAD: list[tuple[str, str, dict[str, Any], str]] = [
    ("an unknown field", "{ customers(first: 1) { nodes { nope } } }", {}, "BAD_USER_INPUT"),
    ("no syntax", "{ customers(", {}, "BAD_USER_INPUT"),
    ("nothing", "", {}, "BAD_USER_INPUT"),
    ("a wrong variable", AFTER, {"c": 7}, "BAD_USER_INPUT"),
    ("a missing variable", IDS, {}, "BAD_USER_INPUT"),
    ("none of one kind", PREVIEW, {"c": {}}, "BAD_USER_INPUT"),
    ("two of one kind", PREVIEW, {"c": {"all": [], "any": []}}, "BAD_USER_INPUT"),
    ("a huge number", "{ customers(first: 1000000000000) { nodes { id } } }", {}, "BAD_USER_INPUT"),
    ("too large a page", "{ customers(first: 101) { nodes { id } } }", {}, "BAD_USER_INPUT"),
    ("no page", "{ customers { nodes { id } } }", {}, "BAD_USER_INPUT"),
    ("braces", "{" + "a{" * 3_000 + "b" + "}" * 3_000 + "}", {}, "BAD_USER_INPUT"),
    ("brackets", f"{{ nodes(ids: {'[' * 2_000}{']' * 2_000}) {{ id }} }}", {}, "BAD_USER_INPUT"),
    ("a long document", "{ viewer { id } } #" + "x" * 20_000, {}, "BAD_USER_INPUT"),
    ("many fields", "{ viewer { " + "id " * 2_000 + "} }", {}, "BAD_USER_INPUT"),
    ("aliases", "{" + "".join(f"a{n}:viewer{{id}}" for n in range(1_000)) + "}", {}, ""),
    ("few aliases", "{" + "".join(f"a{n}:viewer{{id}}" for n in range(16)) + "}", {}, ""),
    ("a circle", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", {}, ""),
    ("a fragment bomb", fragments(28), {}, "BAD_USER_INPUT"),
    ("directives", "{ viewer " + "@include(if: true) " * 60 + "{ id } }", {}, "BAD_USER_INPUT"),
    (
        "a look in circles",
        "{__schema{types{" + "fields{type{" * 12 + "name" + "}}" * 13 + "}}",
        {},
        "",
    ),
    (
        "many looks",
        "{" + "".join(f"a{n}:__schema{{types{{name}}}}" for n in range(16)) + "}",
        {},
        "",
    ),
    ("a cursor of another list", AFTER, {"c": OTHER_LIST}, "BAD_USER_INPUT"),
    ("a cursor of another order", AFTER, {"c": OTHER_ORDER}, "BAD_USER_INPUT"),
    ("no cursor", AFTER, {"c": "%%%"}, "BAD_USER_INPUT"),
    ("no cursor, deep", BELOW, {"c": "%%%"}, "BAD_USER_INPUT"),
    ("a foreign cursor, deep", BELOW, {"c": OTHER_LIST}, "BAD_USER_INPUT"),
    ("a filter, deep", BELOW, {"f": {"names": ["x" * 1_001]}}, "BAD_USER_INPUT"),
    ("an id of another type, deep", BELOW, {"f": {"sources": [global_id("Tag", 1)]}}, ""),
    ("a deep filter", CUSTOMERS, {"f": nested(5)}, "BAD_USER_INPUT"),
    ("a deeper filter", CUSTOMERS, {"f": nested(48)}, "BAD_USER_INPUT"),
    ("a wide filter", CUSTOMERS, {"f": {"or": [{"search": "x"}] * 1_000}}, "BAD_USER_INPUT"),
    ("a wide filter in parts", CUSTOMERS, {"f": {"and": [{"or": [{}] * 30}] * 30}}, ""),
    ("many values", NAMED, {"n": ["x"] * 1_001}, "BAD_USER_INPUT"),
    ("a long text", CUSTOMERS, {"f": {"search": "x" * 60_000}}, "BAD_USER_INPUT"),
    ("large variables", CUSTOMERS, {"f": {"search": "x" * 200_000}}, "BAD_USER_INPUT"),
    ("deep variables", CUSTOMERS, {"f": nested(900)}, "BAD_USER_INPUT"),
    ("too many ids", IDS, {"ids": [global_id("Customer", 1)] * 101}, "BAD_USER_INPUT"),
    ("an instant before year 1", UNTIL, {"until": "0001-01-01T00:00:00+14:00"}, "BAD_USER_INPUT"),
    ("an instant after 9999", UNTIL, {"until": "9999-12-31T23:59:59-12:00"}, "BAD_USER_INPUT"),
    ("an instant after 9999, in the text", SEEN, {}, "BAD_USER_INPUT"),
    (
        "too dear",
        "{ customers(first: 100) { nodes { timeline(first: 100) { nodes { id } } } } }",
        {},
        "COST_EXCEEDED",
    ),
]


@pytest.mark.parametrize(
    "document, variables, code", [one[1:] for one in BAD], ids=[one[0] for one in BAD]
)
async def test_it_is_refused_before_any_sql(
    document: str, variables: dict[str, Any], code: str
) -> None:
    body = await answer_to(document, variables, caller())
    assert not any((body.get("data") or {}).values())
    assert {error["extensions"]["code"] for error in body["errors"]} == {code or "BAD_USER_INPUT"}


@pytest.mark.parametrize("argument, value", [("c", "%%%"), ("f", {"names": ["x"] * 2_000})])
async def test_the_argument_and_its_place_are_named(argument: str, value: Any) -> None:
    (error,) = (await answer_to(BELOW, {argument: value}, caller()))["errors"]
    named = {"c": "after", "f": "filter"}[argument]
    assert error["extensions"]["argument"] == named
    assert error["locations"] == [{"line": 2, "column": 3}]


async def test_an_instant_outside_of_the_calendar_is_told_by_name() -> None:
    (error,) = (await answer_to(UNTIL, {"until": "0001-01-01T00:00:00+14:00"}, caller()))["errors"]
    assert error["message"] == (
        "Variable '$until' has invalid value: DateTime names no instant of the calendar."
    )
