"""Conditions and segments as their callers see them."""

import asyncio
from typing import Any

import pytest

from tests.support.clock import SettableClock
from tests.support.events import arrive, customer_of
from tests.support.judging import judge_all
from tests.support.many import fill
from tests.support.operations import ENGINE, FIELD_BY_FIELD, answer_to, ask, caller, refusal, watch
from tests.support.rows import a_customer, a_touchpoint, a_trait
from tests.support.scoring import run_tasks
from touchline.domain.kernel.actor import Scope
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.ids import global_id
from touchline.settings import Settings
from touchline.workers.relay import relay

PREVIEW = """mutation PreviewCondition($condition: ConditionInput!) {
  conditionPreview(condition: $condition) {
    matchCount sample { id displayName } sql explain userErrors { code message field } } }"""
CREATE = """mutation CreateSegment($input: SegmentCreateInput!) { segmentCreate(input: $input) {
  segment { id name memberCount condition { summary definition } version isStatic }
  userErrors { code message field } } }"""
ON_ITS_WAY = """mutation ($input: SegmentCreateInput!) { segmentCreate(input: $input) {
  segment { id version buildingVersion memberCount } recompute { status progress } } }"""
MEMBERS_KEPT = """query ($id: ID!) { segment(id: $id) {
  version buildingVersion memberCount recompute { status progress } } }"""
UPDATE = """mutation ($id: ID!, $input: SegmentUpdateInput!) {
  segmentUpdate(id: $id, input: $input) {
  segment { name description version memberCount } userErrors { code field } } }"""
ARCHIVE = """mutation ($id: ID!) { segmentArchive(id: $id) {
  segment { name archivedAt memberCount } userErrors { code field message } } }"""
LIST = """query Segments($first: Int!, $filter: SegmentFilter) {
  segments(first: $first, filter: $filter) {
    nodes { id name version memberCount computedAt } totalCount } }"""
MEMBERS = """query ($segment: ID!) { customers(first: 10, filter: {inSegment: $segment}) {
  totalCount nodes { displayName segments { id name condition { id summary } } } } }"""
ONE = """query ($id: ID!) { segment(id: $id) { name archivedAt } node(id: $id) { id } }"""
ENTERED = """subscription ($segment: ID) {
  customerEnteredSegment(segmentId: $segment, atMost: 1) { customer { id } segment { name } } }"""

ORDERED = {"did": {"event": "Ordered"}}
NO_SEGMENT = global_id("Segment", 9)


async def made(name: str, condition: dict[str, Any] = ORDERED, **given: Any) -> str:
    answer = await ask(CREATE, input={"name": name, "condition": condition, **given})
    assert answer["segmentCreate"]["userErrors"] == []
    segment_id: str = answer["segmentCreate"]["segment"]["id"]
    return segment_id


async def test_a_condition_is_tried_out_before_anything_depends_on_it(db: Settings) -> None:
    ann = await a_customer(display_name="Ann")
    await a_touchpoint(ann, name="Ordered", properties='{"total": 120.5, "coupon": "O\'Hara"}')
    await a_customer(display_name="Bob")
    condition = {
        "all": [
            {
                "did": {
                    "event": "Ordered",
                    "where": [
                        {"property": "total", "is": {"atLeast": 100}},
                        {"property": "coupon", "is": {"equals": "O'Hara"}},
                    ],
                    "exactly": 1,
                }
            },
            {"not": {"trait": {"name": "plan", "is": {"exists": True}}}},
        ]
    }
    answer = (await ask(PREVIEW, condition=condition))["conditionPreview"]
    sql = answer.pop("sql")
    assert answer == {
        "matchCount": 1,
        "sample": [{"id": global_id("Customer", ann), "displayName": "Ann"}],
        "explain": "did “Ordered” where total is at least 100 and coupon is “O'Hara” exactly once"
        " and not the trait “plan” is known",
        "userErrors": [],
    }
    assert [row[0] for row in await fetch(sql)] == [ann]


async def test_only_administrators_see_the_statement(db: Settings) -> None:
    body = await answer_to(PREVIEW, {"condition": ORDERED}, caller(Scope.READ))
    assert body["data"]["conditionPreview"]["sql"] is None
    assert body["data"]["conditionPreview"]["matchCount"] == 0


@pytest.mark.parametrize(
    "condition, code, field",
    [
        ({"all": []}, "CONDITION_EMPTY", "condition all"),
        ({"did": {"event": "a", "within": "PT0S"}}, "WINDOW_INVALID", "condition did within"),
        (
            {"any": [ORDERED, {"did": {"event": "a", "exactly": 1, "atLeast": 1}}]},
            "COUNT_INVALID",
            "condition any 1 did exactly",
        ),
        (
            {"trait": {"name": "a", "is": {"equals": [1]}}},
            "VALUE_INVALID",
            "condition trait is",
        ),
        (
            {"accountTrait": {"name": "a", "is": {"contains": ""}}},
            "VALUE_INVALID",
            "condition accountTrait is",
        ),
        ({"segment": "nonsense"}, "UNKNOWN_REFERENCE", "condition segment"),
        (
            {"not": {"segment": NO_SEGMENT}},
            "UNKNOWN_REFERENCE",
            "condition not segment",
        ),
        ({"tag": {"tag": global_id("Tag", 9)}}, "UNKNOWN_REFERENCE", "condition tag"),
        ({"all": [ORDERED] * 500}, "CONDITION_TOO_LARGE", "condition"),
    ],
)
async def test_what_cannot_be_answered_is_told_with_its_place(
    db: Settings, condition: dict[str, Any], code: str, field: str
) -> None:
    answer = (await ask(PREVIEW, condition=condition))["conditionPreview"]
    (error,) = answer["userErrors"]
    assert (error["code"], " ".join(error["field"])) == (code, field)
    assert (answer["matchCount"], answer["sample"], answer["sql"]) == (None, [], None)


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"did": {"event": "a"}, "segment": "x"},
        {"trait": {"name": "a", "is": {"matches": "(a+)+$"}}},
        {"trait": {"name": "a", "is": {"equals": 1, "atMost": 2}}},
        {"did": {"event": "a", "within": "P1M"}},
    ],
)
async def test_what_is_no_condition_at_all_is_bad_input(
    db: Settings, condition: dict[str, Any]
) -> None:
    assert (await refusal(PREVIEW, condition=condition))["code"] == "BAD_USER_INPUT"


async def test_a_segment_is_made_shown_and_its_condition_can_be_sent_back(db: Settings) -> None:
    await a_touchpoint(await a_customer(), name="Ordered", type="TRACK")
    condition = {
        "any": [
            {
                "did": {
                    "event": "Ordered",
                    "type": "TRACK",
                    "where": [{"property": "product.sku", "is": {"oneOf": ["a", 5.0, True]}}],
                    "atLeast": 2,
                    "within": "P30D",
                }
            },
            {"did": {"event": "Ordered", "exactly": 1, "from": "1970-01-01T00:00:00.500Z"}},
            {"sequence": {"steps": [{"event": "a"}, {"type": "PAGE"}], "span": "PT1H30M"}},
            {"identifier": {"kind": "email", "is": {"contains": "@acme.com"}}},
            {"not": {"trait": {"name": "plan", "is": {"exists": False}}}},
            {"channel": {"source": {"equals": "linkedin"}, "within": "P7D"}},
        ]
    }
    answer = await ask(CREATE, input={"name": " Our  buyers ", "condition": condition})
    segment = answer["segmentCreate"]["segment"]
    assert (segment["name"], segment["memberCount"], segment["version"]) == ("Our buyers", 1, 1)
    assert segment["condition"]["definition"] == condition
    assert segment["condition"]["summary"].startswith("did “Ordered” (track) where product.sku is")


async def test_customers_are_listed_by_segment_and_show_theirs(db: Settings) -> None:
    ann, bob = await a_customer(display_name="Ann"), await a_customer(display_name="Bob")
    await a_touchpoint(ann, name="Ordered")
    for one in (ann, bob):
        await a_trait(one, "plan", '"Pro"')
    buyers = await made("Buyers")
    pros = await made("Pros", {"trait": {"name": "plan", "is": {"equals": "Pro"}}})
    for engine in (ENGINE, FIELD_BY_FIELD):
        shown = await ask(MEMBERS, engine=engine, segment=buyers)
        (node,) = shown["customers"]["nodes"]
        assert shown["customers"]["totalCount"] == 1
        assert node["displayName"] == "Ann"
        assert [(one["id"], one["name"]) for one in node["segments"]] == [
            (buyers, "Buyers"),
            (pros, "Pros"),
        ]
        assert node["segments"][0]["condition"]["summary"] == "did “Ordered”"
        everybody = await ask(MEMBERS, engine=engine, segment=pros)
        assert [len(one["segments"]) for one in everybody["customers"]["nodes"]] == [1, 2]


async def test_segments_are_listed_by_name_and_found_by_it(db: Settings) -> None:
    await made("Buyers")
    await made("Allies", isStatic=True)
    nodes = (await ask(LIST, first=10))["segments"]["nodes"]
    assert [one["name"] for one in nodes] == ["Allies", "Buyers"]
    found = await ask(LIST, first=10, filter={"search": "BUY"})
    assert found["segments"]["totalCount"] == 1
    static = await ask(LIST, first=10, filter={"isStatic": True})
    assert [one["name"] for one in static["segments"]["nodes"]] == ["Allies"]


async def test_a_segment_gets_other_words_or_its_next_version(db: Settings) -> None:
    await a_customer()
    buyers = await made("Buyers")
    answer = await ask(UPDATE, id=buyers, input={"name": "VIPs", "description": "Ours"})
    assert answer["segmentUpdate"]["segment"] == {
        "name": "VIPs",
        "description": "Ours",
        "version": 1,
        "memberCount": 0,
    }
    answer = await ask(UPDATE, id=buyers, input={"condition": {"not": ORDERED}})
    assert answer["segmentUpdate"]["segment"] == {
        "name": "VIPs",
        "description": "Ours",
        "version": 2,
        "memberCount": 1,
    }
    answer = await ask(UPDATE, id=buyers, input={"name": "Old", "expectedVersion": 1})
    assert answer["segmentUpdate"] == {
        "segment": None,
        "userErrors": [{"code": "CONFLICT", "field": ["input", "expectedVersion"]}],
    }


async def test_a_cycle_is_told_by_the_names_on_it(db: Settings) -> None:
    first = await made("First")
    second = await made("Second", {"segment": first})
    answer = await ask(UPDATE, id=first, input={"condition": {"segment": second}})
    assert answer["segmentUpdate"]["userErrors"] == [
        {"code": "CONDITION_CYCLE", "field": ["input", "condition", "segment"]}
    ]
    answer = await ask(ARCHIVE, id=first)
    assert answer["segmentArchive"]["userErrors"] == [
        {
            "code": "SEGMENT_IN_USE",
            "field": ["id"],
            "message": "First is named by the segment Second.",
        }
    ]


async def test_an_archived_segment_is_found_by_its_id_only(db: Settings) -> None:
    await a_touchpoint(await a_customer(), name="Ordered")
    buyers = await made("Buyers")
    answer = (await ask(ARCHIVE, id=buyers))["segmentArchive"]["segment"]
    assert answer["memberCount"] == 0
    assert answer["archivedAt"] is not None
    assert (await ask(LIST, first=10))["segments"]["nodes"] == []
    shown = await ask(ONE, id=buyers)
    assert (shown["segment"]["name"], shown["node"]["id"]) == ("Buyers", buyers)


async def test_who_enters_is_told_to_who_watches(db: Settings, clock: SettableClock) -> None:
    buyers = await made("Buyers")
    stream = await watch(ENTERED, segment=buyers)
    await arrive(db, {"type": "track", "event": "Ordered", "userId": "u1"})
    await judge_all()
    heard = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    await relay()
    async with asyncio.timeout(60):
        answer = await heard
    ann = global_id("Customer", await customer_of("user_id", "u1"))
    assert answer.body["data"] == {
        "customerEnteredSegment": {"customer": {"id": ann}, "segment": {"name": "Buyers"}}
    }
    await stream.aclose()


async def test_who_may_only_read_makes_no_segment(db: Settings) -> None:
    given = {"name": "Buyers", "condition": ORDERED}
    told = await refusal(CREATE, caller(Scope.READ), input=given)
    assert told["code"] == "FORBIDDEN"
    assert (await ask(LIST, first=10))["segments"]["nodes"] == []


async def test_of_many_customers_a_segment_is_on_its_way_with_progress(db: Settings) -> None:
    ann = await a_customer(display_name="Ann")
    await a_touchpoint(ann, name="Ordered")
    await fill()
    given = {"name": "Buyers", "condition": ORDERED}
    answer = (await ask(ON_ITS_WAY, input=given))["segmentCreate"]
    assert answer["recompute"] == {"status": "QUEUED", "progress": 0.0}
    segment = answer["segment"]
    assert (segment["version"], segment["buildingVersion"], segment["memberCount"]) == (1, 1, 0)
    await run_tasks()
    shown = (await ask(MEMBERS_KEPT, id=segment["id"]))["segment"]
    done = {"status": "DONE", "progress": 1.0}
    assert shown == {"version": 1, "buildingVersion": None, "memberCount": 1, "recompute": done}
