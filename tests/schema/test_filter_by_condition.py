"""Lists of customers of whom a condition holds."""

from typing import Any

import pytest

from tests.support.clock import SettableClock
from tests.support.operations import (
    ENGINE,
    FIELD_BY_FIELD,
    answer_to,
    ask,
    caller,
    refusal,
)
from tests.support.rows import a_customer, a_touchpoint, a_trait
from touchline.domain.kernel.clock import DAY, now
from touchline.graphql.engine.execution import Engine

pytestmark = pytest.mark.usefixtures("db", "clock")

LIST = """query ($filter: CustomerFilter, $first: Int = 50, $after: String) {
  customers(first: $first, after: $after, filter: $filter,
    orderBy: {field: NAME, direction: ASC}) {
    totalCount nodes { displayName } pageInfo { hasNextPage endCursor } } }"""
BY_SCORE = """query ($filter: CustomerFilter) { customers(first: 9, filter: $filter,
  orderBy: {field: SCORE, direction: DESC}) { nodes { displayName } } }"""
WRITTEN = """{ customers(first: 9, filter: {matches: {did: {event: "Ordered", within: "P1D"}}}) {
  nodes { displayName } } }"""
TAG = "mutation ($input: TagCreateInput!) { tagCreate(input: $input) { tag { id } } }"
ADD = """mutation ($input: CustomerAddTagsInput!) { customerAddTags(input: $input) {
  customer { id } userErrors { code } } }"""
ORDERED = {"did": {"event": "Ordered"}}
GOLD = {"trait": {"name": "plan", "is": {"equals": "gold"}}}


async def test_a_condition_of_everybody_costs_as_much_as_fifty_customers() -> None:
    either = {"or": [{"matches": ORDERED}, {"not": {"matches": GOLD}}]}
    for filter_, more in (({"matches": ORDERED}, 50), (either, 100), ({}, 0)):
        body = await answer_to(LIST, {"filter": filter_, "first": 9}, caller())
        assert body["extensions"]["cost"]["requested"] == 9 + more
        assert body["extensions"]["cost"]["actual"] == more


async def people() -> dict[str, int]:
    found = {}
    for at, name in enumerate(["Ada", "Bob", "Cyd", "Dan"]):
        found[name] = await a_customer(display_name=name, last_seen_at=at)
    for name in ("Ada", "Bob"):
        await a_touchpoint(found[name], name="Ordered", occurred_at=now() - 1)
    for name in ("Bob", "Cyd"):
        await a_trait(found[name], name="plan", value='"gold"')
    return found


async def names(chosen: dict[str, Any], engine: Engine = ENGINE) -> list[str]:
    shown = (await ask(LIST, filter=chosen, engine=engine))["customers"]
    assert shown["totalCount"] == len(shown["nodes"])
    return [node["displayName"] for node in shown["nodes"]]


@pytest.mark.parametrize(
    "chosen, expected",
    [
        ({"matches": ORDERED}, ["Ada", "Bob"]),
        ({"matches": {"all": [ORDERED, GOLD]}}, ["Bob"]),
        ({"matches": {"any": [ORDERED, {"not": GOLD}]}}, ["Ada", "Bob", "Dan"]),
        ({"matches": ORDERED, "not": {"matches": GOLD}}, ["Ada"]),
        ({"or": [{"matches": GOLD}, {"search": "dan"}]}, ["Bob", "Cyd", "Dan"]),
        ({"matches": {"not": {"any": [ORDERED, GOLD]}}}, ["Dan"]),
        ({"matches": None}, ["Ada", "Bob", "Cyd", "Dan"]),
    ],
)
async def test_a_list_shows_of_whom_a_condition_holds(
    chosen: dict[str, Any], expected: list[str]
) -> None:
    await people()
    assert await names(chosen) == expected
    assert await names(chosen, FIELD_BY_FIELD) == expected


async def test_a_condition_of_tags_is_paged_and_sorted_as_any_list() -> None:
    found = await people()
    tag = (await ask(TAG, input={"name": "VIP"}))["tagCreate"]["tag"]["id"]
    for name in ("Ada", "Bob", "Cyd"):
        await ask(ADD, input={"customerId": f"Customer_{found[name]}", "tagIds": [tag]})
    chosen = {"hasTag": tag, "matches": {"any": [{"tag": {"tag": tag}}, GOLD]}}
    page = (await ask(LIST, filter=chosen, first=2))["customers"]
    assert [node["displayName"] for node in page["nodes"]] == ["Ada", "Bob"]
    page = await ask(LIST, filter=chosen, first=2, after=page["pageInfo"]["endCursor"])
    assert [node["displayName"] for node in page["customers"]["nodes"]] == ["Cyd"]
    shown = (await ask(BY_SCORE, filter=chosen))["customers"]["nodes"]
    assert sorted(node["displayName"] for node in shown) == ["Ada", "Bob", "Cyd"]


async def test_a_window_of_a_written_filter_moves_with_time(clock: SettableClock) -> None:
    await people()
    assert len((await ask(WRITTEN))["customers"]["nodes"]) == 2
    clock.advance(DAY)
    assert (await ask(WRITTEN))["customers"]["nodes"] == []


@pytest.mark.parametrize(
    "condition, place",
    [
        ({"all": []}, "filter.matches.all"),
        ({"did": {"event": "Ordered", "within": "PT0S"}}, "filter.matches.did.within"),
        ({"tag": {"tag": "Segment_1"}}, "filter.matches.tag.tag"),
        ({"all": [GOLD, {"did": {"event": "x", "exactly": 1, "atLeast": 1}}]}, None),
    ],
)
async def test_what_cannot_be_answered_is_bad_input_by_its_place(
    condition: dict[str, Any], place: str | None
) -> None:
    error = await refusal(LIST, filter={"matches": condition})
    assert error["code"] == "BAD_USER_INPUT"
    assert error["argument"] == (place or "filter.matches.all.1.did.exactly")


async def test_conditions_of_a_filter_are_bounded_in_size_and_number() -> None:
    await people()
    many = [ORDERED, *({"did": {"event": f"Event {n}"}} for n in range(60))]
    assert await names({"matches": {"any": many}}) == ["Ada", "Bob"]
    error = await refusal(LIST, filter={"matches": {"any": many * 4}})
    assert (error["code"], error["argument"]) == ("BAD_USER_INPUT", "filter.matches")
    error = await refusal(LIST, filter={"or": [{"matches": ORDERED}] * 11})
    assert (error["code"], error["argument"]) == ("BAD_USER_INPUT", "filter")
