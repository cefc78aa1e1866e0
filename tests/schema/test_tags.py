"""Tags as colleagues make them and set them."""

from typing import Any

import pytest

from tests.support.clock import SettableClock
from tests.support.operations import ask, caller, refusal
from tests.support.rows import a_customer
from touchline.domain.kernel.actor import Scope
from touchline.domain.kernel.ids import global_id

pytestmark = pytest.mark.usefixtures("db")

CREATE = """mutation ($input: TagCreateInput!) { tagCreate(input: $input) {
  tag { id name category color description customerCount } userErrors { code field } } }"""
UPDATE = """mutation ($id: ID!, $input: TagUpdateInput!) { tagUpdate(id: $id, input: $input) {
  tag { name category color description } userErrors { code field } } }"""
DELETE = """mutation ($input: TagDeleteInput!) { tagDelete(input: $input) {
  deletedTag userErrors { code field message } } }"""
ADD = """mutation ($input: CustomerAddTagsInput!) { customerAddTags(input: $input) {
  customer { tags { tag { name customerCount } state setAt expiresAt
    setBy { kind actorName touchpoint { id } } } }
  userErrors { code field } } }"""
REMOVE = """mutation ($input: CustomerRemoveTagsInput!) { customerRemoveTags(input: $input) {
  customer { tags { tag { name } state } } userErrors { code field } } }"""
PIN = """mutation ($input: CustomerPinTagInput!) { customerPinTag(input: $input) {
  customer { tags { tag { name } state } } userErrors { code field } } }"""
LIST = """query ($filter: TagFilter) { tags(first: 10, filter: $filter) {
  nodes { name customerCount } } }"""
TAGGED = """query ($tag: ID!) { customers(first: 10, filter: {hasTag: $tag}) {
  totalCount nodes { displayName } } }"""


async def made(name: str, **given: Any) -> str:
    tag_id: str = (await ask(CREATE, input={"name": name, **given}))["tagCreate"]["tag"]["id"]
    return tag_id


async def customer(**columns: Any) -> str:
    return global_id("Customer", await a_customer(**columns))


async def test_a_tag_is_made_changed_and_listed() -> None:
    answer = await ask(
        CREATE,
        input={"name": " VIP ", "category": "Value", "color": "#3366FF", "description": "Big"},
    )
    tag = answer["tagCreate"]["tag"]
    assert {name: value for name, value in tag.items() if name != "id"} == {
        "name": "VIP",
        "category": "Value",
        "color": "#3366ff",
        "description": "Big",
        "customerCount": 0,
    }
    answer = await ask(UPDATE, id=tag["id"], input={"name": "vip", "category": None})
    assert answer["tagUpdate"] == {
        "tag": {"name": "vip", "category": None, "color": "#3366ff", "description": "Big"},
        "userErrors": [],
    }
    await made("Churning")
    assert await ask(LIST, filter={"search": "CHURN"}) == {
        "tags": {"nodes": [{"name": "Churning", "customerCount": 0}]}
    }


@pytest.mark.parametrize(
    "given, code, field",
    [
        ({"name": " "}, "NAME_INVALID", "name"),
        ({"name": "x" * 101}, "NAME_INVALID", "name"),
        ({"name": "v I p".replace(" ", "")}, "NAME_TAKEN", "name"),
        ({"name": "a", "color": "red"}, "COLOR_INVALID", "color"),
        ({"name": "a", "category": "x" * 101}, "CATEGORY_INVALID", "category"),
        ({"name": "a", "description": "x" * 1001}, "DESCRIPTION_INVALID", "description"),
    ],
)
async def test_a_bad_tag_is_refused_and_nothing_is_made(
    given: dict[str, str], code: str, field: str
) -> None:
    await made("VIP")
    answer = (await ask(CREATE, input=given))["tagCreate"]
    assert answer == {"tag": None, "userErrors": [{"code": code, "field": ["input", field]}]}
    assert len((await ask(LIST))["tags"]["nodes"]) == 1


async def test_a_colleague_adds_tags_and_they_count(clock: SettableClock) -> None:
    ada, vip, new = await customer(display_name="Ada"), await made("VIP"), await made("New")
    until = "2026-03-03T09:00:00.000Z"
    answer = await ask(ADD, input={"customerId": ada, "tagIds": [vip, new], "expiresAt": until})
    by = {"kind": "PERSON", "actorName": "Ada", "touchpoint": None}
    assert answer["customerAddTags"] == {
        "customer": {
            "tags": [
                {
                    "tag": {"name": name, "customerCount": 1},
                    "state": "MANUAL",
                    "setAt": "2026-03-02T09:00:00.000Z",
                    "expiresAt": until,
                    "setBy": by,
                }
                for name in ("VIP", "New")
            ]
        },
        "userErrors": [],
    }
    await customer(display_name="Bob")
    assert await ask(TAGGED, tag=vip) == {
        "customers": {"totalCount": 1, "nodes": [{"displayName": "Ada"}]}
    }


async def test_adding_twice_counts_once_and_removing_takes_it_back() -> None:
    ada, vip = await customer(), await made("VIP")
    for _ in range(2):
        await ask(ADD, input={"customerId": ada, "tagIds": [vip]})
    assert (await ask(LIST))["tags"]["nodes"] == [{"name": "VIP", "customerCount": 1}]
    answer = await ask(REMOVE, input={"customerId": ada, "tagIds": [vip]})
    assert answer["customerRemoveTags"] == {"customer": {"tags": []}, "userErrors": []}
    assert (await ask(LIST))["tags"]["nodes"] == [{"name": "VIP", "customerCount": 0}]


async def test_a_pin_says_whether_the_customer_has_the_tag() -> None:
    ada, vip = await customer(), await made("VIP")
    stood = []
    for pin in ("ON", "OFF", "NONE"):
        answer = await ask(PIN, input={"customerId": ada, "tagId": vip, "pin": pin})
        tags = answer["customerPinTag"]["customer"]["tags"]
        counted = (await ask(LIST))["tags"]["nodes"][0]["customerCount"]
        found = (await ask(TAGGED, tag=vip))["customers"]["totalCount"]
        stood.append(([one["state"] for one in tags], counted, found))
    assert stood == [(["PINNED_ON"], 1, 1), (["PINNED_OFF"], 0, 0), ([], 0, 0)]


@pytest.mark.parametrize(
    "given, code, field",
    [
        (
            {"customerId": global_id("Customer", 99_999)},
            "CUSTOMER_NOT_FOUND",
            ["input", "customerId"],
        ),
        ({"tagIds": []}, "NOTHING_CHOSEN", ["input", "tagIds"]),
        ({"tagIds": [global_id("Tag", 999)]}, "TAG_NOT_FOUND", ["input", "tagIds", "0"]),
        ({"expiresAt": "2020-01-01T00:00:00Z"}, "EXPIRY_INVALID", ["input", "expiresAt"]),
    ],
)
async def test_a_bad_change_of_tags_is_refused_and_changes_nothing(
    given: dict[str, Any], code: str, field: list[str]
) -> None:
    ada, vip = await customer(), await made("VIP")
    answer = await ask(ADD, input={"customerId": ada, "tagIds": [vip], **given})
    assert answer["customerAddTags"] == {
        "customer": None,
        "userErrors": [{"code": code, "field": field}],
    }
    assert (await ask(LIST))["tags"]["nodes"] == [{"name": "VIP", "customerCount": 0}]


async def test_a_tag_in_use_is_deleted_only_by_force() -> None:
    ada, vip = await customer(), await made("VIP")
    await ask(ADD, input={"customerId": ada, "tagIds": [vip]})
    answer = (await ask(DELETE, input={"id": vip}))["tagDelete"]
    assert answer["deletedTag"] is None
    assert [(one["code"], one["field"]) for one in answer["userErrors"]] == [
        ("TAG_IN_USE", ["input", "id"])
    ]
    assert (await ask(LIST))["tags"]["nodes"] == [{"name": "VIP", "customerCount": 1}]
    answer = (await ask(DELETE, input={"id": vip, "force": True}))["tagDelete"]
    assert answer == {"deletedTag": vip, "userErrors": []}
    assert (await ask(LIST))["tags"]["nodes"] == []
    answer = (await ask(DELETE, input={"id": vip}))["tagDelete"]
    assert [one["code"] for one in answer["userErrors"]] == ["TAG_NOT_FOUND"]


async def test_tags_are_set_only_with_the_scope() -> None:
    ada, vip = await customer(), await made("VIP")
    given = {"customerId": ada, "tagIds": [vip]}
    assert (await refusal(ADD, caller(Scope.READ), input=given))["code"] == "FORBIDDEN"
    assert (await ask(LIST))["tags"]["nodes"] == [{"name": "VIP", "customerCount": 0}]
