"""What filters let through."""

import pytest

from tests.support.events import arrive
from tests.support.operations import ask, refusal
from tests.support.rows import a_customer, a_source, a_touchpoint
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings

pytestmark = pytest.mark.usefixtures("db")

CUSTOMERS = """query ($filter: CustomerFilter) { customers(
  first: 50, filter: $filter, orderBy: {field: NAME, direction: ASC}) {
  totalCount nodes { displayName } } }"""
TOUCHPOINTS = """query ($filter: TouchpointFilter) { touchpoints(first: 50, filter: $filter) {
  totalCount nodes { name subject { ... on Customer {
    timeline(last: 50, filter: $filter) { totalCount } } } } } }"""


@pytest.mark.parametrize(
    "chosen, names",
    [
        (None, ["Ada", "Bob", "Cyd"]),
        ({}, ["Ada", "Bob", "Cyd"]),
        ({"isIdentified": True}, ["Ada", "Cyd"]),
        ({"isIdentified": None}, ["Ada", "Bob", "Cyd"]),
        ({"seenFrom": "1970-01-01T00:00:02Z"}, ["Bob", "Cyd"]),
        ({"seenTo": "1970-01-01T01:00:02+01:00"}, ["Ada"]),
        ({"and": [{"isIdentified": True}, {"seenFrom": "1970-01-01T00:00:02Z"}]}, ["Cyd"]),
        ({"or": [{"isIdentified": False}, {"seenTo": "1970-01-01T00:00:02Z"}]}, ["Ada", "Bob"]),
        ({"not": {"isIdentified": True}}, ["Bob"]),
        ({"not": {}}, ["Ada", "Bob", "Cyd"]),
        ({"or": []}, ["Ada", "Bob", "Cyd"]),
        ({"or": [{}, {"isIdentified": False}]}, ["Ada", "Bob", "Cyd"]),
        ({"isIdentified": True, "not": {"seenFrom": "1970-01-01T00:00:02Z"}}, ["Ada"]),
    ],
)
async def test_customers_are_filtered(chosen: dict[str, object] | None, names: list[str]) -> None:
    await a_customer(display_name="Ada", last_seen_at=1_000)
    await a_customer(display_name="Bob", last_seen_at=2_000, is_identified=False)
    await a_customer(display_name="Cyd", last_seen_at=3_000)
    page = (await ask(CUSTOMERS, filter=chosen))["customers"]
    assert [node["displayName"] for node in page["nodes"]] == names
    assert page["totalCount"] == len(names)


@pytest.mark.parametrize(
    "chosen, names",
    [
        ({"types": ["PAGE", "TRACK"]}, ["Home", "Bought"]),
        ({"types": []}, []),
        ({"names": ["Bought", "ü\"'%_\\"]}, ["Bought"]),
        ({"from": "1970-01-01T00:00:02Z"}, ["Note", "Home"]),
        ({"to": "1970-01-01T00:00:02Z"}, ["Bought"]),
        (
            {"from": "1970-01-01T00:00:01Z", "to": "1970-01-01T00:00:03Z"},
            ["Home", "Bought"],
        ),
        ({"not": {"types": ["NOTE"]}, "names": ["Home", "Note"]}, ["Home"]),
    ],
)
async def test_touchpoints_are_filtered(chosen: dict[str, object], names: list[str]) -> None:
    customer = await a_customer()
    await a_touchpoint(customer, name="Bought", type="TRACK", occurred_at=1_000)
    await a_touchpoint(customer, name="Home", type="PAGE", occurred_at=2_000)
    await a_touchpoint(customer, name="Note", type="NOTE", occurred_at=3_000)
    page = (await ask(TOUCHPOINTS, filter=chosen))["touchpoints"]
    assert [node["name"] for node in page["nodes"]] == names
    assert page["totalCount"] == len(names)
    assert {node["subject"]["timeline"]["totalCount"] for node in page["nodes"]} <= {len(names)}


async def test_touchpoints_are_chosen_by_source() -> None:
    customer, shop, site = await a_customer(), await a_source(), await a_source()
    await a_touchpoint(customer, name="shop", source_id=shop)
    await a_touchpoint(customer, name="site", source_id=site)
    await a_touchpoint(customer, name="none")
    page = await ask(TOUCHPOINTS, filter={"sources": [global_id("Source", shop)]})
    assert [node["name"] for node in page["touchpoints"]["nodes"]] == ["shop"]


async def test_customers_are_chosen_by_account() -> None:
    await a_customer(display_name="Ada", account_id=5)
    await a_customer(display_name="Bob", account_id=6)
    page = await ask(CUSTOMERS, filter={"account": global_id("Account", 5)})
    assert [node["displayName"] for node in page["customers"]["nodes"]] == ["Ada"]


async def test_not_keeps_rows_that_have_no_value_at_all() -> None:
    customer, shop = await a_customer(), await a_source()
    await a_touchpoint(customer, name="shop", source_id=shop)
    await a_touchpoint(customer, name="note", type="NOTE", source_id=None)
    chosen = {"not": {"sources": [global_id("Source", shop)]}}
    page = (await ask(TOUCHPOINTS, filter=chosen))["touchpoints"]
    assert [node["name"] for node in page["nodes"]] == ["note"]


async def test_kinds_of_identifiers_are_found_in_any_case(db: Settings) -> None:
    told = {"type": "identify", "userId": "u1", "traits": {"email": "ann@acme.com", "name": "Ann"}}
    await arrive(db, told)
    page = (await ask(CUSTOMERS, filter={"identifierKind": "EMAIL"}))["customers"]
    assert [node["displayName"] for node in page["nodes"]] == ["Ann"]


async def test_a_filter_of_too_many_conditions_is_refused() -> None:
    chosen = {"or": [{"search": f"a{n}"} for n in range(101)]}
    assert await refusal(CUSTOMERS, filter=chosen) == {
        "message": "`filter` is made of more than 100 conditions.",
        "code": "BAD_USER_INPUT",
        "argument": "filter",
    }
