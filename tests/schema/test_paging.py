"""Connections: both directions, ties, moving lists, and what is refused."""

from typing import Any

import pytest

from tests.support.operations import ask, refusal
from tests.support.rows import a_customer, a_touchpoint
from touchline.domain.kernel.db import execute
from touchline.domain.kernel.ids import global_id
from touchline.graphql.base.statements import COUNT_LIMIT

pytestmark = pytest.mark.usefixtures("db")

FORWARD = """query ($first: Int!, $after: String, $order: CustomerOrder) {
  customers(first: $first, after: $after, orderBy: $order) {
    totalCount nodes { id displayName }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
BACKWARD = """query ($last: Int!, $before: String, $order: CustomerOrder) {
  customers(last: $last, before: $before, orderBy: $order) {
    nodes { displayName } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
TIMELINE = """query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  customer(id: $id) { timeline(first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { cursor node { name } } nodes { name }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }"""
BY_NAME = {"field": "NAME", "direction": "ASC"}


async def forwards(size: int, order: dict[str, str], meanwhile: Any = None) -> list[str]:
    found: list[str] = []
    after = None
    while True:
        page = (await ask(FORWARD, first=size, after=after, order=order))["customers"]
        found += [node["displayName"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]
        if meanwhile:
            await meanwhile(found)


async def backwards(size: int, order: dict[str, str]) -> list[str]:
    found: list[str] = []
    before = None
    while True:
        page = (await ask(BACKWARD, last=size, before=before, order=order))["customers"]
        found = [node["displayName"] for node in page["nodes"]] + found
        if not page["pageInfo"]["hasPreviousPage"]:
            return found
        before = page["pageInfo"]["startCursor"]


@pytest.mark.parametrize("size", [1, 3, 10])
@pytest.mark.parametrize("field", ["NAME", "LAST_SEEN", "FIRST_SEEN", "CREATED"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_a_list_is_walked_to_its_end_both_ways(size: int, field: str, direction: str) -> None:
    for number in range(7):
        same = {"last_seen_at": number // 3, "first_seen_at": 5, "created_at": number}
        await a_customer(display_name=f"C{number}", **same)
    order = {"field": field, "direction": direction}
    ascending = [f"C{number}" for number in range(7)]
    expected = ascending if direction == "ASC" else ascending[::-1]
    assert await forwards(size, order) == expected
    assert await backwards(size, order) == expected


async def test_what_comes_and_goes_meanwhile_neither_repeats_nor_hides_others() -> None:
    for number in range(20, 40):
        await a_customer(display_name=f"C{number}")

    async def meanwhile(found: list[str]) -> None:
        """Before the place something comes, after it something goes, and the place itself goes."""
        await a_customer(display_name=f"B{len(found)}")
        await execute("DELETE FROM customer WHERE display_name = ?", (found[-1],))
        await execute("DELETE FROM customer WHERE display_name = ?", (f"C{len(found) + 29}",))

    found = await forwards(3, BY_NAME, meanwhile)
    gone = {f"C{number + 29}" for number in (3, 6, 9)}
    assert found == [f"C{number}" for number in range(20, 40) if f"C{number}" not in gone]


async def test_what_comes_after_the_place_is_still_met() -> None:
    for name in ("A", "B", "D"):
        await a_customer(display_name=name)

    async def meanwhile(found: list[str]) -> None:
        if found == ["A", "B"]:
            await a_customer(display_name="C")

    assert await forwards(2, BY_NAME, meanwhile) == ["A", "B", "C", "D"]


async def test_page_info_tells_where_a_page_stands() -> None:
    for name in "ABCD":
        await a_customer(display_name=name)
    first = (await ask(FORWARD, first=2, order=BY_NAME))["customers"]["pageInfo"]
    assert (first["hasNextPage"], first["hasPreviousPage"]) == (True, False)
    rest = await ask(FORWARD, first=2, after=first["endCursor"], order=BY_NAME)
    info = rest["customers"]["pageInfo"]
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (False, True)
    assert info["startCursor"] != info["endCursor"]
    back = await ask(BACKWARD, last=1, before=info["startCursor"], order=BY_NAME)
    assert [node["displayName"] for node in back["customers"]["nodes"]] == ["B"]


async def test_an_empty_page_has_no_cursors() -> None:
    page = (await ask(FORWARD, first=2, order=BY_NAME))["customers"]
    assert page == {
        "totalCount": 0,
        "nodes": [],
        "pageInfo": {
            "hasNextPage": False,
            "hasPreviousPage": False,
            "startCursor": None,
            "endCursor": None,
        },
    }


async def test_first_0_asks_only_whether_there_is_anything() -> None:
    await a_customer()
    page = (await ask(FORWARD, first=0, order=BY_NAME))["customers"]
    assert (page["nodes"], page["pageInfo"]["hasNextPage"]) == ([], True)


async def test_a_timeline_is_paged_by_time_with_the_id_as_tie_break() -> None:
    customer = await a_customer()
    other = await a_customer()
    for number, moment in enumerate([5, 7, 7, 7, 9]):
        await a_touchpoint(customer, name=f"T{number}", occurred_at=moment)
        await a_touchpoint(other, name="not mine", occurred_at=moment)
    key = global_id("Customer", customer)
    first = (await ask(TIMELINE, id=key, first=2))["customer"]["timeline"]
    assert [node["name"] for node in first["nodes"]] == ["T4", "T3"]
    assert first["totalCount"] == 5
    rest = await ask(TIMELINE, id=key, first=9, after=first["edges"][1]["cursor"])
    assert [edge["node"]["name"] for edge in rest["customer"]["timeline"]["edges"]] == [
        "T2",
        "T1",
        "T0",
    ]
    last = (await ask(TIMELINE, id=key, last=2))["customer"]["timeline"]
    assert [node["name"] for node in last["nodes"]] == ["T1", "T0"]
    assert last["pageInfo"]["hasPreviousPage"] is True
    between = {"after": first["edges"][0]["cursor"], "before": last["edges"][1]["cursor"]}
    middle = (await ask(TIMELINE, id=key, first=9, **between))["customer"]["timeline"]
    assert [node["name"] for node in middle["nodes"]] == ["T3", "T2", "T1"]


async def test_a_late_arrival_finds_its_place() -> None:
    customer = await a_customer()
    await a_touchpoint(customer, name="later", occurred_at=9)
    await a_touchpoint(customer, name="sooner", occurred_at=3)
    await a_touchpoint(customer, name="between", occurred_at=6)
    page = await ask(TIMELINE, id=global_id("Customer", customer), first=9)
    names = [node["name"] for node in page["customer"]["timeline"]["nodes"]]
    assert names == ["later", "between", "sooner"]


async def test_a_count_that_would_be_dear_is_null() -> None:
    customer = await a_customer()
    await a_touchpoint(customer)
    doubled = (
        "INSERT INTO touchpoint (customer_id, message_id, type, name, summary, occurred_at,"
        " received_at, clock, properties, context) SELECT customer_id, message_id, type, name,"
        " summary, occurred_at, received_at, clock, properties, context FROM touchpoint"
    )
    counted = "{ touchpoints(first: 1) { totalCount } customers(first: 1) { nodes {"
    counted += " timeline(first: 1) { totalCount } } } }"
    for _ in range(13):
        await execute(doubled)
    data = await ask(counted)
    assert data["touchpoints"]["totalCount"] == 2**13
    assert data["customers"]["nodes"][0]["timeline"]["totalCount"] == 2**13
    await execute(doubled)
    assert COUNT_LIMIT < 2**14
    data = await ask(counted)
    assert data["touchpoints"]["totalCount"] is None
    assert data["customers"]["nodes"][0]["timeline"]["totalCount"] is None


@pytest.mark.parametrize(
    "arguments, argument",
    [
        ("", "first"),
        ("first: -1", "first"),
        ("first: 101", "first"),
        ("last: 101", "last"),
        ("first: 1, last: 1", "last"),
        ('first: 1, after: "nonsense"', "after"),
        ('first: 1, after: ""', "after"),
        ('last: 1, before: "W10"', "before"),
    ],
)
async def test_a_page_that_cannot_be_is_refused_with_the_argument_named(
    arguments: str, argument: str
) -> None:
    brackets = f"({arguments})" if arguments else ""
    refused = await refusal(f"{{ customers{brackets} {{ nodes {{ id }} }} }}")
    assert refused["code"] == "BAD_USER_INPUT"
    assert refused["argument"] == argument


async def test_a_cursor_opens_only_the_list_it_came_from() -> None:
    customer = await a_customer()
    await a_touchpoint(customer)
    made = await ask(
        """{ touchpoints(first: 1) { pageInfo { endCursor } }
             named: customers(first: 1, orderBy: {field: NAME, direction: ASC}) {
               pageInfo { endCursor } } }"""
    )
    touchpoint = made["touchpoints"]["pageInfo"]["endCursor"]
    named = made["named"]["pageInfo"]["endCursor"]
    timeline = "query ($id: ID!, $after: String) { customer(id: $id) {"
    timeline += " timeline(first: 1, after: $after) { nodes { id } } } }"
    key = global_id("Customer", customer)
    for document, variables in [
        (timeline, {"id": key, "after": touchpoint}),
        (FORWARD, {"first": 1, "after": named}),
        (FORWARD, {"first": 1, "after": touchpoint}),
    ]:
        refused = await refusal(document, **variables)
        assert refused == {
            "code": "BAD_USER_INPUT",
            "argument": "after",
            "message": "`after` is a cursor of another list.",
        }
